using Agency.Catalogue;
using Agency.Clocks;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Forecasts;

/// <summary>The construction of a work: from S3's milestone in it until its S4 items can begin (domain 8).</summary>
/// <param name="Activity">How long it takes, and from when.</param>
/// <param name="After">The open items, by their index in the plan, that it begins with; empty once the milestone is reached.</param>
internal sealed record Construction(int Work, Activity Activity, IReadOnlyList<int> After)
{
    /// <summary>Whether an item waits for the construction of its work, unless it is before it.</summary>
    public static bool Holds(PlannedItem item, ProjectState state) => item.Definition.Stage == FlowStage.Completion && !state.Items.ContainsKey(item.Code);

    /// <summary>The constructions that are not finished, in the order of their works.</summary>
    public static IEnumerable<Construction> Of(FlowPlan plan, ProjectClocks clocks, Timeline timeline)
    {
        if ((clocks.State.Details!.PlannedConstructionDays ?? plan.Source.Flow.PlannedConstructionDays) is not { } days) yield break;
        foreach (var work in clocks.State.Plan!.Works)
        {
            if (!clocks.State.FinishedWorks.ContainsKey(work) && Of(work, days, plan, clocks, timeline) is { } construction) yield return construction;
        }
    }

    private static Construction? Of(int work, int days, FlowPlan plan, ProjectClocks clocks, Timeline timeline)
    {
        var activity = new Activity(WorkExpansion.Instance("construction", work), 0, 0, days, DayUnit.NaturalDays);
        if (clocks.PermittedOn(work) is { } day) return new(work, activity with { Days = Math.Max(0, timeline.AfterNatural(day, days)), Unit = DayUnit.WorkingDays }, []);

        // What is undetermined holds the milestone open, but is not among what is expected.
        if (Milestones.Permit(plan, work, i => i.Applicability == Applicability.Applies) is not { } permit) return null;
        int[] open = [.. permit.Items.Where(i => clocks.State.Item(i.Code).ApprovedOn is null).Select(i => i.Index)];
        if (permit.Any && open.Length < permit.Items.Count) open = [];
        return new(work, activity with { Any = permit.Any && open.Length > 0 }, open);
    }
}
