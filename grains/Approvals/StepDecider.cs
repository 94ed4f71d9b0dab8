using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Approvals;

/// <summary>What follows from a step of an item: the step, the acceptance that silence was, and the milestones that it completes.</summary>
internal static class StepDecider
{
    /// <summary>Decides a step by the plan as it stands (domain 5).</summary>
    public static Decision<ProjectFact> Decide(Step step, ProjectState state, FlowPlan? plan, ProjectContext context)
    {
        if (state.Registration is not { } registration || plan is null) return Refusal.Of("project-not-found");
        if (plan.Find(step.Item) is not { } item) return Refusal.Of("item-not-found", ("item", step.Item));

        var department = registration.DepartmentOf(item, context.Departments);
        var kind = context.Departments.Find(department)!.Kind;
        if (StepAuthority.Check(step, context.Act, department, kind, state.Details!.OwnerCreditCode) is { } notAllowed) return notAllowed;
        if (StepForm.Check(step, context.Act) is { } impossible) return impossible;
        if (context.CheckPaper() is { } paper) return paper;

        var recorded = state.Item(step.Item);
        if (context.Act.IfVersion is { } version && version != recorded.Version) return Refusal.Of(Refusals.VersionMismatch, ("version", recorded.Version));

        var terms = TermsOf(item.Definition, department);
        var (before, deemed) = Standing(step, recorded, item, terms, state.Version + 1, context);
        var rules = new StepRules(item, before, code => state.Item(code).ApprovedOn, context.City.Procedures, context.Calendar, context.Day);
        var asked = Completed(step, before, terms, context, kind);
        if (rules.Check(asked, context.Act) is { } refusal) return refusal;

        Entry<ProjectFact>[] steps = deemed is null
            ? [context.Entry(asked, state.Version + 1)]
            : [deemed, context.Entry(asked, state.Version + 2)];
        return Milestones.With(steps, state, plan, context);
    }

    /// <summary>The acceptance that silence is on <paramref name="day"/> (domain 5.2); null while there is time to answer, or if silence is none.</summary>
    public static DeemedAcceptance? Silence(ItemState state, PlannedItem item, Terms terms, DateOnly day, Calendar.WorkingCalendar calendar, out DateOnly occurredOn)
    {
        occurredOn = default;
        if (!item.Definition.DeemedAcceptance || state.Round is not { Status: RoundStatus.Submitted } round) return null;
        occurredOn = ItemClock.AnswerDue(round.ReceivedOn, calendar).AddDays(1);
        return day >= occurredOn ? new(state.Code, round.ReceivedOn, terms) : null;
    }

    public static Terms TermsOf(ItemDefinition item, string department) =>
        new(department, item.LimitDays, item.LimitUnit, item.MaxExtensionDays, item.StatutoryDays, item.StatutoryUnit, item.StatutoryStart);

    // The item as the step finds it: an answer in time goes before the system's acceptance, anything later goes behind it.
    private static (ItemState Before, Entry<ProjectFact>? Deemed) Standing(Step step, ItemState recorded, PlannedItem item, Terms terms, long version, ProjectContext context)
    {
        if (step is SupplementRequest or Acceptance or ApplicationRefusal
            && recorded.BeforeDeemedAcceptance() is { } unanswered
            && context.Day <= ItemClock.AnswerDue(unanswered.Round!.ReceivedOn, context.Calendar))
            return (unanswered, null);

        if (Silence(recorded, item, terms, context.Day, context.Calendar, out var occurredOn) is not { } silence) return (recorded, null);
        var deemed = context.SystemEntry(silence, version, occurredOn);
        return (recorded.With(deemed), deemed);
    }

    // The step with what the command leaves to the service.
    private static Step Completed(Step step, ItemState before, Terms terms, ProjectContext context, OrganKind kind) => step switch
    {
        Acceptance s => s with { Terms = terms },
        SupplementRequest { DueOn: null } s => s with { DueOn = context.Day.AddDays(SupplementRequest.DefaultDays) },
        Resumption { Procedure: null } s when before.Round?.RunningPauses.Take(2).ToArray() is [var only] => s with { Procedure = only.Procedure },
        ItemDecision { Outcome: DecisionOutcome.Approved } s => s with
        {
            AwaitsConfirmation = StepAuthority.IsRecordedByApplicant(kind) && context.Act.Actor.Role != People.Role.Office,
        },
        _ => step,
    };
}
