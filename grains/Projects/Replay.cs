using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>Goes through a record once more, in effective order, and asks of each fact whether it could be where it is: each step by the
/// plan as it stood when the step was recorded (domain 4.2, 5.8). What silence was is left out and found anew.</summary>
internal sealed class Replay
{
    private readonly CorrectionContext _context;
    private readonly IReadOnlySet<long>? _known;
    private readonly List<Entry<ProjectFact>> _effective;
    private readonly List<(Entry<ProjectFact> Entry, Refusal Refusal)> _broken = [];

    // All that concerns the project and its plan, which stands in recorded order; only steps move about by their days.
    private readonly ProjectState _project;
    private readonly Entry<ProjectFact>? _end;
    private ImmutableSortedDictionary<string, ItemState> _items = ProjectState.None.Items;

    /// <param name="record">The facts, corrections among them.</param>
    /// <param name="known">Facts that may break a rule: they did before. At the first other that does, the replay ends. Null: all may.</param>
    public Replay(ImmutableArray<Entry<ProjectFact>> record, CorrectionContext context, IReadOnlySet<long>? known)
    {
        (_context, _known) = (context, known);
        _effective = [.. Corrections.Effective(record)];
        _project = ProjectState.None.With([.. _effective.Where(e => e.Fact is not Step)]);
        _end = _effective.Find(e => e.Fact is ProjectTerminated);
        if (ProjectStands()) StepsStand();
    }

    /// <summary>The facts that break a rule where they are, the first first.</summary>
    public IReadOnlyList<(Entry<ProjectFact> Entry, Refusal Refusal)> Broken => _broken;

    /// <summary>The acceptances that silence was: those that a later step needs, and those of open rounds in whose place one was
    /// recorded. Whatever else is one by now is left to whoever looks for it.</summary>
    /// <param name="state">The project as it was recorded.</param>
    public IEnumerable<(DeemedAcceptance Fact, DateOnly OccurredOn)> Silences(ProjectState state)
    {
        foreach (var item in _items.Values)
        {
            foreach (var step in item.Steps)
            {
                if (step.Fact is DeemedAcceptance fact) yield return (fact, step.OccurredOn);
            }

            if (_project.TerminatedOn is not null || item.Round is not { Status: RoundStatus.Submitted }) continue;
            var receipt = item.Steps.Last(s => s.Fact is Submission or Supplement).Version;
            if (state.Item(item.Code).Steps.SkipWhile(s => s.Version != receipt).ElementAtOrDefault(1)?.Fact is not DeemedAcceptance) continue;
            var context = _context.Project;
            if (context.Plans.Of(_project.Plan!).Find(item.Code) is { } planned && Silence(item, planned, _project.Plan!, context.Calendar.Version, context.Moment.Today) is { } silence) yield return silence;
        }
    }

    private bool ProjectStands()
    {
        var state = ProjectState.None;
        var plans = _context.Project.Plans;
        foreach (var entry in _effective.Where(e => e.Fact is not Step))
        {
            var refusal = entry.Fact switch
            {
                PlanChange change => PlanDecider.Check(change, state.Plan!, plans.Of(state.Plan!), state.At(entry.Version, RecordedBefore(entry.Version), state.FinishedWorks))
                    ?? plans.TryResolve(state.Plan!.With(change, entry.OccurredOn), out _),
                ProjectPaused or ProjectContinued => Standstill(entry, state),
                _ => null,
            };
            if (refusal is not null && Breaks(entry, refusal)) return false;
            state = state.With([entry]);
        }

        return true;
    }

    // A termination can be voided and stand again: what has been recorded meanwhile stands behind it on its day.
    private bool IsBehindTheEnd(Entry<ProjectFact> entry) =>
        _end is not null && (entry.OccurredOn, entry.Version).CompareTo((_end.OccurredOn, _end.Version)) > 0;

    private Refusal? Standstill(Entry<ProjectFact> entry, ProjectState state) => IsBehindTheEnd(entry)
        ? Refusal.Of("project-terminated")
        : StandstillDecider.Check(entry.Fact, entry.OccurredOn, entry.Version, state, _context.Project.Plans);

    // What a change of the plan was decided on: the steps recorded before it, as far as they can stand without the others.
    private ImmutableSortedDictionary<string, ItemState> RecordedBefore(long version) => _effective
        .Where(e => e.Version < version && e.Fact is Step)
        .OrderBy(ItemState.Order)
        .Aggregate(ProjectState.None.Items, (items, entry) => With(items, entry));

    private void StepsStand()
    {
        var finished = ProjectState.None.FinishedWorks;
        foreach (var entry in _effective.Where(e => e.Fact is WorksFinished or (Step and not DeemedAcceptance)).OrderBy(ItemState.Order))
        {
            // Works can be finished only where they were permitted: that hangs on steps, and so has its place among them.
            var state = _project.At(entry.Version, _items, finished);
            var refusal = entry.Fact is Step step ? Take(step, entry, state) : Standstill(entry, state);
            if (entry.Fact is WorksFinished works) finished = finished.SetItem(works.Work, entry.OccurredOn);
            if (refusal is not null && Breaks(entry, refusal)) return;
        }
    }

    private Refusal? Take(Step step, Entry<ProjectFact> entry, ProjectState state)
    {
        var project = _context.Project;
        var item = state.Item(step.Item);
        var plan = project.Plans.Of(state.Plan!);
        if (plan.Find(step.Item) is not { } planned) return Refusal.Of("item-not-found", ("item", step.Item));
        var version = entry.CalendarVersion ?? project.Calendar.Version;
        if (Silence(item, planned, state.Plan!, version, entry.OccurredOn) is { } silence)
            _items = With(_items, project.SystemEntry(silence.Fact, entry.Version, silence.OccurredOn));

        // Terminated projects take no steps, but those before the end were steps.
        var now = IsBehindTheEnd(entry) ? state : state.BeforeTermination();
        var rules = new StepRules(planned, _items.GetValueOrDefault(step.Item) ?? item, now.At(entry.Version, _items, now.FinishedWorks), plan, project.City.Procedures, _context.Calendars(version), entry.OccurredOn, entry.Version);
        var refusal = rules.Check(step, entry.Texts.ContainsKey);
        _items = With(_items, entry);
        return refusal;
    }

    // By the calendar that it was counted by, if it was recorded before (domain 6.6).
    private (DeemedAcceptance Fact, DateOnly OccurredOn)? Silence(ItemState item, PlannedItem planned, PlanInputs inputs, int version, DateOnly day)
    {
        var counted = _effective.FirstOrDefault(e => e.Fact is DeemedAcceptance fact && fact.Item == item.Code && fact.AcceptedOn == item.Round?.ReceivedOn)?.CalendarVersion ?? version;
        return StepDecider.Silence(item, planned, _project.Registration!.DepartmentOf(planned, _context.Project.Departments), inputs, _project.Standstill, _context.Calendars(counted), day);
    }

    // In a record that breaks a rule, a step before its submission is none.
    private static ImmutableSortedDictionary<string, ItemState> With(ImmutableSortedDictionary<string, ItemState> items, Entry<ProjectFact> entry)
    {
        var code = ((Step)entry.Fact).Item;
        var item = items.GetValueOrDefault(code) ?? ItemState.New(code);
        return entry.Fact is Submission || item.Round is not null ? items.SetItem(code, item.With(entry)) : items;
    }

    private bool Breaks(Entry<ProjectFact> entry, Refusal refusal)
    {
        if (_known?.Contains(entry.Version) != true) _broken.Add((entry, refusal));
        return _known is not null && _broken.Count > 0;
    }
}
