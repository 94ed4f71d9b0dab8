using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Services;

namespace Agency.Coordination;

/// <summary>What follows from a request for coaching, and from the report that a coordination was held or something done after it.</summary>
internal static class CoordinationDecider
{
    /// <summary>Decides a <see cref="CoordinationFact"/>, or a <see cref="FollowUpCompleted"/> of one.</summary>
    public static Decision<ProjectFact> Decide(ServiceFact command, ProjectState state, ProjectContext context) => command switch
    {
        CoordinationRequested request => Request(request, state, context),
        CoordinationHeld held => Hold(held, state, context),
        FollowUpCompleted followUp => Complete(followUp, state, context),
        _ => throw new NotSupportedException($"{command.GetType().Name} is of no coordination."),
    };

    private static Decision<ProjectFact> Complete(FollowUpCompleted command, ProjectState state, ProjectContext context)
    {
        var coordination = state.Service.Coordination.Find(command.Of);
        return FollowUpDecider.Complete(command, coordination?.FollowUps, coordination?.Version ?? 0, coordination?.LastDay ?? DateOnly.MinValue, state, context);
    }

    private static Decision<ProjectFact> Request(CoordinationRequested request, ProjectState state, ProjectContext context)
    {
        if (ServiceAuthority.Check(state, context, Role.Owner) is { } notAllowed) return notAllowed;
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        if (request.Kind != CoordinationKind.Coaching) return Refusal.Of("coordination-not-owners", ("kind", request.Kind));
        var coordination = state.Service.Coordination;
        Fault[] faults = [.. ServiceAuthority.DueDay("/day", request.Day, context.Day, context.Day.AddYears(FollowUp.MostYears)), .. Departments(request.Departments, context)];
        return ServiceAuthority.CheckEntry(coordination.Version, DateOnly.MinValue, context, faults) is { } refusal
            ? refusal
            : context.Entry(request with { Coordination = coordination.NextId }, state.Version + 1);
    }

    private static Decision<ProjectFact> Hold(CoordinationHeld held, ProjectState state, ProjectContext context)
    {
        if (ServiceAuthority.Check(state, context, Role.Office, Role.Manager) is { } notAllowed) return notAllowed;
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        var coordination = state.Service.Coordination;
        var request = held.Coordination.Length == 0 ? null : coordination.Find(held.Coordination);
        if (held.Coordination.Length > 0 && request is null) return Refusal.Of("coordination-not-found", ("id", held.Coordination));
        if (request?.HeldOn is { } already) return Refusal.Of("coordination-held", ("id", held.Coordination), ("day", already));
        if (request is not null && request.Kind != held.Kind) return Refusal.Of("coordination-of-other-kind", ("id", held.Coordination), ("kind", request.Kind));

        var day = held.Day ?? context.Day;
        if (context.CheckDay(day) is { } impossible) return impossible;
        if (day > context.Day) return Refusal.Of("future-day", ("day", day), ("today", context.Day));
        Fault[] faults = [.. Departments(held.Departments, context), .. FollowUp.Check(held.FollowUps, day, context)];
        return ServiceAuthority.CheckEntry(request?.Version ?? coordination.Version, request?.LastDay ?? DateOnly.MinValue, context, faults) is { } refusal
            ? refusal
            : context.Entry(held with { Coordination = request?.Id ?? coordination.NextId, Day = day, Place = null }, state.Version + 1);
    }

    private static IEnumerable<Fault> Departments(ImmutableArray<string> codes, ProjectContext context) => codes.Index().SelectMany(c =>
        codes.IndexOf(c.Item) < c.Index ? [Fault.Of($"/departments/{c.Index}", "named-twice", ("name", c.Item))]
        : context.Departments.Find(c.Item) is null ? (Fault[])[Fault.Of($"/departments/{c.Index}", "unknown-department", ("code", c.Item))] : []);
}
