using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Mandates;
using Agency.Problems;
using Agency.Projects;
using Agency.Projects.Plans;

namespace Agency.Approvals;

/// <summary>What follows from a step of an item: the step, the acceptance that silence was, the problem that a revocation is, and the
/// milestones that it completes.</summary>
internal static class StepDecider
{
    /// <summary>Decides a step by the plan as it stands (domain 5).</summary>
    public static Decision<ProjectFact> Decide(Step step, ProjectState state, ProjectContext context) =>
        Facts(step, state, context, state.Version, out var facts) is { } refusal ? refusal : Milestones.With([.. facts, .. ProblemDecider.BasisChanged(facts, state, context)], state, context);

    /// <summary>The facts of a step alone, the first of them of the version after <paramref name="version"/>.</summary>
    /// <returns>Why the step is refused; null if it may be taken.</returns>
    public static Refusal? Facts(Step step, ProjectState state, ProjectContext context, long version, out Entry<ProjectFact>[] facts)
    {
        facts = [];
        if (state.Registration is not { } registration) return Refusal.Of("project-not-found");
        var plan = context.Plans.Of(state.Plan!);
        if (plan.Find(step.Item) is not { } item) return Refusal.Of("item-not-found", ("item", step.Item));

        var department = registration.DepartmentOf(item, context.Departments);
        if (StepAuthority.Check(step, context.Act, context.Departments.Find(department)!) is { } notAllowed) return notAllowed;
        if (ClerkAuthority.Check(item, state, context) is { } unmandated) return unmandated;
        if (StepForm.Check(step, context.Act) is { } impossible) return impossible;
        if (context.CheckPaper() is { } paper) return paper;

        var recorded = state.Item(step.Item);
        if (context.CheckVersion(recorded.Version) is { } stale) return stale;

        var (before, deemed) = Standing(step, recorded, item, department, state, context, version + 1);
        var place = version + (deemed is null ? 1 : 2);
        var asked = Completed(step, before, context.Departments.Find(department)!.Kind, TermsOf(item.Definition, department, state.Plan!, context.Day), context);
        var rules = new StepRules(item, before, state, plan, context.City.Procedures, context.Calendar, context.Day, place);
        if (rules.Check(asked, context.Act.Gives) is { } refusal) return refusal;

        facts = deemed is null ? [context.Entry(asked, place)] : [deemed, context.Entry(asked, place)];
        return null;
    }

    /// <summary>The acceptance that silence is on <paramref name="day"/> (domain 5.2), and the day on which it became so; null while there is time to answer, or if silence is none.</summary>
    public static (DeemedAcceptance Fact, DateOnly OccurredOn)? Silence(ItemState item, PlannedItem planned, string department, PlanInputs plan, Standstill standstill, WorkingCalendar calendar, DateOnly day)
    {
        if (!planned.Definition.DeemedAcceptance || item.Round is not { Status: RoundStatus.Submitted } round) return null;
        return ItemClock.AnswerDue(round.ReceivedOn, standstill, calendar) is { } due && day > due
            ? (new(item.Code, round.ReceivedOn, TermsOf(planned.Definition, department, plan, round.ReceivedOn)), due.AddDays(1))
            : null;
    }

    /// <summary>The same, once it may be recorded: no earlier than five working days after the receipt was (domain 5.2).</summary>
    /// <param name="today">The day of the record.</param>
    public static (DeemedAcceptance Fact, DateOnly OccurredOn)? RecordableSilence(ItemState item, PlannedItem planned, string department, PlanInputs plan, Standstill standstill, WorkingCalendar calendar, DateOnly day, DateOnly today) =>
        Silence(item, planned, department, plan, standstill, calendar, day) is { } silence
        && today >= ItemClock.SilenceOn(silence.OccurredOn.AddDays(-1), ShanghaiTime.DayOf(item.Round!.ReceiptRecordedAt), calendar) ? silence : null;

    /// <summary>What a round's clock counts by, for an acceptance on <paramref name="day"/>.</summary>
    public static Terms TermsOf(ItemDefinition item, string department, PlanInputs plan, DateOnly day) =>
        new(department, plan.LimitOn(item, day), item.LimitUnit, item.MaxExtensionDays, item.StatutoryDays, item.StatutoryUnit, item.StatutoryStart);

    // The item as the step finds it: an answer in time goes before the system's acceptance, anything later goes behind it.
    private static (ItemState Before, Entry<ProjectFact>? Deemed) Standing(Step step, ItemState recorded, PlannedItem item, string department, ProjectState state, ProjectContext context, long version)
    {
        if (step is SupplementRequest or Acceptance or ApplicationRefusal
            && recorded.BeforeDeemedAcceptance() is { } unanswered
            && context.Day <= ItemClock.AnswerDue(unanswered.Round!.ReceivedOn, state.Standstill, context.Calendar))
            return (unanswered, null);

        if (Silence(recorded, item, department, state.Plan!, state.Standstill, context.Calendar, context.Day) is not { } silence) return (recorded, null);
        var deemed = context.SystemEntry(silence.Fact, version, silence.OccurredOn);
        return (recorded.With(deemed), deemed);
    }

    // The step with what the command leaves to the service.
    private static Step Completed(Step step, ItemState before, OrganKind kind, Terms terms, ProjectContext context) => step switch
    {
        Acceptance s => s with { Terms = terms },
        SupplementRequest { DueOn: null } s => s with { DueOn = context.Day.AddDays(SupplementRequest.DefaultDays) },
        Resumption { Procedure: null } s when before.Round?.RunningProcedures.Take(2).ToArray() is [var only] => s with { Procedure = only.Procedure },
        ItemDecision { Outcome: DecisionOutcome.Approved } s => s with
        {
            AwaitsConfirmation = StepAuthority.IsRecordedByApplicant(kind) && context.Act.Actor.Role != People.Role.Office,
        },
        _ => step,
    };
}
