using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects.Plans;

namespace Agency.Projects;

/// <summary>Which stages are reached and complete, and since when (domain 6.7, 6.8).</summary>
internal static class Milestones
{
    /// <summary>Facts together with what the system records because of them in the same commit: stages reached, or not reached as was
    /// recorded; the project complete, or complete no longer.</summary>
    public static Decision<ProjectFact> With(IReadOnlyList<Entry<ProjectFact>> facts, ProjectState state, ProjectContext context)
    {
        var after = state.With(facts);
        var days = FirstDays.Of(after, context.Plans);
        var entries = facts.ToList();
        foreach (var stage in days.Timeline.Last.Source.Flow.Stages.Select(s => s.Code))
        {
            DateOnly? recorded = after.Reached.TryGetValue(stage, out var on) ? on : null;
            var reached = days.ReachedOn(stage);
            if (reached == recorded) continue;
            if (recorded is { } was) Record(new StageReached(stage, Voided: true), was);
            if (reached is { } day) Record(new StageReached(stage), day);
        }

        var complete = days.CompleteSince();
        if (complete is { } since && since != after.CompletedOn) Record(new ProjectCompleted(), since);

        // What a correction undoes was never so.
        if (complete is null && after.CompletedOn is { } untrue) Record(new ProjectReopened(facts[0].Version), facts[0].Fact is Correction ? untrue : facts[0].OccurredOn);
        return entries.ToImmutableArray();

        void Record(ProjectFact fact, DateOnly day) => entries.Add(context.SystemEntry(fact, state.Version + entries.Count + 1, day));
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
}

/// <summary>The items whose approval reaches a stage: all of them, or any.</summary>
internal sealed record MilestoneItems(IReadOnlyList<PlannedItem> Items, bool Any);
