using System.Collections.Immutable;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.Managers;
using Agency.Mandates;
using Agency.People;
using Agency.Services;

namespace Agency.Projects;

/// <summary>The agents of the project: its manager, and its clerks by their mandate.</summary>
internal sealed partial class ProjectGrain
{
    public Task<Answer<ManagerView>> AppointManager(string? agent, Act act) => agent is null
        ? Unnamed(act)
        : WithPlace(
            agent,
            Function.Manager,
            act,
            (view, state, context) => ManagerDecider.Appoint(agent, view, state, context),
            (view, state) => (Views(state)!.Manager(view, city.Service)!, ManagerDecider.VersionOf(state)));

    public async Task<Answer<ManagerView>?> Manager(Actor actor, CancellationToken cancellationToken)
    {
        if (await Seen(actor) is not { } views) return null;
        var agent = State.Service.Managers is [.., var last] ? await Agent(last.Agent).View() : null;
        return new(null, ManagerDecider.VersionOf(State), views.Manager(agent, city.Service));
    }

    public Task<Answer<MandateView>> ChangeMandate(MandateFact change, Act act)
    {
        return change is ClerkAppointed clerk
            ? WithPlace(clerk.Agent, Function.Clerk, act, Decide, (_, state) => View(state))
            : Command(act, (state, context) => Decide(null, state, context), View);

        Decision<ProjectFact> Decide(AgentView? agent, ProjectState state, ProjectContext context) => MandateDecider.Decide(change, agent, state, context);

        (MandateView View, long Version) View(ProjectState state)
        {
            var view = Views(state)!.Mandate();
            return (view, view.Version);
        }
    }

    public async Task<MandatesView?> Mandates(Actor actor, CancellationToken cancellationToken) => (await Seen(actor))?.Mandates();

    public async Task<Answer<ChecklistView>?> Checklist(Actor actor, CancellationToken cancellationToken)
    {
        var standsInFor = await StandsInFor(actor);
        if (IsHiddenFrom(actor, State, standsInFor) || Views(State) is not { } views) return null;
        var context = Context(new(actor, ""), Moment(), standsInFor);
        return ClerkAuthority.CheckReading(State, context) is { } refusal ? new(refusal, 0, null) : new(null, State.Version, views.Checklist());
    }

    public async Task<AgentProposal?> Proposal(Function function, Actor actor, CancellationToken cancellationToken) =>
        await Seen(actor) is null ? null : await Proposal(function, cancellationToken);

    public Task<bool> Holds(string agent, Assignment assignment) => Task.FromResult(State.Service.Holds(agent, assignment));

    // Decides what gives an agent something to do here: its grain keeps a place for it first, which is free again if nothing comes of it.
    private async Task<Answer<TView>> WithPlace<TView>(
        string id,
        Function function,
        Act act,
        Func<AgentView?, ProjectState, ProjectContext, Decision<ProjectFact>> decide,
        Func<AgentView?, ProjectState, (TView View, long Version)> view)
        where TView : class
    {
        // No grain can have such a key as ''.
        if (!PersonId.IsOne(id)) return await Command(act, (state, context) => decide(null, state, context), state => view(null, state));
        var (agent, place) = (Agent(id), new Assignment(Code, function, act.CommandId));
        var asking = new Act(act.Actor, act.CommandId);
        var known = await agent.View();
        var reserved = decide(known, State, Context(act, Moment())).Facts.IsEmpty ? null : await agent.Reserve(place, asking);
        known = reserved?.View ?? known;
        var answer = await Command(act, (state, context) => reserved?.Refusal is { } refusal ? refusal : decide(known, state, context), state => view(known, state));
        if (reserved is { Refusal: null } && !State.Service.Holds(id, place)) await agent.Release(place, asking);
        return answer;
    }

    // Whom the actor stands in for today, of those whose own the project is in the actor's role; nobody if it is one of them.
    private async Task<ImmutableHashSet<string>> StandsInFor(Actor actor)
    {
        if (actor.Role is not (Role.Manager or Role.Clerk) || Plan(State) is not { } plan) return [];
        var named = Parties.Of(State, plan, departments).AgentsAs(actor.Role);
        if (named.Contains(actor.Id)) return [];
        var agents = await Task.WhenAll(named.Select(id => Agent(id).View()));
        return [.. agents.OfType<AgentView>().Where(a => a.Substitute == actor.Id).Select(a => a.Id)];
    }

    // What an agent is to know of a term; it may have ended since, and while it is being told.
    private async Task Tell(AgentTerm term, Act act)
    {
        var (agent, place) = (Agent(term.Agent), term.Assignment(Code));
        if (State.Service.Holds(term.Agent, place)) await agent.Confirm(place, act);
        if (!State.Service.Holds(term.Agent, place)) await agent.Release(place, act);
    }

    // Somebody has to be named: whom, the refusal says.
    private async Task<Answer<ManagerView>> Unnamed(Act act) =>
        new(ManagerDecider.Check(State, Context(act, Moment())) ?? ManagerDecider.Unnamed(await Proposal(Function.Manager), State.Details!), 0, null);

    private Task<AgentProposal> Proposal(Function function, CancellationToken cancellationToken = default) => GrainFactory.GetGrain<IAgentsGrain>(IAgentsGrain.Key)
        .Propose(new(Code, function, State.Details!.LeadDepartment, State.Registration!.District, State.Plan!.Flow), cancellationToken);

    private IAgentGrain Agent(string id) => GrainFactory.GetGrain<IAgentGrain>(id);
}
