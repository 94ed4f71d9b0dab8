using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>What is seen of a project at the end of a day. Silence that a sweep may take for acceptance is shown as such, though it is
/// not recorded yet (domain 5.2).</summary>
internal sealed class ProjectViews
{
    private readonly ProjectState _state;
    private readonly ProjectRegistered _registration;
    private readonly FlowPlan _plan;
    private readonly ProjectClocks _clocks;
    private readonly DepartmentCodes _departments;

    public ProjectViews(ProjectState state, FlowPlan plan, DepartmentCodes departments, WorkingCalendar calendar, Moment moment, LightRule lights)
    {
        _registration = state.Registration ?? throw new ArgumentException("Nothing is registered.", nameof(state));
        (_plan, _departments) = (plan, departments);
        _state = Looked(state, moment, calendar);
        _clocks = new(plan, _state, moment.Today, calendar, lights);
    }

    public ItemView Item(string code) => Item(_plan.Find(code)!);

    public PlanView Plan() => new(
        _state.Version,
        _registration.Flow,
        _registration.FlowVersion,
        [.. _plan.Source.Flow.Conditions.Select(c => new AnswerView(c.Code, c.Question, _plan.Source.Answers.TryGetValue(c.Code, out var answer) ? answer : null))],
        [.. _plan.Items.Select(Item)]);

    public ProjectView Project()
    {
        var details = _state.Details!;
        return new(
            _registration.Code,
            details.Aliases,
            details.Name,
            _registration.Flow,
            _registration.FlowVersion,
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
            _clocks.SpanDays(),
            [.. _plan.Source.Flow.Stages.Select(Stage)],
            Counts(),
            [.. Actions().OrderBy(a => a.By ?? DateOnly.MaxValue).ThenBy(a => a.Item, StringComparer.Ordinal)]);
    }

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

    private IEnumerable<NextAction> Actions() =>
        _plan.Items.SelectMany(i => NextActions.Of(i, _registration.DepartmentOf(i, _departments), _state, _clocks.Calendar, _clocks.Item(i)));

    private ItemView Item(PlannedItem item) => ItemViews.Of(item, _registration.DepartmentOf(item, _departments), _state, _clocks);

    private ProjectState Looked(ProjectState state, Moment moment, WorkingCalendar calendar)
    {
        foreach (var item in _plan.Items)
        {
            var recorded = state.Item(item.Code);
            var terms = StepDecider.TermsOf(item.Definition, _registration.DepartmentOf(item, _departments));
            if (StepDecider.Silence(recorded, item, terms, moment.Today, calendar, out var day) is not { } silence) continue;
            if (moment.Today < calendar.Add(ShanghaiTime.DayOf(recorded.Round!.ReceiptRecordedAt), ItemClock.AnswerDays)) continue;
            state = state.Looking(new(recorded.Version, silence, moment.Now, day, People.Actor.System, null, "", calendar.Version, Act.NoTexts));
        }

        return state;
    }
}
