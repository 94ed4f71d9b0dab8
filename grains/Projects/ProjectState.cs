using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects.Plans;
using Agency.Services;

namespace Agency.Projects;

/// <summary>What a project's stream has come to: the fold of its effective facts, corrections applied; those of the project and its
/// plan in recorded order, the steps of each item by (day, version).</summary>
public sealed record ProjectState : IRecord<ProjectFact>
{
    public static ProjectState None { get; } = new();

    /// <summary>Every fact, as recorded.</summary>
    public ImmutableArray<Entry<ProjectFact>> Entries { get; private init; } = [];

    /// <summary>Null while the code is not registered.</summary>
    public ProjectRegistered? Registration { get; private init; }

    public DateOnly RegisteredOn { get; private init; }

    /// <summary>The descriptive members as they stand; null while the code is not registered.</summary>
    public ProjectDetails? Details { get; private init; }

    /// <summary>The project that the code leads to, where it is only an alias.</summary>
    public string? AliasOf { get; private init; }

    /// <summary>What the plan followed from after the registration and after each of its changes, in recorded order.</summary>
    public ImmutableArray<PlanVersion> Plans { get; private init; } = [];

    /// <summary>The items that have steps.</summary>
    public ImmutableSortedDictionary<string, ItemState> Items { get; private init; } = ImmutableSortedDictionary.Create<string, ItemState>(StringComparer.Ordinal);

    /// <summary>The stages that are reached, with the first day at whose end they were.</summary>
    public ImmutableSortedDictionary<string, DateOnly> Reached { get; private init; } = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal);

    public Standstill Standstill { get; private init; } = Standstill.None;

    /// <summary>The works reported finished, with the day of the report.</summary>
    public ImmutableSortedDictionary<int, DateOnly> FinishedWorks { get; private init; } = ImmutableSortedDictionary<int, DateOnly>.Empty;

    public ImmutableArray<StageApplication> Applications { get; private init; } = [];

    /// <summary>Manager, mandate, problems and what else the service to the project is.</summary>
    public ProjectService Service { get; private init; } = ProjectService.None;

    public DateOnly? CompletedOn { get; private init; }

    public DateOnly? TerminatedOn { get; private init; }

    /// <summary>Version of the stream.</summary>
    public long Version => Entries.Length;

    /// <summary>What the plan follows from now; null while the code is not registered.</summary>
    public PlanInputs? Plan => Plans.IsEmpty ? null : Plans[^1].Inputs;

    public ProjectStatus Status =>
        TerminatedOn is not null ? ProjectStatus.Terminated
        : CompletedOn is not null ? ProjectStatus.Completed
        : Standstill.IsOpen ? ProjectStatus.Paused
        : ProjectStatus.Active;

    public ItemState Item(string code) => Items.GetValueOrDefault(code) ?? ItemState.New(code);

    /// <summary>Whether every prerequisite that the item's submission waits for is approved.</summary>
    internal bool IsReady(PlannedItem item) => item.Prerequisites.All(p => p.Tolerant || Item(p.Code).ApprovedOn is not null);

    /// <summary>What the plan followed from when the fact of this version was recorded.</summary>
    public PlanInputs PlanBefore(long version) => Plans.Last(p => p.Version < version).Inputs;

    public ProjectState With(IReadOnlyList<Entry<ProjectFact>> entries)
    {
        var all = Redactions.Applied(Entries.AddRange(entries), entries);

        // What a text was folded into is folded anew without it.
        var (before, added) = entries.Any(e => e.Fact is TextRedacted) ? (None, all) : (this, entries);
        var next = added.Any(e => e.Fact is Correction) ? Fold(Corrections.Effective(all)) : added.Aggregate(before, Evolve);
        return next with { Entries = all, Service = added.Aggregate(before.Service, (service, entry) => service.With(entry)) };
    }

    /// <summary>The state as it was known at an instant: of the facts recorded by then alone (domain 7, bitemporal).</summary>
    public ProjectState RecordedBy(DateTimeOffset instant) => None.With([.. Entries.TakeWhile(e => e.RecordedAt <= instant)]);

    /// <summary>The state at the end of a day, as corrected since: of the facts that had happened by then, and the registration, without
    /// which there is no project (domain 7, bitemporal).</summary>
    public ProjectState AsOf(DateOnly day) => Fold(By(day)) with
    {
        Entries = Entries,
        Service = ProjectService.Of(Entries.Where(e => e.OccurredOn <= day)),
    };

    /// <summary>The facts in force of which the state <see cref="AsOf"/> a day is made.</summary>
    internal IEnumerable<Entry<ProjectFact>> By(DateOnly day) => Corrections.Effective(Entries).Where(e => e.OccurredOn <= day || e.Fact is ProjectRegistered);

    /// <summary>The state with the stages reached, and the project complete, as follows from its other facts.</summary>
    internal ProjectState Standing(FirstDays days) => this with
    {
        Reached = days.Timeline.Last.Source.Flow.Stages.Select(s => (s.Code, On: days.ReachedOn(s.Code))).Where(s => s.On is not null).ToImmutableSortedDictionary(s => s.Code, s => s.On!.Value, StringComparer.Ordinal),
        CompletedOn = days.CompleteSince(),
    };

    /// <summary>The state as it is shown: with a fact that a rule has made true and nobody has recorded yet.</summary>
    public ProjectState Looking(Entry<ProjectFact> unrecorded) => Evolve(this, unrecorded);

    /// <summary>The state as it was found at some place of the record: of the plan what was recorded before, of items and works what had happened.</summary>
    internal ProjectState At(long version, ImmutableSortedDictionary<string, ItemState> items, ImmutableSortedDictionary<int, DateOnly> finished) =>
        this with { Plans = Plans.RemoveAll(p => p.Version >= version), Items = items, FinishedWorks = finished };

    /// <summary>The state as if the project had not been terminated.</summary>
    internal ProjectState BeforeTermination() => this with { TerminatedOn = null };

    // 终止: whatever is open is withdrawn by it.
    private ImmutableSortedDictionary<string, ItemState> Withdrawn(Entry<ProjectFact> end) => Items.SetItems(Items.Values
        .Where(i => i.Round is { EndedOn: null })
        .Select(i => KeyValuePair.Create(i.Code, i.With(end with { Fact = new Withdrawal(i.Code) }))));

    // As corrected, a step can stand before what was recorded before it, and a termination behind steps that were recorded after it.
    private static ProjectState Fold(IEnumerable<Entry<ProjectFact>> effective) => effective
        .OrderBy(e => e.Fact switch { Step => 1, ProjectTerminated => 2, _ => 0 })
        .ThenBy(e => e.Fact is Step ? ItemState.Order(e) : default)
        .Aggregate(None, Evolve);

    private static ProjectState Evolve(ProjectState state, Entry<ProjectFact> entry) => entry.Fact switch
    {
        ProjectRegistered fact => state with
        {
            Registration = fact,
            Details = fact.Details,
            RegisteredOn = entry.OccurredOn,
            Plans = [new(entry.Version, entry.OccurredOn, null, PlanInputs.Of(fact))],
        },
        DetailsChanged fact => state with { Details = fact.Details },
        AliasGiven fact => state with { AliasOf = fact.Project },
        AliasReleased => state with { AliasOf = null },
        PlanChange change => state with { Plans = state.Plans.Add(new(entry.Version, entry.OccurredOn, change, state.Plan!.With(change, entry.OccurredOn))) },
        StageReached { Voided: true } fact => state with { Reached = state.Reached.Remove(fact.Stage) },
        StageReached fact => state with { Reached = state.Reached.SetItem(fact.Stage, entry.OccurredOn) },
        ProjectCompleted => state with { CompletedOn = entry.OccurredOn },
        ProjectReopened => state with { CompletedOn = null },
        ProjectPaused => state with { Standstill = state.Standstill.Begin(entry.OccurredOn, entry.Version) },
        ProjectContinued => state with { Standstill = state.Standstill.End(entry.OccurredOn, entry.Version) },
        ProjectTerminated => state with { TerminatedOn = entry.OccurredOn, Items = state.Withdrawn(entry) },
        WorksFinished fact => state with { FinishedWorks = state.FinishedWorks.SetItem(fact.Work, entry.OccurredOn) },
        StageApplied fact => state with { Applications = state.Applications.Add(new(fact.Number, fact.Stage, entry.OccurredOn, fact.Items, fact.Materials, false)) },
        StageSupplementRequested fact => state with { Applications = [.. state.Applications.Select(a => a.Number == fact.Number ? a with { SupplementRequested = true } : a)] },
        Step step => state.Item(step.Item).With(entry) is { Steps.IsEmpty: false } item ? state with { Items = state.Items.SetItem(step.Item, item) } : state,
        ServiceFact or TextRedacted => state,
        var fact => throw new NotSupportedException($"{fact.GetType().Name} is not folded."),
    };
}

/// <summary>Several items of a stage applied for as one 一张表单.</summary>
/// <param name="SupplementRequested">Whether the lead department has used its one supplement request.</param>
public sealed record StageApplication(int Number, string Stage, DateOnly SubmittedOn, ImmutableArray<string> Items, ImmutableArray<SubmittedMaterial> Materials, bool SupplementRequested);
