using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Projects.Plans;

/// <summary>What follows from a change of a project's plan (domain 4.2, 4.4); the office's, each with a reason.</summary>
internal static class PlanDecider
{
    /// <summary>The most works that a project can have.</summary>
    public const int MostWorks = 50;

    public static Decision<ProjectFact> Decide(PlanChange change, ProjectState state, ProjectContext context)
    {
        if (context.Act.Actor.Role != Role.Office) return Refusal.Of("role-not-allowed");
        if (state.Plan is not { } inputs) return Refusal.Of("project-not-found");
        if (context.CheckPaper() is { } paper) return paper;
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        if (context.CheckVersion(state.Version) is { } stale) return stale;
        if (!context.Act.Gives(Act.Reason)) return Refusal.Of("reason-required");
        Fault[] faults = [.. StepForm.Name("/name", (change as WorkDivided)?.Name), .. StepForm.Texts(context.Act)];
        if (faults.Length > 0) return Refusal.Of("invalid-step", faults);

        var asked = Completed(change, inputs, state, context);
        if (Check(asked, inputs, context.Plans.Of(inputs), state) is { } refusal) return refusal;
        if (ItemOf(asked) is { } code && context.Day < state.Item(code).LastDay)
            return Refusal.Of("before-last-step", ("item", code), ("day", context.Day), ("last", state.Item(code).LastDay));
        if (context.Plans.TryResolve(inputs.With(asked, context.Day), out _) is { } impossible) return impossible;
        return Milestones.With([context.Entry(asked, state.Version + 1)], state, context);
    }

    private static string? ItemOf(PlanChange change) => change switch
    {
        ItemStruck c => c.Item,
        ItemRestored c => c.Item,
        ItemAdded c => c.Item,
        LimitLowered c => c.Item,
        _ => null,
    };

    /// <summary>Why a plan that stands as it was recorded does not take the change; null if it does.</summary>
    public static Refusal? Check(PlanChange change, PlanInputs inputs, FlowPlan plan, ProjectState state)
    {
        if (change is not ItemAdded && ItemOf(change) is { } code && plan.Find(code) is null) return Refusal.Of("item-not-found", ("item", code));
        return change switch
        {
            ItemStruck c when inputs.Struck.Contains(c.Item) => Refusal.Of("item-struck", ("item", c.Item)),
            ItemStruck c when state.Item(c.Item).Round is { Status: not (RoundStatus.Denied or RoundStatus.Refused or RoundStatus.Withdrawn) } => Refusal.Of("item-not-strikable", ("item", c.Item)),
            ItemRestored c when !inputs.Struck.Contains(c.Item) => Refusal.Of("item-not-struck", ("item", c.Item)),
            ItemAdded { Addition: null } c => Refusal.Of("unknown-item", ("code", c.Item)),
            ItemAdded c when plan.Find(c.Item) is not null => Refusal.Of("item-already-in-plan", ("item", c.Item)),
            LimitLowered c when c.LimitDays < 0 || c.LimitDays >= inputs.LimitOn(plan.Find(c.Item)!.Definition, DateOnly.MaxValue) =>
                Refusal.Of("limit-not-lower", ("item", c.Item), ("limit", inputs.LimitOn(plan.Find(c.Item)!.Definition, DateOnly.MaxValue))),
            WorkMerged c when c.Work == PlanInputs.FirstWork || !inputs.Works.Contains(c.Work) => Refusal.Of("unknown-work", ("work", c.Work)),
            WorkMerged c when state.Items.Values.Any(i => WorkExpansion.WorkOf(i.Code) == c.Work) => Refusal.Of("work-has-submissions", ("work", c.Work)),
            WorkDivided when inputs.Works.Length >= MostWorks => Refusal.Of("too-many-works", ("max", MostWorks)),
            _ => null,
        };
    }

    // The change with what the command leaves to the service.
    private static PlanChange Completed(PlanChange change, PlanInputs inputs, ProjectState state, ProjectContext context) => change switch
    {
        ItemAdded c => c with { Addition = context.City.Addition(c.Item) },

        // A number is never used again, though its division be voided.
        WorkDivided c => c with { Work = state.Entries.Select(e => e.Fact).OfType<WorkDivided>().Select(w => w.Work).DefaultIfEmpty(PlanInputs.FirstWork).Max() + 1 },
        FlowMoved c => Moved(c, inputs, state, context),
        _ => change,
    };

    // Added items, and those with rounds, that the new flow lacks; the latter with the catalogue's edges, as the old flow knew them.
    private static FlowMoved Moved(FlowMoved move, PlanInputs inputs, ProjectState state, ProjectContext context)
    {
        var (before, after) = (context.Plans.Flow(inputs), context.Plans.Flow(inputs.With(move, context.Day)));
        var own = after.Items.Select(i => i.Definition.Code).ToHashSet(StringComparer.Ordinal);
        var used = state.Items.Keys.Select(WorkExpansion.BaseOf).ToHashSet(StringComparer.Ordinal);
        var kept = before.Items.Where(i => used.Contains(i.Definition.Code)).Select(i =>
            new AddedItem(new(i.Definition, null, []), [.. before.CatalogueEdges.Where(e => e.Before == i.Definition.Code || e.After == i.Definition.Code)]));
        var asked = after.Conditions.Select(c => c.Code).Concat(after.Items.Select(i => i.Condition)).ToHashSet(StringComparer.Ordinal);
        return move with
        {
            Carried = [.. inputs.Added.Concat(kept).Where(a => !own.Contains(a.Item.Definition.Code))],
            Answers = inputs.Answers.Where(a => asked.Contains(a.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }
}
