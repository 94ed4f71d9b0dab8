using Agency.Catalogue;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Forecasts;

/// <summary>The construction of a work: from S3's milestone in it until its S4 items can begin (domain 8).</summary>
/// <param name="Activity">How long it takes, and from when.</param>
/// <param name="After">The open items, by their index in the plan, that it begins with; empty once the milestone is reached.</param>
internal sealed record Construction(int Work, Activity Activity, IReadOnlyList<int> After)
{
    private const string Permit = "S3";
    private const string Completion = "S4";

    /// <summary>Whether an item waits for the construction of its work, unless it is before it.</summary>
    public static bool Holds(PlannedItem item, ProjectState state) => item.Definition.Stage == Completion && !state.Items.ContainsKey(item.Code);

    /// <summary>The constructions that are not finished, in the order of their works.</summary>
    public static IEnumerable<Construction> Of(FlowPlan plan, ProjectState state, Timeline timeline)
    {
        var days = state.Details!.PlannedConstructionDays ?? plan.Source.Flow.PlannedConstructionDays;
        if (days is null || plan.Source.Flow.Stages.FirstOrDefault(s => s.Code == Permit) is not { } stage) yield break;
        foreach (var work in state.Plan!.Works)
        {
            if (!state.FinishedWorks.ContainsKey(work) && Of(work, days.Value, stage, plan, state, timeline) is { } construction) yield return construction;
        }
    }

    private static Construction? Of(int work, int days, FlowStage stage, FlowPlan plan, ProjectState state, Timeline timeline)
    {
        var items = plan.Items.Where(i => i.Definition.Stage == Permit && i.Applicability == Applicability.Applies && WorkExpansion.WorkOf(i.Code) == work).ToList();
        var milestones = stage.MilestoneRule == MilestoneRule.None ? [] : items.Where(i => i.Definition.Milestone).ToList();
        var any = stage.MilestoneRule == MilestoneRule.Any && milestones.Count > 0;
        if (milestones.Count > 0) items = milestones;
        if (items.Count == 0) return null;

        var code = WorkExpansion.Instance("construction", work);
        var activity = new Activity(code, 0, 0, days, DayUnit.NaturalDays, Any: any);
        if (PermittedOn(items, any, state) is not { } day)
            return new(work, activity, [.. items.Where(i => state.Item(i.Code).ApprovedOn is null).Select(i => i.Index)]);
        return new(work, activity with { Days = Math.Max(0, timeline.AfterNatural(day, days)), Unit = DayUnit.WorkingDays, Any = false }, []);
    }

    // A stage that was reached stays reached (domain 6.7); which of several works it was reached in, its fact does not say.
    private static DateOnly? PermittedOn(List<PlannedItem> items, bool any, ProjectState state)
    {
        if (state.Plan!.Works.Length == 1 && state.Reached.TryGetValue(Permit, out var reached)) return reached;
        var days = items.Select(i => state.Item(i.Code).ApprovedOn);
        if (any) return days.Min();
        return days.Contains(null) ? null : days.Max();
    }
}
