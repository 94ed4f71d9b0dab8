using System.Collections.Immutable;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;

namespace Agency.Mandates;

/// <summary>What follows from a command on a project's mandate (domain 9).</summary>
internal static class MandateDecider
{
    /// <summary>Decides what is asked for; a clerk who is appointed again is so already.</summary>
    /// <param name="agent">The clerk who is to be appointed, as it stands; null if the person is no agent, and for all else.</param>
    public static Decision<ProjectFact> Decide(MandateFact command, AgentView? agent, ProjectState state, ProjectContext context)
    {
        if (!MayGive(command, context.Act.Actor.Role)) return Refusal.Of("role-not-allowed");
        if (state.Registration is null) return Refusal.Of("project-not-found");
        if (context.CheckPaper() is { } paper) return paper;
        if (context.Act.OnBehalfOf is not null) return Refusal.Of("on-behalf-of-unneeded");
        if (MandateForm.Check(command, state, context) is { Length: > 0 } faults) return Refusal.Of("invalid-mandate", faults);
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");

        var last = state.Service.Mandates.LastOrDefault();
        if (context.CheckVersion(last?.Version ?? 0) is { } stale) return stale;
        if (command is ClerkAppointed { Agent: var named } && last is { IsAgreed: true } && last.ActingClerks.Any(c => c.Agent == named)) return ImmutableArray<Entry<ProjectFact>>.Empty;
        if (Check(command, last, state, context.Act) is { } refusal) return refusal;
        if (context.Day < last?.LastDay) return Refusal.Of("before-last-mandate", ("day", context.Day), ("last", last.LastDay));
        if (command is ClerkAppointed clerk && CheckClerk(clerk.Agent, agent) is { } unfit) return unfit;
        return context.Entry(command is MandateRequested request ? request with { Number = state.Service.Mandates.Length + 1, From = request.From ?? context.Day } : command, state.Version + 1);
    }

    private static bool MayGive(MandateFact command, Role role) => command is MandateRequested or MandateRevoked ? role is Role.Owner or Role.Office : role == Role.Office;

    // Whether it can follow on how the mandate stands.
    private static Refusal? Check(MandateFact command, Mandate? mandate, ProjectState state, Act act)
    {
        if (command is MandateRequested)
        {
            if (mandate is { IsOpen: true }) return Refusal.Of("mandate-open", ("state", mandate.Status), ("until", mandate.Until));
            return state.CompletedOn is { } day ? Refusal.Of("project-completed", ("day", day)) : null;
        }

        if (mandate is not { IsOpen: true }) return Refusal.Of("no-mandate");
        return command switch
        {
            MandateAccepted or MandateRefused when mandate.Status != MandateStatus.Requested => NotPossible(mandate),
            MandateAgreed when mandate.Status != MandateStatus.Accepted => NotPossible(mandate),
            ClerkAppointed or ClerkRemoved or MandateCompleted when !mandate.IsAgreed => NotPossible(mandate),
            MandateTerminated when mandate.Status == MandateStatus.Requested => NotPossible(mandate),
            ClerkRemoved { Agent: var agent } when !mandate.ActingClerks.Any(c => c.Agent == agent) => Refusal.Of("clerk-not-found", ("agent", agent)),
            MandateAccepted when state.Details!.KeyLevel == KeyLevel.Other && !act.Gives(Act.Reason) => Refusal.Of("discretion-reason-missing"),
            MandateRefused or MandateTerminated when !act.Gives(Act.Reason) => Refusal.Of("reason-required"),
            _ => null,
        };
    }

    private static Refusal NotPossible(Mandate mandate) => Refusal.Of("mandate-step-not-possible", ("state", mandate.Status));

    private static Refusal? CheckClerk(string agent, AgentView? view) => view switch
    {
        null => Refusal.Of("agent-not-found", ("agent", agent)),
        { Status: not AgentStatus.Active } => Refusal.Of("agent-not-active", ("agent", agent)),
        _ when !view.Details.Functions.Contains(Function.Clerk) => Refusal.Of("agent-function", ("agent", agent), ("function", Function.Clerk)),
        _ => null,
    };
}
