using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Microsoft.Extensions.Logging;

namespace Agency.Agents;

[GrainType("agency.agent")]
internal sealed partial class AgentGrain(IEventStore store, TimeProvider clock, IFlowSource flows, CityData city, DepartmentCodes departments, ILogger<AgentGrain> logger)
    : StreamGrain<AgentFact, AgentState>(store, clock, logger), IAgentGrain
{
    // How long a project may take from the reservation to its own commit before it is asked.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    // Whose projects are being asked. A reservation made once more meanwhile is not released by an answer that does not know of it.
    private readonly HashSet<Assignment> _asked = [];
    private IGrainTimer? _healing;

    protected override StreamId Stream => AgentFact.StreamOf(Id);

    protected override StreamFold<AgentFact, AgentState> Fold => AgentState.Fold;

    private string Id => this.GetPrimaryKeyString();

    public async Task<Answer<AgentView>> Register(AgentDetails details, Act act)
    {
        var (known, agents) = (await KnownFlows(details.Flows), await KnownAgents(details.Leaves));
        return await Answer(act, (state, moment) => AgentDecider.Register(Id, details, state, Context(act, moment, known, agents)));
    }

    public async Task<Answer<AgentView>> Change(AgentPatch patch, Act act)
    {
        var (known, agents) = (await KnownFlows(patch.Flows.Or([])), await KnownAgents(patch.Leaves.Or([])));
        return await Answer(act, (state, moment) => AgentDecider.Change(Id, patch, state, Context(act, moment, known, agents)));
    }

    public async Task<AgentView?> View() => Seen(State) is { } view ? await WithSubstitute(view) : null;

    public Task<bool> IsThere() => Task.FromResult(Seen(State) is { IsThere: true });

    public Task<Answer<AgentView>> Reserve(Assignment assignment, Act act)
    {
        _asked.Remove(assignment);
        return Answer(Passed(act), (state, moment) => AgentDecider.Reserve(Id, assignment, state, Context(act, moment)));
    }

    public Task Confirm(Assignment assignment, Act act) => Record(act, (state, context) => AgentDecider.Confirm(assignment, state, context));

    public Task Release(Assignment assignment, Act act) => Record(act, (state, context) => AgentDecider.Release(assignment, state, context));

    protected override Task Folded()
    {
        Watch();
        return Task.CompletedTask;
    }

    protected override Task Committed(long after, long version)
    {
        Watch();
        return Task.CompletedTask;
    }

    // A project that fell between reservation and commit confirms nothing and releases nothing: it is asked.
    private void Watch()
    {
        if (State.Places.All(p => p.Confirmed))
        {
            _healing?.Dispose();
            _healing = null;
        }
        else
        {
            _healing ??= this.RegisterGrainTimer(Heal, new() { DueTime = _patience, Period = _patience, KeepAlive = true });
        }
    }

    private async Task Heal()
    {
        var latest = Moment().Now - _patience;
        foreach (var (assignment, _, _) in State.Places.Where(p => !p.Confirmed && p.Since <= latest))
        {
            try
            {
                _asked.Add(assignment);
                var holds = await GrainFactory.GetGrain<IProjectGrain>(assignment.Project).Holds(Id, assignment);
                await Record(
                    new(Actor.System, assignment.CommandId),
                    (state, context) => holds || _asked.Contains(assignment) ? AgentDecider.Settle(assignment, holds, state, context) : ImmutableArray<Entry<AgentFact>>.Empty);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogUnsettled(e, Stream, assignment.Project);
            }
            finally
            {
                _asked.Remove(assignment);
            }
        }
    }

    private async Task<Answer<AgentView>> Answer(Act act, Func<AgentState, Moment, Decision<AgentFact>> decide)
    {
        var answer = await Execute(act, decide, state => (Seen(state)!, state.Version));
        return answer.View is { } view ? answer with { View = await WithSubstitute(view) } : answer;
    }

    private Task<Answer<object>> Record(Act act, Func<AgentState, AgentContext, Decision<AgentFact>> decide) =>
        Execute(Passed(act), (state, moment) => decide(state, Context(act, moment)), state => (new object(), state.Version));

    // Key, texts and expected version of a project's command are the project's.
    private static Act Passed(Act act) => act with { Key = null, Texts = null, IfVersion = null };

    private AgentView? Seen(AgentState state) => AgentSummary.Of(state) is { } agent ? AgentView.Of(Id, state.Version, agent, Today) : null;

    private async Task<AgentView> WithSubstitute(AgentView view) =>
        view.Substitute is { } substitute && !await GrainFactory.GetGrain<IAgentGrain>(substitute).IsThere() ? view with { Substitute = null } : view;

    private async Task<ImmutableHashSet<string>> KnownFlows(ImmutableArray<string> codes)
    {
        var known = ImmutableHashSet<string>.Empty;
        foreach (var code in codes.Distinct())
        {
            if (await flows.For(code, Today) is not null) known = known.Add(code);
        }

        return known;
    }

    private async Task<ImmutableHashSet<string>> KnownAgents(ImmutableArray<Leave> leaves)
    {
        var known = ImmutableHashSet<string>.Empty;
        if (AgentRules.HasTooMany(leaves, State.Details)) return known;
        foreach (var id in leaves.Select(l => l.Substitute).Distinct().Where(s => s != Id && PersonId.IsOne(s)))
        {
            if (await GrainFactory.GetGrain<IAgentGrain>(id).View() is not null) known = known.Add(id);
        }

        return known;
    }

    private AgentContext Context(Act act, Moment moment, ImmutableHashSet<string>? known = null, ImmutableHashSet<string>? agents = null) =>
        new(act, moment, city, departments, known ?? [], agents ?? []);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Stream} keeps an unconfirmed place for {Project}, which could not be asked; it will be tried again.")]
    private partial void LogUnsettled(Exception exception, StreamId stream, string project);
}
