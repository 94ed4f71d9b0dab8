using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Projects;

namespace Agency.Clocks;

/// <summary>The clocks that many items share: of stages and of the project (domain 6.7, 6.8). Parallel items share days.</summary>
/// <param name="Plan">The items as planned.</param>
/// <param name="State">What they have been through.</param>
/// <param name="Today">The day at whose end the clocks are read.</param>
internal sealed record ProjectClocks(FlowPlan Plan, ProjectState State, DateOnly Today, WorkingCalendar Calendar, LightRule Lights)
{
    /// <summary>The stage's days: the union over its counted items, up to the day it was reached.</summary>
    public Clock Stage(FlowStage stage)
    {
        DateOnly? reached = State.Reached.TryGetValue(stage.Code, out var day) ? day : null;
        return Union(Milestones.InStage(Plan, stage.Code), stage.LimitDays, reached, StartedOn(stage.Code));
    }

    /// <summary>The approval days 审批用时 of the project against its flow's total limit.</summary>
    public Clock Total() => Union(Plan.Items, Plan.Source.Flow.TotalLimitDays, State.CompletedOn, Rounds(Plan.Items).Min(r => r.AcceptedOn));

    /// <summary>The clock of an item's current round.</summary>
    public Clock Item(PlannedItem item) =>
        ItemClock.Of(State.Item(item.Code).Round, (item.Definition.LimitDays, item.Definition.LimitUnit), Today, Calendar, Lights);

    /// <summary>The project's light: the worst of its running counted items, open stages and total.</summary>
    public Light Worst() => Plan.Items.Where(i => i.Definition.CountsInTotal).Select(Item)
        .Concat(Plan.Source.Flow.Stages.Select(Stage))
        .Append(Total())
        .Where(c => c.State is ClockState.Running or ClockState.Stopped)
        .Select(c => c.Light)
        .DefaultIfEmpty(Light.Grey)
        .Max();

    /// <summary>The day of the first acceptance in the stage, of any item and round.</summary>
    public DateOnly? StartedOn(string stage) => Rounds(Milestones.InStage(Plan, stage)).Min(r => r.AcceptedOn);

    /// <summary>Calendar days 跨度用时 from the first submission to the last decision, or to today.</summary>
    public int? SpanDays()
    {
        var rounds = Rounds(Plan.Items).ToArray();
        if (rounds.Length == 0) return null;
        var end = State.CompletedOn is null ? Today : rounds.Max(r => r.EndedOn) ?? Today;
        return end.DayNumber - rounds.Min(r => r.SubmittedOn).DayNumber;
    }

    private Clock Union(IEnumerable<PlannedItem> items, int limit, DateOnly? ended, DateOnly? started)
    {
        if (started is null) return new(ClockState.None, DayUnit.WorkingDays, limit, 0, 0, limit, null, null, false, Light.Grey, false);
        var end = ended < Today ? ended.Value : Today;
        var rounds = Rounds(items.Where(i => i.Definition.CountsInTotal)).ToArray();
        var count = Count.Of(Intervals.Union(rounds.SelectMany(r => ItemClock.Counted(r, end))), limit, DayUnit.WorkingDays, Calendar);
        var state = ended is not null ? ClockState.Ended : rounds.Any(r => r.Status == RoundStatus.Accepted) ? ClockState.Running : ClockState.Stopped;

        // Were every working day from here on counted; with nothing running there is no such day to tell, unless it has passed.
        // Days are shared here, so a limit is overrun by days counted, not by a date passed.
        var (left, overrun) = (limit - count.Used, count.Used > limit);
        var due = state == ClockState.Running || overrun ? count.Due ?? Calendar.Add(Today, limit) : (DateOnly?)null;
        var light = ended is null ? Lights.Of(left, limit, overrun) : overrun ? Light.Red : Light.Grey;
        return new(state, DayUnit.WorkingDays, limit, 0, count.Used, left, due, null, false, light, due is { } last && Calendar.IsProvisional(started.Value, last));
    }

    private IEnumerable<Round> Rounds(IEnumerable<PlannedItem> items) => items.SelectMany(i => State.Item(i.Code).Rounds);
}
