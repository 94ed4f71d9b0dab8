using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>Where a resolution stands.</summary>
public enum ResolutionStatus
{
    /// <summary>Taken, and its session not over: it is given to nobody yet.</summary>
    Taken,

    /// <summary>交办: given to its lead unit.</summary>
    Given,

    /// <summary>办理中: signed for, and under way.</summary>
    UnderWay,

    /// <summary>Its lead unit says that it is done; the office is to confirm.</summary>
    Completed,

    /// <summary>销号.</summary>
    Closed,

    /// <summary>Its conclusion was taken back.</summary>
    Withdrawn,
}

/// <summary>A resolution 议定事项 of a session.</summary>
/// <param name="Number">In the session, from 1.</param>
/// <param name="Entry">Id of the agenda entry.</param>
/// <param name="Action">What is to be done; null once redacted.</param>
/// <param name="DueDate">As it is now.</param>
/// <param name="PromisedFor">As it was before its extension; null: it had none.</param>
/// <param name="AskedFor">The day that the lead unit asks for; null: for none, or it was decided.</param>
/// <param name="Ladder">The steps by which it was chased, with their days.</param>
/// <param name="ClosedOn">The day of the lead unit's report that the office confirmed.</param>
/// <param name="Version">Version of the last fact that touched it.</param>
internal sealed record Resolution(
    int Number,
    string Entry,
    ResolutionDraft Draft,
    string? Action,
    string? Deliverable,
    ResolutionStatus Status,
    DateOnly DueDate,
    DateOnly? GivenDay,
    DateOnly? ReceivedOn,
    DateOnly? PromisedFor,
    DateOnly? AskedFor,
    ImmutableArray<(LadderStep Step, DateOnly Day)> Ladder,
    ImmutableArray<(DateOnly Day, string? Text)> Progress,
    DateOnly? CompletedOn,
    ImmutableArray<SubmittedMaterial> Evidence,
    DateOnly? ClosedOn,
    DateOnly LastDay,
    long Version)
{
    /// <summary>Whether it is still to be done.</summary>
    public bool IsOpen => Status is ResolutionStatus.Given or ResolutionStatus.UnderWay or ResolutionStatus.Completed;

    /// <summary>Those of a conclusion, numbered on after <paramref name="before"/>.</summary>
    public static IEnumerable<Resolution> Of(EntryConcluded fact, int before, Entry<ReviewFact> entry)
    {
        return fact.Resolutions.Select((draft, i) => new Resolution(
            before + i + 1, fact.Entry, draft, Text(i, "action"), Text(i, "deliverable"), ResolutionStatus.Taken, draft.DueDate, null, null, null, null, [], [], null, [], null, entry.OccurredOn, entry.Version));

        string? Text(int index, string member) => entry.Texts.GetValueOrDefault(ResolutionDraft.TextName(index, member));
    }

    public Resolution Withdrawn(Entry<ReviewFact> entry) => this with { Status = ResolutionStatus.Withdrawn, Version = entry.Version };

    public Resolution GivenOn(Entry<ReviewFact> entry) => Status == ResolutionStatus.Taken
        ? this with { Status = ResolutionStatus.Given, GivenDay = entry.OccurredOn, LastDay = entry.OccurredOn, Version = entry.Version }
        : this;

    public Resolution With(ResolutionFact fact, Entry<ReviewFact> entry)
    {
        var next = fact switch
        {
            ResolutionReceived => this with { Status = ResolutionStatus.UnderWay, ReceivedOn = entry.OccurredOn },
            ResolutionExtensionRequested f => this with { AskedFor = f.DueDate },
            ResolutionExtended f => this with { PromisedFor = DueDate, DueDate = f.DueDate, AskedFor = null },
            ResolutionUrged f => this with { Ladder = Ladder.Add((f.Step!.Value, entry.OccurredOn)) },
            ResolutionProgressed => this with { Progress = Progress.Add((entry.OccurredOn, entry.Texts.GetValueOrDefault(ReviewFact.Progress))) },
            ResolutionCompleted f => this with { Status = ResolutionStatus.Completed, CompletedOn = entry.OccurredOn, Evidence = f.Evidence },
            ResolutionReturned => this with { Status = ResolutionStatus.UnderWay, CompletedOn = null, Evidence = [] },
            ResolutionConfirmed => this with { Status = ResolutionStatus.Closed, ClosedOn = CompletedOn },
            _ => throw new NotSupportedException($"{fact.GetType().Name} is no fact of a resolution."),
        };
        return next with { LastDay = entry.OccurredOn, Version = entry.Version };
    }
}
