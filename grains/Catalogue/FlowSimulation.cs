using System.Collections.Immutable;
using Agency.Clocks;
using Agency.EventSourcing;

namespace Agency.Catalogue;

/// <summary>The worst approval days of each stage and in total over random answer sets, every department exactly on time, no owner's lag.</summary>
/// <remarks>
/// <para>Domain 4.5. Pure: the same flow gives the same figures.</para>
/// <para>An item is submitted and accepted on the day on which its last strict prerequisite is approved, the first ones on a Monday; it
/// is approved on its due date, or with its last tolerant prerequisite where that is later: until then its days count. Nothing waits at
/// the window, and between S3 and S4 no time passes for construction, which is no department's.</para>
/// <para>Weeks are plain, five working days without holidays. A natural-day limit ends as its due date does, on a working day (6.3),
/// and only its working days are in a union (6.7).</para>
/// <para>A flow whose groups leave no answer set possible shows 0 everywhere.</para>
/// </remarks>
/// <param name="Stages">The flow's stages by code, each up to the day on which it is reached.</param>
/// <param name="Total">The whole project, parallel items with <c>countsInTotal</c> included.</param>
public sealed record FlowSimulation(ImmutableSortedDictionary<string, SimulatedDays> Stages, SimulatedDays Total)
{
    /// <summary>How many answer sets are simulated.</summary>
    public const int AnswerSets = 2000;

    /// <summary>Simulates <paramref name="flow"/>; a tenth of a second or two for a flow that ships, seconds for the largest that can be stored.</summary>
    public static FlowSimulation Of(Flow flow)
    {
        var (stages, total) = (new int[flow.Stages.Length], 0);
        foreach (var plan in RandomAnswers.Plans(flow, AnswerSets))
        {
            var course = Course(plan);
            for (var stage = 0; stage < stages.Length; stage++) stages[stage] = Math.Max(stages[stage], StageDays(plan, flow.Stages[stage], course));
            total = Math.Max(total, Days(plan.Items, course, int.MaxValue));
        }

        return new(
            flow.Stages.Index().ToImmutableSortedDictionary(s => s.Item.Code, s => new SimulatedDays(stages[s.Index], s.Item.LimitDays), StringComparer.Ordinal),
            new(total, flow.TotalLimitDays));
    }

    /// <summary>Where the limits do not suffice, by place in the draft of <paramref name="flow"/>: <c>stage-over-limit</c>, <c>total-over-limit</c>.</summary>
    /// <param name="flow">The flow that this is the simulation of.</param>
    public ImmutableArray<Fault> Warnings(Flow flow)
    {
        var warnings = ImmutableArray.CreateBuilder<Fault>();
        foreach (var (index, stage) in flow.Stages.Index())
        {
            if (Stages[stage.Code] is { IsOver: true } days)
                warnings.Add(Fault.Of($"/stages/{index}/limitDays", "stage-over-limit", ("stage", stage.Code), ("worst", days.Worst), ("limit", days.Limit)));
        }

        if (Total.IsOver) warnings.Add(Fault.Of("/totalLimitDays", "total-over-limit", ("worst", Total.Worst), ("limit", Total.Limit)));
        return warnings.ToImmutable();
    }

    // Of each item the day of its acceptance and that of its approval, as numbers of working days; 0 is the Monday of the beginning.
    private static (int From, int To)[] Course(FlowPlan plan)
    {
        var course = new (int From, int To)[plan.Items.Length];
        var graph = new Graph(plan.Items.Length, [.. from item in plan.Items from prerequisite in item.Prerequisites select (prerequisite.Index, item.Index)]);
        foreach (var index in graph.Sort())
        {
            var (ready, waits) = (0, 0);
            foreach (var prerequisite in plan.Items[index].Prerequisites)
            {
                var approved = course[prerequisite.Index].To;
                if (prerequisite.Tolerant) waits = Math.Max(waits, approved);
                else ready = Math.Max(ready, approved);
            }

            course[index] = (ready, Math.Max(waits, Due(ready, plan.Items[index].Definition)));
        }

        return course;
    }

    private static int Due(int accepted, ItemDefinition item)
    {
        if (item.LimitUnit == DayUnit.WorkingDays) return accepted + item.LimitDays;
        var day = (accepted / 5 * 7) + (accepted % 5) + item.LimitDays;
        return (day / 7 * 5) + Math.Min(day % 7, 5);
    }

    // Up to its milestones (domain 6.7); every item is determined.
    private static int StageDays(FlowPlan plan, FlowStage stage, (int From, int To)[] course)
    {
        var items = plan.Items.Where(i => i.Definition.Stage == stage.Code && i.Applicability == Applicability.Applies).ToArray();
        if (items.Length == 0) return 0;
        var milestones = stage.MilestoneRule == MilestoneRule.None ? [] : items.Where(i => i.Definition.Milestone).ToArray();
        var ends = (milestones.Length > 0 ? milestones : items).Select(i => course[i.Index].To);
        return Days(items, course, stage.MilestoneRule == MilestoneRule.Any && milestones.Length > 0 ? ends.Min() : ends.Max());
    }

    private static int Days(IEnumerable<PlannedItem> items, (int From, int To)[] course, int until) =>
        Intervals.Union(from item in items
                        where item.Definition.CountsInTotal && item.Applicability == Applicability.Applies
                        let days = course[item.Index]
                        select (days.From, Math.Min(days.To, until))).Sum(days => days.To - days.From);
}

/// <summary>The most working days that a simulation came to, and the limit beside it.</summary>
public sealed record SimulatedDays(int Worst, int Limit)
{
    internal bool IsOver => Worst > Limit;
}
