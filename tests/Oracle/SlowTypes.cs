namespace Agency.Tests.Oracle;

public enum SlowUnit { Working, Natural }

public enum SlowStart { Acceptance, Receipt }

public enum SlowTri { Yes, No, Undetermined }

/// <summary>Other: intermediary, utility, trading centre, owner (5.1).</summary>
public enum SlowOrgan { Department, HigherAuthority, Other }

public enum SlowRole { Office, Owner, Clerk, Department, Nobody }

public enum SlowRefusal { NotRequired, NotCompetent, Returned }

public enum SlowClockState { None, Running, Stopped, Ended }

public enum SlowLight { Grey, Green, Blue, Yellow, Red }

public enum SlowHolder { NonWorking, Owner, Window, Procedure, Department, Construction }

public enum SlowItemState
{
    Undetermined, NotApplicable, NotReady, Ready,
    Submitted, SupplementRequested, Accepted, Suspended, Approved, Denied, Refused, Withdrawn, Revoked,
}

public enum SlowKind
{
    // steps of an item (5)
    Submit, RequestSupplement, Supplement, Accept, HandIn, Refuse, Suspend, Resume, Extend, Decide, Confirm, Withdraw, Deliver, Revoke,
    // project facts (5.9, 7, 4.4)
    Pause, Continue, Terminate, WorksFinished, Divide, Merge,
    // plan changes (4.2)
    Strike, Restore, Add, LowerLimit, Answer, Move,
    // corrections (5.8)
    Correct,
}

public sealed record SlowActor(SlowRole Role, string? Department = null)
{
    public static SlowActor Office { get; } = new(SlowRole.Office);

    public static SlowActor Owner { get; } = new(SlowRole.Owner);

    public static SlowActor Clerk { get; } = new(SlowRole.Clerk);

    public static SlowActor Of(string department) => new(SlowRole.Department, department);
}

/// <summary>A pause of the project: it charges the days d with From &lt; d ≤ To (6.1).</summary>
public sealed record SlowPause(DateOnly From, DateOnly? To)
{
    public bool Charges(DateOnly day) => From < day && (To is null || day <= To);
}

public sealed record SlowTolerated(string Material, DateOnly DueOn);

/// <summary>One recorded fact or one command. Which members matter follows from the kind.</summary>
public sealed record SlowStep(SlowKind Kind, DateOnly OccurredOn)
{
    /// <summary>The place in the record; set when the record is read.</summary>
    public int Sequence { get; init; } = -1;

    /// <summary>The instance code: "A01", "B03@2".</summary>
    public string Item { get; init; } = "";

    public DateOnly RecordedOn { get; init; } = OccurredOn;

    public SlowActor Actor { get; init; } = SlowActor.Office;

    /// <summary>5.7: why it is late. The tests of the oracle do not care for the words.</summary>
    public bool HasLateReason { get; init; } = true;

    /// <summary>Accept: the system's fact of 5.2; AcceptedOn is then the day of receipt.</summary>
    public bool BySystem { get; init; }

    public DateOnly? AcceptedOn { get; init; }

    /// <summary>The places of the system's facts that this correction supersedes (5.8).</summary>
    public IReadOnlyList<int> Supersedes { get; init; } = [];

    /// <summary>RequestSupplement: the notice's date, default 30 natural days.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Accept: tolerated materials (5.3).</summary>
    public IReadOnlyList<SlowTolerated> Tolerated { get; init; } = [];

    /// <summary>HandIn: names of materials.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    public SlowRefusal Refusal { get; init; }

    /// <summary>Refuse notCompetent.</summary>
    public string? CompetentAuthority { get; init; }

    /// <summary>Suspend, Resume.</summary>
    public string? Procedure { get; init; }

    /// <summary>Suspend.</summary>
    public int AnnouncedDays { get; init; }

    /// <summary>Extend: days added. LowerLimit: the new limit.</summary>
    public int Days { get; init; }

    /// <summary>Extend: the head of the authority.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>Decide: the outcome.</summary>
    public bool Approved { get; init; }

    public string? Reason { get; init; } = "reason";

    /// <summary>Accept, in the record: fixed at the acceptance (4.2).</summary>
    public int? FixedLimit { get; init; }

    public int? FixedCap { get; init; }

    public string? FixedDepartment { get; init; }

    /// <summary>Submit, in the record: the item as the plan had it then, for days on which that plan was not yet (L1).</summary>
    public SlowPlanItem? Planned { get; init; }

    /// <summary>Answer: the condition and its answer.</summary>
    public string? Condition { get; init; }

    public bool Yes { get; init; }

    /// <summary>Merge, WorksFinished, and Divide in the record: the work.</summary>
    public int Work { get; init; } = 1;

    /// <summary>Move: the flow moved to.</summary>
    public SlowFlow? Flow { get; init; }

    /// <summary>Correct: the place of the corrected fact, and the fact as it should have been; null voids it (5.8).</summary>
    public int Target { get; init; } = -1;

    public SlowStep? Instead { get; init; }

    /// <summary>Correct, as a command: several corrections that are one act.</summary>
    public IReadOnlyList<SlowStep> Act { get; init; } = [];
}

/// <summary>An item as the flow and the catalogue together describe it.</summary>
public sealed record SlowPlanItem(string Code, string Stage, int LimitDays)
{
    public SlowOrgan Organ { get; init; } = SlowOrgan.Department;

    /// <summary>The department code that takes its steps; meaningless for other organs.</summary>
    public string Department { get; init; } = "";

    public SlowUnit Unit { get; init; } = SlowUnit.Working;

    public int MaxExtensionDays { get; init; }

    public int? StatutoryDays { get; init; }

    public SlowUnit StatutoryUnit { get; init; } = SlowUnit.Working;

    public SlowStart StatutoryStart { get; init; } = SlowStart.Acceptance;

    public bool DeemedAcceptance { get; init; }

    public bool CountsInTotal { get; init; } = true;

    public bool Milestone { get; init; }

    /// <summary>Materials that the catalogue marks essential: false (5.3).</summary>
    public IReadOnlyList<string> NonEssential { get; init; } = [];

    /// <summary>Said outright; else it follows from Condition and AppliesIf (4.2).</summary>
    public SlowTri? Applies { get; init; }

    public string? Condition { get; init; }

    public IReadOnlyList<string> AppliesIf { get; init; } = [];
}

/// <summary>Before is a prerequisite of After.</summary>
public sealed record SlowEdge(string Before, string After);

public sealed record SlowGroup(IReadOnlyList<string> Items, bool ExactlyOne);

/// <summary>MilestoneRule: "all", "any" or "none" (6.7).</summary>
public sealed record SlowStage(string Code, int LimitDays, string MilestoneRule = "all");

public sealed record SlowFlow
{
    public required IReadOnlyList<SlowPlanItem> Items { get; init; }

    public required IReadOnlyList<SlowStage> Stages { get; init; }

    /// <summary>Given: they are the prerequisites of this flow instead of the catalogue's (4.3).</summary>
    public IReadOnlyList<SlowEdge>? Edges { get; init; }

    public IReadOnlyList<SlowEdge> TolerantEdges { get; init; } = [];

    public IReadOnlyList<SlowGroup> Groups { get; init; } = [];

    public int TotalLimitDays { get; init; } = 120;
}

public sealed record SlowPlan
{
    public required SlowFlow Flow { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    /// <summary>Every declared prerequisite of the whole catalogue: "after" of the later, "neededBefore" of the earlier (4.3).</summary>
    public IReadOnlyList<SlowEdge> CatalogueEdges { get; init; } = [];

    /// <summary>Items of the catalogue that the flow may lack, as they would be added.</summary>
    public IReadOnlyList<SlowPlanItem> CatalogueItems { get; init; } = [];

    /// <summary>The answers given at registration.</summary>
    public IReadOnlyDictionary<string, bool> Answers { get; init; } = new Dictionary<string, bool>();

    /// <summary>Procedures and their longest announced days; null: no maximum.</summary>
    public IReadOnlyDictionary<string, int?> Procedures { get; init; } = new Dictionary<string, int?>();
}

/// <summary>Refusal is the first rule broken, null when accepted; All are all that were seen.</summary>
public sealed record SlowVerdict(IReadOnlyList<string> All, IReadOnlyList<SlowStep> Facts, IReadOnlyList<string> DependsOn)
{
    public bool Accepted => All.Count == 0;

    public string? Refusal => All.Count == 0 ? null : All[0];
}
