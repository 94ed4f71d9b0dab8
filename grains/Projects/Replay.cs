using System.Collections.Immutable;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>Goes through a record once more, in effective order, and asks of each fact whether it could be where it is: each step by the
/// plan as it stood when the step was recorded (domain 4.2, 5.8).</summary>
/// <param name="Record">The facts, corrections among them.</param>
/// <param name="State">The project as it is recorded.</param>
/// <param name="Known">Facts that may break a rule: they did before.</param>
internal sealed record Replay(ImmutableArray<Entry<ProjectFact>> Record, ProjectState State, CorrectionContext Context, ImmutableHashSet<long> Known)
{
    private readonly List<(DeemedAcceptance Fact, DateOnly OccurredOn)> _deemed = [];
    private readonly List<(Entry<ProjectFact> Entry, Refusal Refusal)> _broken = [];

    /// <summary>Acceptances by silence that a later step needs and the record lacks.</summary>
    public IReadOnlyList<(DeemedAcceptance Fact, DateOnly OccurredOn)> Deemed => _deemed;

    /// <summary>The facts that break a rule where they are, the first first.</summary>
    public IReadOnlyList<(Entry<ProjectFact> Entry, Refusal Refusal)> Run()
    {
        // What concerns the project and its plan stands in recorded order; only steps move about by their days.
        var effective = Corrections.Effective(Record).ToList();
        var project = ProjectState.None.With([.. effective.Where(e => e.Fact is not Step)]);
        CheckProject(effective);
        if (_broken.Count > 0) return _broken;

        var items = ImmutableSortedDictionary.Create<string, ItemState>(StringComparer.Ordinal);
        foreach (var entry in effective.Where(e => e.Fact is Step or WorksFinished).OrderBy(ItemState.Order))
        {
            // Works can be finished only where they were permitted: that hangs on steps, and so has its place among them.
            var refusal = entry.Fact is WorksFinished works
                ? StandstillDecider.CheckFinished(works, entry.OccurredOn, project.At(items), Context.Project.Plans)
                : Take(entry, project, ref items);
            if (refusal is not null) Break(entry, refusal);
        }

        return _broken;
    }

    private Refusal? Take(Entry<ProjectFact> entry, ProjectState project, ref ImmutableSortedDictionary<string, ItemState> items)
    {
        var step = (Step)entry.Fact;
        var item = items.GetValueOrDefault(step.Item) ?? ItemState.New(step.Item);
        var inputs = project.PlanBefore(entry.Version);
        var plan = Context.Project.Plans.Of(inputs);
        if (plan.Find(step.Item) is not { } planned) return Refusal.Of("item-not-found", ("item", step.Item));
        if (step is DeemedAcceptance)
        {
            // What silence was is taken, or superseded, by the fold.
            if (item.Round is not null) items = items.SetItem(step.Item, item.With(entry));
            return null;
        }

        var calendar = Context.Calendars(entry.CalendarVersion ?? Context.Project.Calendar.Version);
        var department = project.Registration!.DepartmentOf(planned, Context.Project.Departments);
        if (StepDecider.Silence(item, planned, department, inputs, project.Standstill, calendar, entry.OccurredOn) is { } silence)
        {
            item = item.With(Context.Project.SystemEntry(silence.Fact, entry.Version, silence.OccurredOn));
            _deemed.Add(silence);
        }

        // Terminated projects take no steps, but those before the end were steps.
        var state = project.At(items) is var now && now.TerminatedOn is { } end && entry.OccurredOn <= end ? now.BeforeTermination() : now;
        var rules = new StepRules(planned, item, state, plan, Context.Project.City.Procedures, calendar, entry.OccurredOn, entry.Version);
        var refusal = rules.Check(step, name => entry.Texts.ContainsKey(name));
        if (refusal is null || item.Round is not null || step is Submission) items = items.SetItem(step.Item, item.With(entry));
        return refusal;
    }

    private void CheckProject(List<Entry<ProjectFact>> effective)
    {
        var state = ProjectState.None;
        foreach (var entry in effective.Where(e => e.Fact is not Step))
        {
            var refusal = entry.Fact switch
            {
                PlanChange change => PlanDecider.Check(change, state.Plan!, Context.Project.Plans.Of(state.Plan!), state.At(RecordedBefore(entry.Version, effective)))
                    ?? Context.Project.Plans.TryResolve(state.Plan!.With(change, entry.OccurredOn), out _),
                ProjectPaused or ProjectContinued => StandstillDecider.Check(entry.Fact, entry.OccurredOn, entry.Version, state, Context.Project.Plans),
                _ => null,
            };
            if (refusal is not null && Break(entry, refusal)) return;
            state = state.With([entry]);
        }
    }

    // What a change of the plan was decided on: the steps recorded before it, as far as they can stand without the others.
    private static ImmutableSortedDictionary<string, ItemState> RecordedBefore(long version, List<Entry<ProjectFact>> effective) => effective
        .Where(e => e.Version < version && e.Fact is Step)
        .OrderBy(ItemState.Order)
        .Aggregate(ProjectState.None.Items, (items, entry) =>
        {
            var code = ((Step)entry.Fact).Item;
            var item = items.GetValueOrDefault(code) ?? ItemState.New(code);
            return entry.Fact is Submission || item.Round is not null ? items.SetItem(code, item.With(entry)) : items;
        });

    private bool Break(Entry<ProjectFact> entry, Refusal refusal)
    {
        if (Known.Contains(entry.Version)) return false;
        _broken.Add((entry, refusal));
        return true;
    }
}
