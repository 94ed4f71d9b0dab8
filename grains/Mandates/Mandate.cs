using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Projects.Plans;
using Agency.Services;

namespace Agency.Mandates;

/// <summary>How a mandate stands.</summary>
public enum MandateStatus
{
    Requested,

    /// <summary>The office has not taken it on.</summary>
    Refused,
    Accepted,

    /// <summary>Agreed, and without a clerk.</summary>
    Agreed,

    /// <summary>Its clerks act, within its term.</summary>
    Active,
    Completed,

    /// <summary>The owner has taken it back.</summary>
    Revoked,

    /// <summary>The office has ended it, or the project's termination has.</summary>
    Terminated,
}

/// <summary>What an owner has delegated 代办委托, from its request to its end (domain 9).</summary>
public sealed record Mandate
{
    public required int Number { get; init; }

    public required MandateScope Scope { get; init; }

    public required ImmutableArray<string> Stages { get; init; }

    public required ImmutableArray<string> Items { get; init; }

    /// <summary>First day of its term; outside the term it covers nothing.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of its term.</summary>
    public required DateOnly Until { get; init; }

    public required DateOnly RequestedOn { get; init; }

    public required MandateStatus Status { get; init; }

    /// <summary>The day it was accepted or refused.</summary>
    public DateOnly? AnsweredOn { get; init; }

    public DateOnly? AgreedOn { get; init; }

    public string? AgreementNumber { get; init; }

    /// <summary>Its clerks, those who act no longer among them.</summary>
    public ImmutableArray<AgentTerm> Clerks { get; init; } = [];

    public ImmutableArray<string> HandedOver { get; init; } = [];

    public TerminationGround? Ground { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>The day of its last fact.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Version of its last fact.</summary>
    public required long Version { get; init; }

    public bool IsOpen => EndedOn is null;

    /// <summary>Whether clerks act by it: agreed, and not ended.</summary>
    public bool IsAgreed => IsOpen && AgreedOn is not null;

    /// <summary>The clerks who act.</summary>
    public IEnumerable<AgentTerm> ActingClerks => Clerks.Where(c => c.IsOpen);

    /// <summary>The clerks who act or, where none does, those who acted last.</summary>
    internal IEnumerable<AgentTerm> LastClerks => Clerks.GroupBy(c => c.EndedBy ?? long.MaxValue).MaxBy(g => g.Key) ?? Enumerable.Empty<AgentTerm>();

    public bool IsInTerm(DateOnly day) => From <= day && day <= Until;

    /// <summary>Whether an item, of whichever work, is among what was delegated.</summary>
    public bool Covers(PlannedItem item) => CoversStage(item.Definition.Stage) || Items.Contains(WorkExpansion.BaseOf(item.Code));

    /// <summary>Whether all of a stage is among what was delegated.</summary>
    public bool CoversStage(string stage) => Scope == MandateScope.Full || Stages.Contains(stage);
}
