using System.Collections.Immutable;
using Agency.Clocks;

namespace Agency.Approvals;

/// <summary>How a round stands.</summary>
public enum RoundStatus
{
    Submitted,
    SupplementRequested,
    Accepted,
    Suspended,
    Approved,
    Denied,
    Refused,
    Withdrawn,
    Revoked,
}

/// <summary>From the day after <paramref name="Since"/> on, days are charged to <paramref name="Holder"/>.</summary>
public readonly record struct Hold(DateOnly Since, Holder Holder);

/// <summary>A procedure that the law does not count 特别程序.</summary>
/// <param name="Version">The fact that began it; its texts say why.</param>
public sealed record ProcedureRun(string Procedure, int AnnouncedDays, DateOnly SuspendedOn, DateOnly? ResumedOn, long Version);

/// <summary>A tolerated material and whether it has come.</summary>
public sealed record Owed(string Material, DateOnly DueOn, DateOnly? HandedInOn);

/// <summary>One application for an item, from its submission to its end 轮次.</summary>
public sealed record Round
{
    public required int Number { get; init; }

    public required RoundStatus Status { get; init; }

    public required DateOnly SubmittedOn { get; init; }

    /// <summary>Day of the last submission or supplement.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>When that submission or supplement was recorded.</summary>
    public required DateTimeOffset ReceiptRecordedAt { get; init; }

    public DateOnly? SupplementRequestedOn { get; init; }

    public DateOnly? SupplementDueOn { get; init; }

    public ImmutableArray<string> Missing { get; init; } = [];

    public DateOnly? AcceptedOn { get; init; }

    public bool AcceptedBySystem { get; init; }

    public Terms? Terms { get; init; }

    public ImmutableArray<ProcedureRun> Procedures { get; init; } = [];

    public int ExtensionDays { get; init; }

    public ImmutableArray<Owed> Owed { get; init; } = [];

    /// <summary>The day of the decision, refusal or withdrawal.</summary>
    public DateOnly? EndedOn { get; init; }

    public RefusalKind? RefusalKind { get; init; }

    public DateOnly? ValidUntil { get; init; }

    public string? DecisionNumber { get; init; }

    public bool AwaitsConfirmation { get; init; }

    /// <summary>The first day at whose end the approval counted for dependants and milestones; null while it has not. It counts no
    /// longer at the end of <see cref="RevokedOn"/>.</summary>
    public DateOnly? ApprovedOn { get; init; }

    public DateOnly? DeliveredOn { get; init; }

    public DateOnly? RevokedOn { get; init; }

    /// <summary>Number of the stage application that it came with.</summary>
    public int? Application { get; init; }

    /// <summary>Who holds the round since when, by day; the last one of a day holds the next.</summary>
    public required ImmutableArray<Hold> Holds { get; init; }

    public IEnumerable<ProcedureRun> RunningProcedures => Procedures.Where(p => p.ResumedOn is null);
}
