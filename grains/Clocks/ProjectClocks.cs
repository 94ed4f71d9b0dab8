using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Clocks;

/// <summary>A project's clocks at the end of a day, all of them, and its ledgers, made of the same charges (domain 6, 7). Parallel items share days.</summary>
internal sealed class ProjectClocks
{
    private readonly FirstDays _days;
    private readonly LightRule _lights;
    private readonly Dictionary<string, (PlannedItem Item, DateOnly? ReadyOn, ImmutableArray<Charge> Charges)> _ofItems = new(StringComparer.Ordinal);

    /// <param name="state">What the items have been through.</param>
    /// <param name="timeline">The items as planned, over the days.</param>
    /// <param name="today">The day at whose end the clocks are read.</param>
    public ProjectClocks(ProjectState state, PlanTimeline timeline, DateOnly today, WorkingCalendar calendar, LightRule lights)
    {
        (State, Today, Calendar, _lights) = (state, today, calendar, lights);
        _days = new(state, timeline);
        var charges = new ItemCharges(_days, state.TerminatedOn < today ? state.TerminatedOn.Value : today);
        End = (state.CompletedOn is null ? null : LastDecision(state)) ?? charges.End;
        foreach (var item in timeline.Items)
        {
            var ready = _days.ReadyOn(item.Code);
            _ofItems.Add(item.Code, (item, ready, charges.Of(item, ready)));
        }
    }

    public PlanTimeline Timeline => _days.Timeline;

    public FlowPlan Plan => Timeline.Last;

    public ProjectState State { get; }

    public DateOnly Today { get; }

    public WorkingCalendar Calendar { get; }

    /// <summary>The last day of the project's span: of the last decision once it is complete, of the termination, or today.</summary>
    public DateOnly End { get; }

    /// <summary>The clocks at the end of another day, if nothing more happens until then.</summary>
    public ProjectClocks On(DateOnly day) => new(State, Timeline, day, Calendar, _lights);

    /// <summary>The item's charges, in order of time.</summary>
    public ImmutableArray<Charge> ChargesOf(string item) => _ofItems[item].Charges;

    /// <summary>The item, if it was in the plan on some day; else null.</summary>
    public PlannedItem? Find(string item) => _ofItems.TryGetValue(item, out var known) ? known.Item : null;

    /// <summary>Every item that was in the plan on some day.</summary>
    public IEnumerable<PlannedItem> Items => _ofItems.Values.Select(i => i.Item);

    /// <summary>The first day at whose end the item was ready, or its first submission; null if it has not been.</summary>
    public DateOnly? ReadyOn(string item) => _ofItems[item].ReadyOn is { } day && day <= Today ? day : null;

    /// <summary>The first day at whose end S3's milestone was reached in a work.</summary>
    public DateOnly? PermittedOn(int work) => _days.PermittedOn(work);

    /// <summary>The stage's days: the union over its counted items, up to the day it was reached.</summary>
    public Clock Stage(FlowStage stage)
    {
        DateOnly? reached = State.Reached.TryGetValue(stage.Code, out var day) ? day : null;
        return Union(Milestones.InStage(Plan, stage.Code), stage.LimitDays, reached, StartedOn(stage.Code));
    }

    /// <summary>The approval days 审批用时 of the project against its flow's total limit.</summary>
    public Clock Total() => Union(Plan.Items, Plan.Source.Flow.TotalLimitDays, State.CompletedOn is null ? null : End, Rounds(Plan.Items).Min(r => r.AcceptedOn));

    /// <summary>The clock of an item's current round.</summary>
    public Clock Item(PlannedItem item) => ItemClock.Of(
        State.Item(item.Code).Round, ChargesOf(item.Code), (State.Plan!.LimitOn(item.Definition, Today), item.Definition.LimitUnit), State.Standstill.IsOpen, Calendar, _lights);

    /// <summary>The project's light: the worst of its running counted items, open stages and total.</summary>
    public Light Worst() => State.Standstill.IsOpen ? Light.Grey : Plan.Items.Where(i => i.Definition.CountsInTotal).Select(Item)
        .Concat(Plan.Source.Flow.Stages.Select(Stage))
        .Append(Total())
        .Where(c => c.State is ClockState.Running or ClockState.Stopped)
        .Select(c => c.Light)
        .DefaultIfEmpty(Light.Grey)
        .Max();

    /// <summary>The day of the first acceptance in the stage, of any item and round.</summary>
    public DateOnly? StartedOn(string stage) => Rounds(Milestones.InStage(Plan, stage)).Min(r => r.AcceptedOn);

    /// <summary>What the clocks that have begun and not ended count by, and the total's in any case; a paused project's stand.</summary>
    public IEnumerable<ClockInputs> Inputs()
    {
        foreach (var item in Plan.Items)
        {
            if (State.Item(item.Code).Round is not { Status: RoundStatus.Accepted or RoundStatus.Suspended, Terms: { } terms } round) continue;
            var days = Intervals.Union(ItemClock.Counted(ChargesOf(item.Code), round.Number));
            yield return InputsOf(ClockScope.Item, item.Code, terms.Department, item.Definition.CountsInTotal, terms.LimitDays + round.ExtensionDays, terms.Unit, days, Runs(round), true);
        }

        foreach (var stage in Plan.Source.Flow.Stages)
        {
            if (StartedOn(stage.Code) is not null && !State.Reached.ContainsKey(stage.Code)) yield return UnionInputs(ClockScope.Stage, stage.Code, Milestones.InStage(Plan, stage.Code), stage.LimitDays, true);
        }

        yield return UnionInputs(ClockScope.Total, "", Plan.Items, Plan.Source.Flow.TotalLimitDays, State.Status is ProjectStatus.Active or ProjectStatus.Paused);
    }

    private ClockInputs UnionInputs(ClockScope scope, string code, IEnumerable<PlannedItem> items, int limit, bool open)
    {
        PlannedItem[] all = [.. items], counted = [.. all.Where(i => i.Definition.CountsInTotal)];
        var runs = open && counted.Any(i => State.Item(i.Code).Round is { } round && Runs(round));
        return InputsOf(scope, code, null, true, limit, DayUnit.WorkingDays, Counted(counted, End), runs, open && Rounds(all).Any(r => r.AcceptedOn is not null));
    }

    // What runs today goes on from where its last charge began.
    private ClockInputs InputsOf(ClockScope scope, string code, string? department, bool counted, int limit, DayUnit unit, List<(DateOnly From, DateOnly To)> days, bool runs, bool open)
    {
        DateOnly? since = !runs ? null : days is [.., var (from, to)] && to == Today ? from : Today;
        if (since is not null && days is [.., var (_, last)] && last == Today) days.RemoveAt(days.Count - 1);
        return new(scope, code, department, counted, limit, unit, [.. days.SelectMany(d => (int[])[d.From.DayNumber, d.To.DayNumber])], since, open);
    }

    private bool Runs(Round round) => round.Status == RoundStatus.Accepted && !State.Standstill.IsOpen;

    /// <summary>The days up to <paramref name="end"/> on which the clock of any of the items counted, in order of time.</summary>
    public List<(DateOnly From, DateOnly To)> Counted(IEnumerable<PlannedItem> items, DateOnly end) =>
        Intervals.Union(items.SelectMany(i => ChargesOf(i.Code)).Where(c => c.Holder == Holder.Department).Select(c => (c.From, c.To < end ? c.To : end)));

    private Clock Union(IEnumerable<PlannedItem> items, int limit, DateOnly? ended, DateOnly? started)
    {
        if (started is null) return new(ClockState.None, DayUnit.WorkingDays, limit, 0, 0, limit, null, null, false, Light.Grey, false);
        var end = ended < Today ? ended.Value : Today;
        PlannedItem[] counted = [.. items.Where(i => i.Definition.CountsInTotal)];
        var count = Count.Of(Counted(counted, end), limit, DayUnit.WorkingDays, Calendar);
        var state = ended is not null ? ClockState.Ended : !State.Standstill.IsOpen && Rounds(counted).Any(r => r.Status == RoundStatus.Accepted) ? ClockState.Running : ClockState.Stopped;

        // Were every working day from here on counted; with nothing running there is no such day to tell, unless it has passed.
        // Days are shared here, so a limit is overrun by days counted, not by a date passed.
        var (left, overrun) = (limit - count.Used, count.Used > limit);
        var due = state == ClockState.Running || overrun ? count.Due ?? Calendar.Add(Today, limit) : (DateOnly?)null;
        var light = State.Standstill.IsOpen ? Light.Grey : ended is null ? _lights.Of(left, limit, overrun) : overrun ? Light.Red : Light.Grey;
        return new(state, DayUnit.WorkingDays, limit, 0, count.Used, left, due, null, false, light, due is { } last && Calendar.IsProvisional(started.Value, last));
    }

    private static DateOnly? LastDecision(ProjectState state) =>
        state.Items.Values.SelectMany(i => i.Rounds).Where(r => r.Status is RoundStatus.Approved or RoundStatus.Denied or RoundStatus.Revoked).Max(r => r.EndedOn);

    private IEnumerable<Round> Rounds(IEnumerable<PlannedItem> items) => items.SelectMany(i => State.Item(i.Code).Rounds);
}
