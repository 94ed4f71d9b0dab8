using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Agents;

/// <summary>What follows from a command to an agent.</summary>
internal static class AgentDecider
{
    /// <summary>Makes the person an agent; every member is checked, and all that is wrong is named at once.</summary>
    public static Decision<AgentFact> Register(string id, AgentDetails details, AgentState state, AgentContext context)
    {
        if (CheckActor(context.Act.Actor) is { } notAllowed) return notAllowed;
        if (state.Details is not null) return Refusal.Of("agent-exists", ("agent", id));
        Fault[] faults = [.. PersonId.IsOne(id) ? [] : (Fault[])[Fault.Of("/id", "bad-person-id")], .. AgentRules.Check(id, details, null, context)];
        return faults.Length > 0 ? Refusal.Of("invalid-agent", faults) : context.Entry(new AgentFact.Registered(details), 1);
    }

    /// <summary>Changes the agent; the same again is already so.</summary>
    public static Decision<AgentFact> Change(string id, AgentPatch patch, AgentState state, AgentContext context)
    {
        if (CheckActor(context.Act.Actor) is { } notAllowed) return notAllowed;
        if (state.Details is not { } standing) return NotFound(id);
        if (context.Act.IfVersion is { } expected && expected != state.Version) return Refusal.Of(Refusals.VersionMismatch, ("version", state.Version));
        var details = patch.On(standing);
        var faults = AgentRules.Check(id, details, standing, context).ToArray();
        if (faults.Length > 0) return Refusal.Of("invalid-agent", faults);

        var facts = new List<AgentFact>();
        if (!AgentRules.Same(details, standing)) facts.Add(new AgentFact.Changed(details));
        if (patch.Active is { IsSet: true, Value: true } && state.Status != AgentStatus.Active) facts.Add(new AgentFact.Reactivated());
        if (patch.Active is { IsSet: true, Value: false } && state.Status == AgentStatus.Active)
        {
            facts.Add(new AgentFact.Closed());
            if (state.Places.IsEmpty) facts.Add(new AgentFact.Deactivated());
        }

        return facts.Select((fact, i) => context.Entry(fact, state.Version + 1 + i)).ToImmutableArray();
    }

    /// <summary>Keeps a place; the same again is already so.</summary>
    public static Decision<AgentFact> Reserve(string id, Assignment assignment, AgentState state, AgentContext context)
    {
        if (state.Details is not { } details) return NotFound(id);
        if (state.Place(assignment) is not null) return Nothing;
        if (state.Status != AgentStatus.Active) return Refusal.Of("agent-not-active", ("agent", id));
        return details.Functions.Contains(assignment.Function)
            ? context.Entry(new AgentFact.Reserved(assignment), state.Version + 1)
            : Refusal.Of("agent-function", ("agent", id), ("function", assignment.Function));
    }

    /// <summary>The project has it on record. One that is not known here was released too early, or this comes late: a place is kept, even by
    /// an agent that is closed, until the project has been asked.</summary>
    public static Decision<AgentFact> Confirm(Assignment assignment, AgentState state, AgentContext context)
    {
        if (state.Details is null || state.Place(assignment) is { Confirmed: true }) return Nothing;
        return context.Entry(state.Place(assignment) is null ? new AgentFact.Reserved(assignment) : new AgentFact.Confirmed(assignment), state.Version + 1);
    }

    /// <summary>The project has it no longer, or never had; the last one ends a deactivation.</summary>
    public static Decision<AgentFact> Release(Assignment assignment, AgentState state, AgentContext context)
    {
        if (state.Place(assignment) is null) return Nothing;
        var released = context.Entry(new AgentFact.Released(assignment), state.Version + 1);
        return state is { Status: AgentStatus.Closing, Places.Length: 1 }
            ? ImmutableArray.Create(released, context.Entry(new AgentFact.Deactivated(), state.Version + 2))
            : released;
    }

    /// <summary>What the project has said of a place that it had not confirmed.</summary>
    public static Decision<AgentFact> Settle(Assignment assignment, bool holds, AgentState state, AgentContext context) =>
        state.Place(assignment) is not { Confirmed: false } ? Nothing
        : holds ? Confirm(assignment, state, context)
        : Release(assignment, state, context);

    private static ImmutableArray<Entry<AgentFact>> Nothing => [];

    private static Refusal? CheckActor(Actor actor) => actor.Role is Role.Office or Role.Administrator ? null : Refusal.Of("role-not-allowed");

    private static Refusal NotFound(string id) => Refusal.Of("agent-not-found", ("agent", id));
}
