using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Agency.Projects;

[GrainType("agency.project")]
internal sealed class ProjectGrain(
    IEventStore store,
    TimeProvider clock,
    IFlowSource flows,
    ICalendarSource calendars,
    CityData city,
    DepartmentCodes departments,
    ILogger<ProjectGrain> logger)
    : StreamGrain<ProjectFact, ProjectState>(store, clock, ProjectFact.Codec, logger), IProjectGrain
{
    private Flow? _flow;
    private (ProjectRegistered? Of, FlowPlan? Plan) _plan;

    protected override StreamId Stream => new("project", Code);

    protected override ProjectState Initial => ProjectState.None;

    private string Code => this.GetPrimaryKeyString();

    // Where this code is only another one of a project, the project answers.
    private IProjectGrain? Elsewhere => State.AliasOf is { } project ? GrainFactory.GetGrain<IProjectGrain>(project) : null;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (State.Registration is { } registration)
            _flow = await flows.Get(registration.Flow, registration.FlowVersion, cancellationToken)
                ?? throw new InconsistentStateException($"{Stream} follows {registration.Flow} version {registration.FlowVersion}, which is not there.");
    }

    public async Task<Answer<ProjectView>> Register(RegisterProject command, Act act)
    {
        if (State.Registration is null) _flow = await flows.For(command.Flow, act.OccurredOn ?? Today);
        return await Execute(act, (state, moment) => ProjectDecider.Register(command, _flow, state, Context(act, moment)), View);
    }

    public async Task<Answer<ProjectView>> ChangeDetails(ProjectPatch patch, Act act)
    {
        if (Elsewhere is { } project)
        {
            // The project may take this very alias away, while this grain waits for its answer.
            using var reentrancy = RequestContext.AllowCallChainReentrancy();
            return await project.ChangeDetails(patch, act);
        }

        // What the decider will refuse must not reserve a code.
        var before = State.Details?.Aliases ?? [];
        var after = ProjectDecider.ChangeDetails(patch, State, Context(act, Moment())).Refusal is null ? patch.Aliases.Or(before) : before;
        var answer = await GiveAliases(after.Except(before), act) is { } inUse
            ? new(inUse, 0, null)
            : await Execute(act, (state, moment) => ProjectDecider.ChangeDetails(patch, state, Context(act, moment)), View);

        // Whatever has come of it, a repeat of an old command too: what is no alias now leads nowhere.
        foreach (var alias in before.Union(after).Except(State.Details?.Aliases ?? [])) await GrainFactory.GetGrain<IProjectGrain>(alias).ReleaseAlias(Code, act);
        return answer;
    }

    public Task<Answer<ItemView>> TakeStep(Step step, Act act) => Elsewhere?.TakeStep(step, act) ?? Execute(
        act,
        (state, moment) => StepDecider.Decide(step, state, PlanOf(state), Context(act, moment)),
        state =>
        {
            var view = Views(state)!.Item(step.Item);
            return (view, view.Version);
        });

    public async Task<Refusal?> GiveAlias(string project, Act act) =>
        (await Execute(act with { Key = null }, (state, moment) => ProjectDecider.GiveAlias(Code, project, state, Context(act, moment)), Nothing)).Refusal;

    public async Task ReleaseAlias(string project, Act act) =>
        await Execute(act with { Key = null }, (state, moment) => ProjectDecider.ReleaseAlias(project, state, Context(act, moment)), Nothing);

    public Task<ProjectView?> View(Actor actor, CancellationToken cancellationToken) =>
        Elsewhere?.View(actor, cancellationToken) ?? Task.FromResult(Seen(actor)?.Project());

    public Task<PlanView?> Plan(Actor actor, CancellationToken cancellationToken) =>
        Elsewhere?.Plan(actor, cancellationToken) ?? Task.FromResult(Seen(actor)?.Plan());

    public Task<ItemView?> Item(string item, Actor actor, CancellationToken cancellationToken) =>
        Elsewhere?.Item(item, actor, cancellationToken)
        ?? Task.FromResult(PlanOf(State)?.Find(item) is null ? null : Seen(actor)?.Item(item));

    public Task<HistoryPage?> History(long after, int limit, Actor actor, CancellationToken cancellationToken) =>
        Elsewhere?.History(after, limit, actor, cancellationToken)
        ?? Task.FromResult(Seen(actor) is null ? null : ProjectHistory.Page(State.Entries, after, limit));

    protected override ProjectState Evolve(ProjectState state, IReadOnlyList<Entry<ProjectFact>> entries) => state.With(entries);

    protected override ReadOnlyMemory<byte> Summarise(ProjectState state) => ProjectSummary.Write(ProjectSummary.Of(Code, state, PlanOf(state)));

    private async Task<Refusal?> GiveAliases(IEnumerable<string> aliases, Act act)
    {
        foreach (var alias in aliases)
        {
            if (await GrainFactory.GetGrain<IProjectGrain>(alias).GiveAlias(Code, act) is { } refusal) return refusal;
        }

        return null;
    }

    private (ProjectView View, long Version) View(ProjectState state)
    {
        var view = Views(state)!.Project();
        return (view, view.Version);
    }

    private static (object View, long Version) Nothing(ProjectState state) => (new object(), state.Version);

    private ProjectViews? Seen(Actor actor) =>
        actor.Role == Role.Owner && actor.CreditCode != State.Details?.OwnerCreditCode ? null : Views(State);

    private ProjectViews? Views(ProjectState state) =>
        PlanOf(state) is { } plan ? new(state, plan, departments, calendars.Current, Moment(), LightRule.Default) : null;

    private ProjectContext Context(Act act, Moment moment) => new(act, moment, calendars.Current, city, departments);

    private FlowPlan? PlanOf(ProjectState state)
    {
        if (state.Registration is not { } registration) return null;
        if (ReferenceEquals(_plan.Of, registration)) return _plan.Plan;
        if (_flow?.Code != registration.Flow || _flow.Version != registration.FlowVersion)
            throw new InconsistentStateException($"{Stream} was registered by another activation.");
        if (!FlowPlan.TryResolve(new(_flow, registration.Answers.ToImmutableDictionary()), out var plan, out var refusal))
            throw new InvalidOperationException($"{Stream} has no plan: {refusal.Code}.");
        _plan = (registration, plan);
        return plan;
    }
}
