using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>Which stages are reached and complete, and since when (domain 6.7, 6.8).</summary>
internal static class Milestones
{
    /// <summary>The code of what runs beside the stages 并行推进事项.</summary>
    public const string Parallel = "SP";

    /// <summary>Facts together with what the system records because of them in the same commit: stages reached, the project complete.</summary>
    public static Decision<ProjectFact> With(Entry<ProjectFact>[] facts, ProjectState state, FlowPlan plan, ProjectContext context)
    {
        var entries = facts.ToList();
        var after = state.With(facts);
        foreach (var stage in plan.Source.Flow.Stages)
        {
            if (!after.Reached.ContainsKey(stage.Code) && Reached(stage, plan, after) is { } day)
                entries.Add(context.SystemEntry(new StageReached(stage.Code), state.Version + entries.Count + 1, day));
        }

        if (after.CompletedOn is null && Complete(plan.Items, after) is { } completed)
            entries.Add(context.SystemEntry(new ProjectCompleted(), state.Version + entries.Count + 1, completed));
        return entries.ToImmutableArray();
    }

    /// <summary>The first day at whose end the stage was reached, as its items stand; null while it is not.</summary>
    public static DateOnly? Reached(FlowStage stage, FlowPlan plan, ProjectState state)
    {
        var items = InStage(plan, stage.Code);
        var milestones = items.Where(i => i.Definition.Milestone && i.Applicability != Applicability.NotApplicable).ToArray();
        if (stage.MilestoneRule == MilestoneRule.None || milestones.Length == 0) return Complete(items, state);
        if (stage.MilestoneRule == MilestoneRule.All) return Complete(milestones, state);
        return milestones.Any(i => i.Applicability == Applicability.Undetermined) ? null : milestones.Min(i => state.Item(i.Code).ApprovedOn);
    }

    /// <summary>The first day at whose end every applicable one of the items was approved; null while one is not, while one is
    /// undetermined, or if none applies.</summary>
    public static DateOnly? Complete(IEnumerable<PlannedItem> items, ProjectState state)
    {
        DateOnly? last = null;
        foreach (var item in items)
        {
            if (item.Applicability == Applicability.NotApplicable) continue;
            if (item.Applicability == Applicability.Undetermined || state.Item(item.Code).ApprovedOn is not { } day) return null;
            if (last is null || day > last) last = day;
        }

        return last;
    }

    /// <summary>The current stage: the first not reached, of those that have an applicable item; null when all are.</summary>
    public static FlowStage? Current(FlowPlan plan, ProjectState state) => plan.Source.Flow.Stages.FirstOrDefault(s =>
        !state.Reached.ContainsKey(s.Code) && InStage(plan, s.Code).Any(i => i.Applicability != Applicability.NotApplicable));

    public static IEnumerable<PlannedItem> InStage(FlowPlan plan, string stage) => plan.Items.Where(i => i.Definition.Stage == stage);
}
