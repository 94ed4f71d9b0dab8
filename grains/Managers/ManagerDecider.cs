using System.Collections.Immutable;
using Agency.Agents;
using Agency.Approvals;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;

namespace Agency.Managers;

/// <summary>Who manages a project (domain 9): exactly one of its lead department, of middle rank at least, and a hand-over leaves no gap.</summary>
internal static class ManagerDecider
{
    /// <summary>Gives the project a manager; the same again is already so.</summary>
    /// <param name="agent">The person's id.</param>
    /// <param name="view">The agent as it stands; null if the person is none.</param>
    public static Decision<ProjectFact> Appoint(string agent, AgentView? view, ProjectState state, ProjectContext context)
    {
        if (Check(state, context) is { } refusal) return refusal;
        var service = state.Service;
        if (service.Manager?.Agent == agent) return ImmutableArray<Entry<ProjectFact>>.Empty;
        if (CheckAgent(agent, view, state.Details!) is { } unfit) return unfit;
        if (service.Manager is not null && !context.Act.Gives(ManagerAppointed.HandoverNote)) return Refusal.Of("handover-note-missing", ("agent", service.Manager.Agent));
        if (service.Managers is [.., var last] && (last.EndedOn ?? last.Since) is var since && context.Day < since) return Refusal.Of("before-last-manager", ("day", context.Day), ("last", since));
        return context.Entry(new ManagerAppointed(agent), state.Version + 1);
    }

    /// <summary>Why nobody at all can be appointed now; null if somebody can.</summary>
    public static Refusal? Check(ProjectState state, ProjectContext context)
    {
        if (context.Act.Actor.Role != Role.Office) return Refusal.Of("role-not-allowed");
        if (state.Registration is null) return Refusal.Of("project-not-found");
        if (context.CheckPaper() is { } paper) return paper;
        if (context.Act.OnBehalfOf is not null) return Refusal.Of("on-behalf-of-unneeded");
        if (StepForm.Texts(context.Act) is { Length: > 0 } faults) return Refusal.Of("invalid-appointment", faults);
        if (state.TerminatedOn is not null) return Refusal.Of("project-terminated");
        if (state.CompletedOn is { } day) return Refusal.Of("project-completed", ("day", day));
        return context.CheckVersion(VersionOf(state));
    }

    /// <summary>Why nobody was appointed when nobody was named: who should be.</summary>
    public static Refusal Unnamed(AgentProposal proposal, ProjectDetails project) => proposal.Candidates is [var best, ..]
        ? Refusal.Of("agent-unnamed", ("agent", best.Agent), ("lead", project.LeadDepartment), ("load", best.Load), ("capacity", best.Capacity), ("candidates", proposal.Candidates.Length))
        : Refusal.Of("nobody-fits", ("lead", project.LeadDepartment));

    /// <summary>Version of the last fact that touched who manages the project; 0 for none.</summary>
    public static long VersionOf(ProjectState state) => state.Service.Managers is [.., var last] ? last.EndedBy ?? last.Version : 0;

    private static Refusal? CheckAgent(string agent, AgentView? view, ProjectDetails project) => view switch
    {
        null => Refusal.Of("agent-not-found", ("agent", agent)),
        { Status: not AgentStatus.Active } => Refusal.Of("agent-not-active", ("agent", agent)),
        _ when !view.Details.Functions.Contains(Function.Manager) => Refusal.Of("agent-function", ("agent", agent), ("function", Function.Manager)),
        _ when view.Details.Department != project.LeadDepartment => Refusal.Of("agent-of-other-department", ("agent", agent), ("department", view.Details.Department), ("lead", project.LeadDepartment)),
        { Details.Rank: < Rank.Middle } => Refusal.Of("agent-rank", ("agent", agent)),
        _ => null,
    };
}
