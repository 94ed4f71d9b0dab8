using System.Collections.Immutable;
using System.Text.Json;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Ledgers;
using Agency.People;
using Agency.Problems;
using Agency.Reminders;

namespace Agency.Projects;

/// <summary>What the store keeps beside a project's stream, to list it by without folding it.</summary>
/// <param name="Format">Number of this shape; a summary of another is made anew from the stream.</param>
/// <param name="AliasOf">Set where the stream is that of an alias and no project.</param>
/// <param name="CurrentStage">The first stage not reached; null when all are.</param>
/// <param name="SubmittedOn">Day of the first submission.</param>
/// <param name="EndedOn">The last day of the span, once it is complete or terminated.</param>
/// <param name="Departments">The departments that have an item ready or under way, a decision to deliver, or a follow-up to do.</param>
/// <param name="Clocks">What its clocks count by.</param>
/// <param name="BackFilled">How many of its entries were recorded late.</param>
[GenerateSerializer, Immutable, Alias("agency.project-summary")]
public sealed record ProjectSummary(
    [property: Id(0)] int Format,
    [property: Id(1)] string Code,
    [property: Id(2)] string? AliasOf,
    [property: Id(3)] string? Name,
    [property: Id(4)] string? OwnerName,
    [property: Id(5)] string? OwnerCreditCode,
    [property: Id(6)] string? District,
    [property: Id(7)] string? Flow,
    [property: Id(8)] KeyLevel? KeyLevel,
    [property: Id(9)] string? Cluster,
    [property: Id(10)] string? LeadDepartment,
    [property: Id(11)] ProjectStatus State,
    [property: Id(12)] string? CurrentStage,
    [property: Id(13)] DateOnly? RegisteredOn,
    [property: Id(14)] DateOnly? CompletedOn,
    [property: Id(15)] DateOnly? SubmittedOn,
    [property: Id(16)] DateOnly? EndedOn,
    [property: Id(17)] ImmutableArray<string> Departments,
    [property: Id(18)] ImmutableArray<ClockInputs> Clocks,
    [property: Id(19)] BackFilledShare BackFilled,
    [property: Id(20)] decimal? Investment)
{
    public const int CurrentFormat = 6;

    /// <summary>The manager; once it is completed or terminated, the last one.</summary>
    [Id(21)]
    public string? Manager { get; init; }

    /// <summary>The clerks who act by its mandate.</summary>
    [Id(22)]
    public ImmutableArray<string> Clerks { get; init; } = [];

    /// <summary>The last clerks of its mandates that have ended.</summary>
    [Id(31)]
    public ImmutableArray<string> FormerClerks { get; init; } = [];

    /// <summary>Its open problems as recorded: what each has risen to follows for any day and calendar.</summary>
    [Id(23)]
    public ImmutableArray<OpenProblem> OpenProblems { get; init; } = [];

    /// <summary>The departments whose project it is, too (<see cref="Parties"/>).</summary>
    [Id(24)]
    public ImmutableArray<string> Involved { get; init; } = [];

    /// <summary>Its rounds that have ended.</summary>
    [Id(30)]
    public ImmutableArray<EndedRound> Ended { get; init; } = [];

    /// <summary>What stands that somebody may have to be reminded of, beside clocks and problems.</summary>
    [Id(32)]
    public ImmutableArray<MatterInput> Matters { get; init; } = [];

    /// <summary>When it stood still.</summary>
    [Id(33)]
    public ImmutableArray<Pause> Pauses { get; init; } = [];

    /// <summary>The day of S3's milestone; null while it is not reached.</summary>
    [Id(34)]
    public DateOnly? PermittedOn { get; init; }

    /// <summary>The last day on which something was recorded that is not the system's own: what follows from rules is no progress.</summary>
    [Id(35)]
    public DateOnly? LastRecordedOn { get; init; }

    /// <summary>The calendar version that its days were counted by; 0 where the stream is that of no project.</summary>
    [Id(37)]
    public int Calendar { get; init; }

    /// <summary>Whether it is being built, and nobody has anything else to do: so it stays until more is recorded.</summary>
    [Id(36)]
    public bool InConstruction { get; init; }

    public static ReadOnlyMemory<byte> Write(ProjectSummary summary) => JsonSerializer.SerializeToUtf8Bytes(summary, FactJson.Options);

    /// <summary>What was written; null if the bytes are no summary: what cannot be read is made anew from the facts.</summary>
    public static ProjectSummary? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<ProjectSummary>(bytes.Span, FactJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="clocks">The project's clocks; null for a code that is no project.</param>
    internal static ProjectSummary Of(string code, ProjectState state, ProjectClocks? clocks, DepartmentCodes departments)
    {
        if (clocks is null || state is not { Registration: { } registration, Details: { } details })
            return new(CurrentFormat, code, state.AliasOf, null, null, null, null, null, null, null, null, state.Status, null, null, null, null, null, [], [], default, null);
        var (ledger, parties) = (new ProjectLedger(clocks), Parties.Of(state, clocks.Plan, departments));
        return new(
            CurrentFormat,
            code,
            null,
            details.Name,
            details.OwnerName,
            details.OwnerCreditCode,
            registration.District,
            state.Plan!.Flow,
            details.KeyLevel,
            details.Cluster,
            details.LeadDepartment,
            state.Status,
            Milestones.Current(clocks.Plan, state)?.Code,
            state.RegisteredOn,
            state.CompletedOn,
            ledger.From,
            state.Status is ProjectStatus.Completed or ProjectStatus.Terminated ? clocks.End : null,
            [.. clocks.Plan.Items.Select(i => (Item: i, Department: departments.Find(registration.DepartmentOf(i, departments))!)).Where(i => IsAt(i.Item, i.Department, state)).Select(i => i.Department.Code).Concat(state.Service.FollowingUp).Distinct().Order(StringComparer.Ordinal)],
            [.. clocks.Inputs()],
            Ledgers.BackFilled.Of(state, clocks.Today, clocks.Calendar),
            details.Investment)
        {
            Manager = parties.Manager,
            Clerks = parties.Clerks,
            Involved = parties.Departments,
            FormerClerks = [.. state.Service.Mandates.Where(m => !m.IsOpen).SelectMany(m => m.LastClerks).Select(c => c.Agent).Distinct()],
            OpenProblems = state.TerminatedOn is null ? [.. state.Service.Problems.All.Where(p => p.Closure is null).Select(OpenProblem.Of)] : [],
            Ended = [.. EndedRound.Of(clocks, departments)],
            Matters = [.. MatterInputs.Of(state, clocks.Plan, departments)],
            Pauses = state.Standstill.Pauses,
            PermittedOn = state.Reached.TryGetValue(FlowStage.StartPermit, out var permitted) ? permitted : null,
            LastRecordedOn = state.Entries.LastOrDefault(e => e.Actor.Role != Role.System) is { } last ? ShanghaiTime.DayOf(last.RecordedAt) : null,
            InConstruction = ProjectLedger.IsInConstruction(clocks),
            Calendar = clocks.Calendar.Version,
        };
    }

    private static bool IsAt(PlannedItem item, Department department, ProjectState state) => ItemViews.StatusOf(item, state) switch
    {
        ItemStatus.Ready or ItemStatus.Submitted or ItemStatus.SupplementRequested or ItemStatus.Accepted or ItemStatus.Suspended => true,
        ItemStatus.Approved => NextActions.IsToBeDelivered(state.Item(item.Code).Round!, department, state),
        _ => false,
    };
}
