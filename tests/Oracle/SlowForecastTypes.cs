namespace Agency.Tests.Oracle;

public enum SlowPhase { ToSubmit, Submitted, SupplementRequested, Running, Suspended, AwaitingConfirmation, Approved, Undetermined, NotApplicable }

/// <summary>An item as it stands at the end of the day from which it is forecast.</summary>
public sealed record SlowForecastItem(string Code, string Stage, int LimitDays, SlowUnit Unit)
{
    public int Work { get; init; } = 1;

    public bool Counts { get; init; } = true;

    public bool Milestone { get; init; }

    /// <summary>Effective prerequisites, and whether only the approval waits.</summary>
    public IReadOnlyList<(string Code, bool Tolerant)> Prerequisites { get; init; } = [];

    public SlowPhase Phase { get; init; }

    public bool EverSubmitted { get; init; }

    public DateOnly? ReadyOn { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    public DateOnly? ApprovedOn { get; init; }

    /// <summary>The announced end of the last of its procedures.</summary>
    public DateOnly? ProcedureEnds { get; init; }

    /// <summary>The intervals that its department's clock counted so far; the last is that of the running round.</summary>
    public IReadOnlyList<(DateOnly From, DateOnly To)> Counted { get; init; } = [];
}

/// <summary>A project as it stands at the end of a day, and what is supposed.</summary>
public sealed record SlowForecastProject(DateOnly AsOf, IReadOnlyList<SlowForecastItem> Items)
{
    public int Window { get; init; }

    public int OwnerLag { get; init; }

    public int? ConstructionDays { get; init; }

    public IReadOnlyList<int> Works { get; init; } = [1];

    public IReadOnlyList<int> FinishedWorks { get; init; } = [];

    /// <summary>"all", "any" or "none".</summary>
    public string PermitRule { get; init; } = "all";

    public int TotalLimitDays { get; init; }

    /// <summary>Items that are supposed to be decided by a day.</summary>
    public IReadOnlyDictionary<string, DateOnly> Decided { get; init; } = new Dictionary<string, DateOnly>();
}
