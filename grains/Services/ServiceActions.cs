using Agency.Calendar;
using Agency.Mandates;
using Agency.People;
using Agency.Problems;
using Agency.Projects;

namespace Agency.Services;

/// <summary>Who has to do what next for the service to a project.</summary>
internal static class ServiceActions
{
    public static IEnumerable<NextAction> Of(ProjectState state, DateOnly today, ServiceRules rules, WorkingCalendar calendar)
    {
        var (service, view) = (state.Service, ServiceView.Of(state, today, rules, calendar));
        if (service.Manager is null && state.CompletedOn is null) yield return Office(ActionKind.AppointManager, null);
        if (OfMandate(service.Mandate, calendar) is { } next) yield return next;
        if (view.VisitPlan.NextVisitDueOn is { } visit) yield return new(null, service.Manager is null ? Role.Office : Role.Manager, null, ActionKind.Visit, visit);
        foreach (var problem in view.Problems.All.Where(p => p.State == ProblemStatus.Open)) yield return new(problem.Item, SolverOf(problem.Level), null, ActionKind.SolveProblem, problem.DueOn, problem.Id);
        foreach (var (id, followUp) in service.OpenFollowUps)
        {
            yield return new(null, followUp.Department is null ? Role.Manager : Role.Department, followUp.Department, ActionKind.FollowUp, followUp.DueOn, $"{id}/{followUp.Number}");
        }

        foreach (var rating in view.Ratings.All.Where(r => r.Case is { ClosedOn: null })) yield return Office(ActionKind.CloseCase, rating.Case!.DueOn) with { Subject = rating.Id };
    }

    private static NextAction? OfMandate(Mandate? mandate, WorkingCalendar calendar) => mandate switch
    {
        { Status: MandateStatus.Requested } => Office(ActionKind.AnswerMandate, MandateView.DueOn(mandate, calendar)),
        { Status: MandateStatus.Accepted } => Office(ActionKind.SignAgreement, null),
        { Status: MandateStatus.Agreed } => Office(ActionKind.AppointClerk, MandateView.DueOn(mandate, calendar)),
        _ => null,
    };

    private static Role SolverOf(ProblemLevel level) => level switch
    {
        ProblemLevel.Manager => Role.Manager,
        ProblemLevel.CityLeadership => Role.Leadership,

        // The office takes it to the joint review.
        _ => Role.Office,
    };

    private static NextAction Office(ActionKind what, DateOnly? by) => new(null, Role.Office, null, what, by);
}
