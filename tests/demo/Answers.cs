namespace Agency.Demo;

// What the demonstration reads of the service's answers (docs/openapi.json); what it does not need is left out.

internal sealed record Project(
    string Code,
    string Name,
    string Flow,
    int FlowVersion,
    string State,
    DateOnly RegisteredOn,
    DateOnly? CompletedOn,
    int PlannedConstructionDays,
    Clock Clock,
    int? SpanDays,
    IReadOnlyList<Stage> Stages,
    IReadOnlyList<Work> Works,
    ItemCounts Items);

internal sealed record Stage(string Code, string Name, string State, DateOnly? StartedOn, DateOnly? ReachedOn, DateOnly? CompletedOn, Clock Clock);

internal sealed record Work(int Number, string? Name, DateOnly? PermittedOn, DateOnly? FinishedOn);

internal sealed record ItemCounts(int Applicable, int Approved, int Undetermined);

internal sealed record Clock(string Unit, int LimitDays, int ExtensionDays, int UsedDays, DateOnly? DueDate, string Light)
{
    public bool CountsWorkingDays => Unit == "workingDays";
}

internal sealed record Plan(IReadOnlyList<Item> Items)
{
    public Plan With(Item item) => new([.. Items.Select(i => i.Code == item.Code ? item : i)]);
}

internal sealed record Item(
    string Code,
    string Name,
    string Stage,
    int? Work,
    string Department,
    string State,
    bool Milestone,
    IReadOnlyList<string> Prerequisites,
    Clock Clock,
    IReadOnlyList<Round> Rounds)
{
    /// <summary>The code without the work: the same in all works.</summary>
    public string BaseCode => Code.Split('@')[0];

    public bool Applies => State != "notApplicable";

    public bool Approved => State == "approved";

    /// <summary>The current application.</summary>
    public Round Round => Rounds[^1];
}

internal sealed record Round(
    DateOnly ReceivedOn,
    DateOnly? AnswerDueOn,
    DateOnly? SupplementRequestedOn,
    IReadOnlyList<string> Missing,
    DateOnly? AcceptedOn,
    bool AcceptedBySystem,
    IReadOnlyList<Suspension> Suspensions,
    int ExtensionDays,
    DateOnly? DecidedOn,
    DateOnly? DeliveredOn);

internal sealed record Suspension(DateOnly SuspendedOn, DateOnly? AnnouncedEnd, DateOnly? ResumedOn);

internal sealed record HistoryPage(IReadOnlyList<Fact> Items, string? NextCursor);

internal sealed record Fact(string Type, DateOnly OccurredOn, FactData Data);

internal sealed record FactData(
    string? Item = null,
    string? Outcome = null,
    string? Reason = null,
    string? Procedure = null,
    int? Days = null,
    int? AnnouncedDays = null,
    DateOnly? AcceptedOn = null,
    IReadOnlyList<string>? Missing = null);

internal sealed record Problem(string Code, string Detail, IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors);

internal sealed record WorkingDaysAnswer(DateOnly To);
