using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>Which stages are reached and complete, and since when (domain 6.7, 6.8).</summary>
internal static class Milestones
{
    /// <summary>Facts together with what the system records because of them in the same commit: stages reached, the project complete, or complete no longer.</summary>
    public static Decision<ProjectFact> With(IReadOnlyList<Entry<ProjectFact>> facts, ProjectState state, ProjectContext context)
    {
        var after = state.With(facts);
        if (after.TerminatedOn is not null) return facts.ToImmutableArray();

        // What a change of the plan completes is complete from the day of that change, not from before.
        var earliest = facts.Where(f => f.Fact is PlanChange).Select(f => f.OccurredOn).DefaultIfEmpty(DateOnly.MinValue).Max();
        var plan = context.Plans.Of(after.Plan!);
        var entries = facts.ToList();
        foreach (var stage in plan.Source.Flow.Stages)
        {
            if (!after.Reached.ContainsKey(stage.Code) && Reached(stage, plan, after) is { } day) Record(new StageReached(stage.Code), day);
        }

        var complete = Complete(plan.Items, after);
        if (after.CompletedOn is null && complete is { } completed) Record(new ProjectCompleted(), completed);
        else if (after.CompletedOn is not null && complete is null) Record(new ProjectReopened(facts[0].Version), facts[0].OccurredOn);
        return entries.ToImmutableArray();

        void Record(ProjectFact fact, DateOnly day) =>
            entries.Add(context.SystemEntry(fact, state.Version + entries.Count + 1, day > earliest ? day : earliest));
    }

    /// <summary>The first day at whose end the stage was reached, as its items stand; null while it is not.</summary>
    public static DateOnly? Reached(FlowStage stage, FlowPlan plan, ProjectState state) => Reached(stage, InStage(plan, stage.Code), state);

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

    /// <summary>What reaches S3 in a work, after which it is built; null while nothing can.</summary>
    /// <param name="among">Of which items; null: of all.</param>
    public static MilestoneItems? Permit(FlowPlan plan, int work, Func<PlannedItem, bool>? among = null) =>
        plan.Source.Flow.Stages.FirstOrDefault(s => s.Code == FlowStage.StartPermit) is { } stage ? Of(stage, InWork(plan, stage, work).Where(among ?? (_ => true))) : null;

    /// <summary>What reaches a stage: all of its applicable milestone items, or any of them; without one, all that applies in it. Null
    /// while nothing can: none applies, or one that it hangs on is undetermined.</summary>
    public static MilestoneItems? Of(FlowStage stage, IEnumerable<PlannedItem> items)
    {
        PlannedItem[] standing = [.. items.Where(i => i.Applicability != Applicability.NotApplicable)];
        PlannedItem[] milestones = stage.MilestoneRule == MilestoneRule.None ? [] : [.. standing.Where(i => i.Definition.Milestone)];
        var asked = milestones.Length == 0 ? standing : milestones;
        return asked.Length == 0 || asked.Any(i => i.Applicability == Applicability.Undetermined) ? null : new(asked, milestones.Length > 0 && stage.MilestoneRule == MilestoneRule.Any);
    }

    private static IEnumerable<PlannedItem> InWork(FlowPlan plan, FlowStage stage, int work) => InStage(plan, stage.Code).Where(i => WorkExpansion.WorkOf(i.Code) == work);

    private static DateOnly? Reached(FlowStage stage, IEnumerable<PlannedItem> items, ProjectState state) => Of(stage, items) switch
    {
        null => null,
        { Any: true } milestone => milestone.Items.Min(i => state.Item(i.Code).ApprovedOn),
        { Items: var all } => Complete(all, state),
    };
}

/// <summary>The items whose approval reaches a stage: all of them, or any.</summary>
internal sealed record MilestoneItems(IReadOnlyList<PlannedItem> Items, bool Any);
