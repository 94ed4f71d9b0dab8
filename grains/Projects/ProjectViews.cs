using System.Collections.Immutable;
using Agency.Agents;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.Ledgers;
using Agency.Managers;
using Agency.Mandates;
using Agency.Portfolio;
using Agency.Problems;
using Agency.Projects.Plans;
using Agency.Services;
using Agency.Worklists;

namespace Agency.Projects;

/// <summary>What is seen of a project at the end of a day. Silence that a sweep may take for acceptance is shown as such, though it is
/// not recorded yet (domain 5.2).</summary>
internal sealed class ProjectViews
{
    private readonly ProjectState _state;
    private readonly ProjectRegistered _registration;
    private readonly FlowPlan _plan;
    private readonly ProjectClocks _clocks;
    private readonly ProjectLedger _ledger;
    private readonly DepartmentCodes _departments;

    /// <param name="known">When it was known: what a sweep might have recorded by then is seen.</param>
    /// <param name="asOf">The day at whose end it is seen.</param>
    public ProjectViews(ProjectState state, PlanTimeline timeline, DepartmentCodes departments, WorkingCalendar calendar, Moment known, DateOnly asOf, LightRule lights)
    {
        _registration = state.Registration ?? throw new ArgumentException("Nothing is registered.", nameof(state));
        (_plan, _departments) = (timeline.Last, departments);
        _state = Looked(state, known, asOf, calendar);
        _clocks = new(_state, timeline, asOf, calendar, lights);
        _ledger = new(_clocks);
    }

    public ProjectClocks Clocks => _clocks;

    public ItemView Item(string code) => Item(_plan.Find(code)!);

    public PlanView Plan() => new(
        _state.Version,
        _state.Plan!.Flow,
        _state.Plan.FlowVersion,
        [.. _plan.Source.Flow.Conditions.Select(c => new AnswerView(c.Code, c.Question, _plan.Source.Answers.TryGetValue(c.Code, out var answer) ? answer : null))],
        [.. _plan.Items.Select(Item)]);

    /// <param name="rules">What problems and visits are counted by.</param>
    public ProjectView Project(ServiceRules rules)
    {
        var details = _state.Details!;
        return new(
            _registration.Code,
            details.Aliases,
            details.Name,
            _state.Plan!.Flow,
            _state.Plan.FlowVersion,
            details.OwnerName,
            details.OwnerCreditCode,
            _registration.District,
            _registration.Authority,
            details.LeadDepartment,
            details.KeyLevel,
            details.Cluster,
            details.Investment,
            details.PlannedConstructionDays ?? _plan.Source.Flow.PlannedConstructionDays,
            _state.Status,
            _state.Version,
            _state.RegisteredOn,
            _state.CompletedOn,
            Milestones.Current(_plan, _state)?.Code,
            _clocks.Worst(),
            _clocks.Total(),
            _ledger.SpanDays,
            [.. _plan.Source.Flow.Stages.Select(Stage)],
            Counts(),
            _state.TerminatedOn is null ? [.. Actions(rules).OrderBy(a => a.By ?? DateOnly.MaxValue).ThenBy(a => a.Item is null).ThenBy(a => a.Item, StringComparer.Ordinal)] : [],
            [.. _state.Plan!.Works.Select(Work)],
            [.. _state.Applications.Select(Application)],
            [.. Expiring().OrderBy(e => e.ValidUntil).ThenBy(e => e.Item, StringComparer.Ordinal)],
            _state.Standstill.Pauses is [.., { To: null } pause] ? pause.From : null,
            _state.TerminatedOn,
            BackFilled.Of(_state, _clocks.Today, _clocks.Calendar),
            _state.Service.Managers is [.., var manager] ? ProjectManager.Of(manager) : null,
            _state.Service.Mandate is { } mandate ? ProjectMandate.Of(mandate) : null)
        {
            Problems = ProblemCounts.Of(ServiceView.ProblemsOf(_state, _clocks.Today, rules, _clocks.Calendar)),
        };
    }

    public LedgerView Ledger() => LedgerViews.OfProject(_ledger, _clocks);

    /// <summary>The ledger of an item; null for one that was never in the plan.</summary>
    public LedgerView? Ledger(string item) => _clocks.Find(item) is { } known ? LedgerViews.OfItem(known, _clocks) : null;

    public ManagerView? Manager(AgentView? agent, ServiceRules rules) => ManagerView.Of(_state, agent, rules.Visits, _clocks.Calendar);

    public MandatesView Mandates() => MandateView.All(_state, _plan, _clocks.Calendar, _clocks.Today);

    /// <summary>The last mandate; there is one.</summary>
    public MandateView Mandate() => MandateView.Of(_state.Service.Mandates[^1], _state, _plan, _clocks.Calendar, _clocks.Today);

    public ChecklistView Checklist() => new Checklist(_state, _plan, i => _registration.DepartmentOf(i, _departments), _clocks.Today).View();

    /// <summary>What a forecast of the project follows from.</summary>
    public ForecastBasis Basis(Pace pace) => new(_clocks, pace);

    /// <summary>What the worker has to do next, and what was recorded since an instant.</summary>
    public ProjectDuties Duties(Worker worker, DateTimeOffset? since, ServiceRules rules) => new(
        Worklists.Duties.Of(
            worker,
            _state,
            _state.Status switch
            {
                ProjectStatus.Active => Actions(rules),

                // No step can be taken during a standstill, but problems rise and what was agreed stays due.
                ProjectStatus.Paused => OfService(rules),
                _ => [],
            },
            _clocks,
            rules),
        since is { } instant ? Worklists.Duties.Since(instant, worker, _state, DepartmentOf) : []);

    /// <summary>The departments of the items that apply, each once.</summary>
    public ImmutableArray<string> Departments => [.. _plan.Items.Where(i => i.Applicability == Applicability.Applies).Select(i => _registration.DepartmentOf(i, _departments)).Distinct()];

    /// <summary>Their codes, without the works.</summary>
    public ImmutableArray<string> Items => [.. _plan.Items.Where(i => i.Applicability == Applicability.Applies).Select(i => WorkExpansion.BaseOf(i.Code)).Distinct()];

    /// <summary>The medians of the items for which their departments have one, by code.</summary>
    public IReadOnlyDictionary<string, ItemMedian> Medians(ImmutableArray<TakenDays> taken)
    {
        var known = taken.ToDictionary(t => (t.Department, t.Item, t.Unit));
        var medians = new Dictionary<string, ItemMedian>(StringComparer.Ordinal);
        foreach (var item in _plan.Items)
        {
            if (known.TryGetValue((_registration.DepartmentOf(item, _departments), WorkExpansion.BaseOf(item.Code), item.Definition.LimitUnit), out var median)) medians[item.Code] = new(item.Code, median.Days, median.Rounds);
        }

        return medians;
    }

    public StageApplicationView Application(int number) => Application(_state.Applications.First(a => a.Number == number));

    private StageApplicationView Application(StageApplication a) =>
        new(a.Number, $"{_registration.Code}-{a.Stage}-{a.Number:00}", a.Stage, a.SubmittedOn, a.Items, a.Materials, a.SupplementRequested);

    private WorkView Work(int number) => new(
        number,
        _state.Entries.Select(e => e.Fact).OfType<WorkDivided>().FirstOrDefault(w => w.Work == number)?.Name,
        _clocks.PermittedOn(number),
        _state.FinishedWorks.TryGetValue(number, out var day) ? day : null);

    private IEnumerable<ExpiringResult> Expiring() => _state.Items.Values
        .Where(i => i.Round is { Status: RoundStatus.Approved, ValidUntil: not null })
        .Select(i => new ExpiringResult(i.Code, i.Round!.ValidUntil!.Value, i.Round.DecisionNumber));

    private StageView Stage(FlowStage stage)
    {
        var items = Milestones.InStage(_plan, stage.Code).ToArray();
        DateOnly? reached = _state.Reached.TryGetValue(stage.Code, out var day) ? day : null;
        var complete = Milestones.Complete(items, _state);
        var started = _clocks.StartedOn(stage.Code);
        var status = items.All(i => i.Applicability == Applicability.NotApplicable) ? StageStatus.NotApplicable
            : complete is not null ? StageStatus.Complete
            : reached is not null ? StageStatus.Reached
            : started is not null ? StageStatus.Open
            : StageStatus.NotStarted;
        var lead = _departments.Of(stage.Lead, _registration.Authority, _registration.District);
        return new(stage.Code, stage.Name, stage.NameEn, lead, status, started, reached, complete, _clocks.Stage(stage));
    }

    private ItemCounts Counts() => new(
        _plan.Items.Count(i => i.Applicability == Applicability.Applies),
        _plan.Items.Count(i => _state.Item(i.Code).Round is { EndedOn: null }),
        _plan.Items.Count(i => _state.Item(i.Code).ApprovedOn is not null),
        _plan.Items.Count(i => i.Applicability == Applicability.Undetermined));

    private string? DepartmentOf(string item) => _plan.Find(item) is { } planned ? _registration.DepartmentOf(planned, _departments) : null;

    private IEnumerable<NextAction> Actions(ServiceRules rules) => _plan.Items.SelectMany(i => NextActions.Of(i, _departments.Find(_registration.DepartmentOf(i, _departments))!, _state, _clocks))
        .Concat(OfService(rules));

    private IEnumerable<NextAction> OfService(ServiceRules rules) => ServiceActions.Of(_state, _clocks.Today, rules, _clocks.Calendar);

    private ItemView Item(PlannedItem item) => ItemViews.Of(item, WorkOf(item), _registration.DepartmentOf(item, _departments), _state, _clocks);

    // Outside works there is no other instance.
    private int? WorkOf(PlannedItem item) => _state.Plan!.Works.Any(w => w != PlanInputs.FirstWork && _plan.Find(WorkExpansion.Instance(WorkExpansion.BaseOf(item.Code), w)) is not null)
        ? WorkExpansion.WorkOf(item.Code)
        : null;

    private ProjectState Looked(ProjectState state, Moment known, DateOnly asOf, WorkingCalendar calendar)
    {
        if (state.TerminatedOn is not null) return state;
        var day = asOf < known.Today ? asOf : known.Today;
        foreach (var item in _plan.Items)
        {
            var recorded = state.Item(item.Code);
            var department = _registration.DepartmentOf(item, _departments);
            if (StepDecider.RecordableSilence(recorded, item, department, state.Plan!, state.Standstill, calendar, day, known.Today) is not { } silence) continue;
            state = state.Looking(new(recorded.Version, silence.Fact, known.Now, silence.OccurredOn, People.Actor.System, null, "", calendar.Version, Act.NoTexts));
        }

        return state;
    }
}
