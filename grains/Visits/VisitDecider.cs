using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Services;

namespace Agency.Visits;

/// <summary>What follows from the report of a visit, and of what was done after it.</summary>
internal static class VisitDecider
{
    /// <summary>Decides a <see cref="VisitMade"/>, or a <see cref="FollowUpCompleted"/> of one.</summary>
    public static Decision<ProjectFact> Decide(ServiceFact command, ProjectState state, ProjectContext context) => command switch
    {
        VisitMade visit => Record(visit, state, context),
        FollowUpCompleted followUp => Complete(followUp, state, context),
        _ => throw new NotSupportedException($"{command.GetType().Name} is of no visit."),
    };

    private static Decision<ProjectFact> Record(VisitMade command, ProjectState state, ProjectContext context)
    {
        if (ServiceAuthority.Check(state, context, Role.Office, Role.Manager) is { } notAllowed) return notAllowed;
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        var visits = state.Service.Visits;
        var day = command.VisitedOn ?? context.Day;
        if (context.CheckDay(day) is { } impossible) return impossible;
        if (day > context.Day) return Refusal.Of("future-day", ("day", day), ("today", context.Day));
        if (ServiceAuthority.CheckEntry(visits.Version, DateOnly.MinValue, context, [.. FollowUp.Check(command.FollowUps, day, context)]) is { } refusal) return refusal;
        return context.Entry(command with { Visit = visits.NextId, VisitedOn = day, Place = null }, state.Version + 1);
    }

    private static Decision<ProjectFact> Complete(FollowUpCompleted command, ProjectState state, ProjectContext context)
    {
        var visit = state.Service.Visits.Find(command.Of);
        return FollowUpDecider.Complete(command, visit?.FollowUps, visit?.Version ?? 0, visit?.LastDay ?? DateOnly.MinValue, state, context);
    }
}
