using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Services;

namespace Agency.Ratings;

/// <summary>What follows from a rating and from what is done about a bad one; also after a termination, which ends a service that can be rated.</summary>
internal static class RatingDecider
{
    public static Decision<ProjectFact> Decide(RatingFact command, ProjectState state, ProjectContext context) => command switch
    {
        ServiceRated rated => Rate(rated, state, context),
        RatingCaseStep step => Take(step, state, context),
        _ => throw new NotSupportedException($"{command.GetType().Name} is no command."),
    };

    private static Decision<ProjectFact> Rate(ServiceRated rated, ProjectState state, ProjectContext context)
    {
        if (ServiceAuthority.Check(state, context, Role.Owner, Role.Office) is { } notAllowed) return notAllowed;
        var ratings = state.Service.Ratings;
        Fault[] faults = (rated.Subject, rated.Item) switch
        {
            (RatingSubject.Agency, { }) => [Fault.Of("/item", "rating-item")],
            (RatingSubject.Approval, null) => [Fault.Of("/item", "rating-item")],
            (RatingSubject.Approval, { } item) when context.Plans.Of(state.Plan!).Find(item) is null => [Fault.Of("/item", "unknown-item", ("code", item))],
            _ => [],
        };
        if (ServiceAuthority.CheckEntry(ratings.Version, DateOnly.MinValue, context, faults) is { } refusal) return refusal;
        if (Finished(rated, state, context.Day) is not { } finished) return Refusal.Of("service-not-finished", ("subject", rated.Subject));
        if (ratings.All.FirstOrDefault(r => IsSame(r.Given, finished)) is { } earlier) return Refusal.Of("rated-already", ("rating", earlier.Id), ("day", earlier.RatedOn));
        return context.Entry(finished with { Rating = ratings.NextId }, state.Version + 1);
    }

    private static bool IsSame(ServiceRated one, ServiceRated other) => (one.Subject, one.Item, one.Mandate) == (other.Subject, other.Item, other.Mandate);

    // What is rated, with whose it was, if it was finished by a day: the agency service with a mandate, or with the project; null if not.
    private static ServiceRated? Finished(ServiceRated rated, ProjectState state, DateOnly day)
    {
        if (rated.Subject == RatingSubject.Agency)
        {
            var mandate = state.Service.Mandates.LastOrDefault(m => m.AgreedOn is not null && m.EndedOn <= day);
            return mandate is not null || (state.TerminatedOn ?? state.CompletedOn) <= day ? rated with { Mandate = mandate?.Number } : null;
        }

        return state.Item(rated.Item!).Rounds.LastOrDefault(r => r.Status is RoundStatus.Approved or RoundStatus.Denied or RoundStatus.Revoked && r.EndedOn <= day) is { } round
            ? rated with { Department = round.Terms?.Department }
            : null;
    }

    private static Decision<ProjectFact> Take(RatingCaseStep step, ProjectState state, ProjectContext context)
    {
        Role[] roles = step.Step == CaseStep.Appeal ? [Role.Department, Role.Manager, Role.Clerk, Role.Office] : [Role.Office];
        if (ServiceAuthority.CheckRole(state, context, roles) is { } notAllowed) return notAllowed;
        if (state.Service.Ratings.Find(step.Rating) is not { } rating || (step.Step == CaseStep.Appeal && !IsRated(rating, state, context.Act))) return Refusal.Of("rating-not-found", ("rating", step.Rating));
        if (ServiceAuthority.CheckEntry(rating.Version, rating.LastDay, context) is { } refusal) return refusal;
        if (!rating.HasCase) return Refusal.Of("no-rating-case", ("rating", rating.Id));
        if (rating.Taken(CaseStep.Closure) is { } closure) return Refusal.Of("rating-case-closed", ("rating", rating.Id), ("day", closure.Day));
        if (rating.Taken(step.Step) is { } taken) return Refusal.Of("case-step-taken", ("rating", rating.Id), ("step", step.Step), ("day", taken.Day));
        return step.Step == CaseStep.Closure && (rating.Taken(CaseStep.CallBack) is null || rating.Taken(CaseStep.Reply) is null)
            ? Refusal.Of("rating-case-unanswered", ("rating", rating.Id))
            : context.Entry(step, state.Version + 1);
    }

    // The department objects to what is said of an item, who was manager or clerk to what is said of the agency service; the office enters it for them.
    private static bool IsRated(RatingState rating, ProjectState state, Act act) => act.Actor.Role switch
    {
        Role.Office => act.OnBehalfOf is null || act.OnBehalfOf == rating.Given.Department,
        Role.Department => rating.Given.Department is { } department && act.Actor.Department == department,
        _ => rating.Given.Subject == RatingSubject.Agency && state.Service.Terms.Any(t => t.Agent == act.Actor.Id),
    };
}
