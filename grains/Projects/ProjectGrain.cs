using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.Ledgers;
using Agency.People;
using Agency.Portfolio;
using Agency.Progress;
using Agency.Projects.Plans;
using Agency.Worklists;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Agency.Projects;

[GrainType("agency.project")]
internal sealed partial class ProjectGrain(
    IEventStore store,
    TimeProvider clock,
    IFlowSource flows,
    ICalendarSource calendars,
    CityData city,
    DepartmentCodes departments,
    ILogger<ProjectGrain> logger)
    : RecordGrain<ProjectFact, ProjectState>(store, clock, logger), IProjectGrain
{
    private readonly PlanBook _plans = new();
    private StreamFold<ProjectFact, ProjectState>? _fold;

    // What was seen last: a command is answered by it and summarised by it, and a project is often asked again before it changes.
    private (ProjectState State, DateOnly Day, int Calendar, ProjectViews? Views)? _seen;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override StreamId Stream => new("project", Code);

    protected override bool Marks => true;

    protected override StreamFold<ProjectFact, ProjectState> Fold => _fold ??= ProjectFold.Of(state => ProjectFold.Summary(Code, state, Views, departments));

    private string Code => this.GetPrimaryKeyString();

    public Task<string?> LeadsTo() => Task.FromResult(State.AliasOf);

    public async Task<Answer<ProjectView>> Register(RegisterProject command, Act act)
    {
        var flow = State.Registration is null ? await flows.For(command.Flow, act.OccurredOn ?? Today) : null;
        if (flow is not null) _plans.Add(flow);
        return await Command(act, (state, context) => ProjectDecider.Register(command, flow, state, context), View);
    }

    public async Task<Answer<ProjectView>> ChangeDetails(ProjectPatch patch, Act act)
    {
        // What the decider will refuse must not reserve a code.
        var before = State.Details?.Aliases ?? [];
        var after = ProjectDecider.ChangeDetails(patch, State, Context(act, Moment())).Refusal is null ? patch.Aliases.Or(before) : before;
        var answer = await GiveAliases(after.Except(before), act) is { } inUse
            ? new(inUse, 0, null)
            : await Command(act, (state, context) => ProjectDecider.ChangeDetails(patch, state, context), View);

        // What was reserved for nothing is free again; what was given up the commit itself sets free.
        foreach (var alias in after.Except(before).Except(State.Details?.Aliases ?? [])) await GrainFactory.GetGrain<IProjectGrain>(alias).ReleaseAlias(Code, act);
        return answer;
    }

    public Task<Answer<ItemView>> TakeStep(Step step, Act act) => Command(act, (state, context) => StepDecider.Decide(step, state, context), state =>
    {
        var view = Views(state)!.Item(step.Item);
        return (view, view.Version);
    });

    public async Task<Answer<PlanView>> ChangePlan(PlanChange change, Act act)
    {
        if (change is FlowMoved move)
        {
            var flow = move.FlowVersion == 0 ? await flows.For(move.Flow, act.OccurredOn ?? Today) : await flows.Get(move.Flow, move.FlowVersion);
            if (flow is null) return new(Refusal.Of("unknown-flow", ("code", move.Flow)), 0, null);
            _plans.Add(flow);
            change = move with { FlowVersion = flow.Version };
        }

        return await Command(act, (state, context) => PlanDecider.Decide(change, state, context), state =>
        {
            var view = Views(state)!.Plan();
            return (view, view.Version);
        });
    }

    public Task<Answer<ProjectView>> ChangeStandstill(ProjectFact change, Act act) =>
        Command(act, (state, context) => StandstillDecider.Decide(change, state, context), View);

    public Task<Answer<StageApplicationView>> ApplyForStage(ApplyForStage command, Act act) => Command(
        act,
        (state, context) => StageApplicationDecider.Apply(command, state, context),
        state => (Views(state)!.Application(state.Entries.Where(e => e.CommandId == act.CommandId).Select(e => e.Fact).OfType<StageApplied>().Last().Number), state.Version));

    public Task<Answer<StageApplicationView>> RequestStageSupplement(RequestStageSupplement command, Act act) => Command(
        act,
        (state, context) => StageApplicationDecider.RequestSupplement(command, state, context),
        state => (Views(state)!.Application(command.Number), state.Version));

    public async Task<Answer<ProjectView>> Correct(ImmutableArray<Correction> corrections, Act act)
    {
        var counted = new Dictionary<int, WorkingCalendar>();
        foreach (var version in State.Entries.Select(e => e.CalendarVersion).OfType<int>().Distinct())
            counted[version] = await calendars.Get(version) ?? throw new InconsistentStateException($"{Stream} was counted by calendar version {version}, which is not there.");
        return await Command(act, (state, context) => CorrectionDecider.Decide(corrections, state, new(context, version => counted.GetValueOrDefault(version, context.Calendar))), View);
    }

    public async Task<Refusal?> GiveAlias(string project, Act act) =>
        (await Execute(act with { Key = null, Texts = null }, (state, moment) => ProjectDecider.GiveAlias(Code, project, state, Context(act, moment)), Nothing)).Refusal;

    public async Task ReleaseAlias(string project, Act act) =>
        await Execute(act with { Key = null, Texts = null }, (state, moment) => ProjectDecider.ReleaseAlias(project, state, Context(act, moment)), Nothing);

    public async Task<ProjectView?> View(AsKnown asKnown, Actor actor, CancellationToken cancellationToken) =>
        await Seen(asKnown, actor) is { } views ? Project(views) : null;

    public async Task<PlanView?> Plan(AsKnown asKnown, Actor actor, CancellationToken cancellationToken) =>
        (await Seen(asKnown, actor))?.Plan();

    public async Task<LedgerView?> Ledger(string? item, AsKnown asKnown, Actor actor, CancellationToken cancellationToken) =>
        await Seen(asKnown, actor) is { } views ? item is null ? views.Ledger() : views.Ledger(item) : null;

    public async Task<Answer<ForecastView>?> Forecast(Pace pace, AsKnown asKnown, Actor actor, CancellationToken cancellationToken) =>
        await Basis(pace, asKnown, actor, cancellationToken) is { } basis ? new(null, basis.Clocks.State.Version, Forecasts.Forecast.Of(basis)) : null;

    public async Task<Answer<WhatIfView>?> WhatIf(Pace pace, ImmutableArray<Scenario> scenarios, AsKnown asKnown, Actor actor, CancellationToken cancellationToken)
    {
        if (await Basis(pace, asKnown, actor, cancellationToken) is not { } basis) return null;
        var refusal = Forecasts.WhatIf.Of(basis, scenarios, _plans, out var view);
        return new(refusal, basis.Clocks.State.Version, view);
    }

    // The pace of the limits, because medians cost a question to every shard.
    public async Task<PublicProgress?> Progress(OwnerProof proof, CancellationToken cancellationToken) =>
        proof.Proves(State.Details?.OwnerCreditCode) && Views(State) is { } views
            ? PublicProgress.Of(Project(views), Forecasts.Forecast.Of(views.Basis(default)), await GrainFactory.GetGrain<IDepartmentsGrain>(IDepartmentsGrain.Key).List(), city.Service.Published)
            : null;

    public async Task<ItemView?> Item(string item, Actor actor, CancellationToken cancellationToken) =>
        await Seen(actor) is { } views && Plan(State)!.Find(item) is not null ? views.Item(item) : null;

    public Task<ProjectDuties> Duties(Worker worker, DateTimeOffset? since, CancellationToken cancellationToken) =>
        Task.FromResult(Views(State)?.Duties(worker, since, city.Service) ?? new([], []));

    public async Task More(long after, CancellationToken cancellationToken)
    {
        if (Version > after) return;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_more.Task, Task.Delay(IProjectGrain.LongestWait, enough.Token));
        await enough.CancelAsync();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Wake();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    protected override async Task Folded()
    {
        foreach (var plan in State.Plans) await Know(plan.Inputs.Flow, plan.Inputs.FlowVersion);
        Wake();
    }

    // Whoever waits for more looks again.
    private void Wake()
    {
        var waiting = _more;
        _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }

    protected override TextRedacted Redaction(long sequence, string text) => new(sequence, text);

    protected override Refusal? Absent(ProjectState state) => state.Registration is null ? Refusal.Of("project-not-found") : null;

    protected override async Task<bool> Sees(Actor actor) => await Seen(actor) is not null;

    protected override HistoryPage Page(long after, int limit) => ProjectHistory.Page(State.Entries, after, limit, calendars.Current);

    protected override Entry<ProjectFact> Entry(ProjectFact fact, long version, Act act, Moment moment) => Context(act, moment).Entry(fact, version);

    private ProjectSummary Summary(ProjectState state) => ProjectSummary.Of(Code, state, Views(state)?.Clocks, departments);

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
        var view = Project(Views(state)!);
        return (view, view.Version);
    }

    private static (object View, long Version) Nothing(ProjectState state) => (new object(), state.Version);

    private async Task<ForecastBasis?> Basis(Pace pace, AsKnown asKnown, Actor actor, CancellationToken cancellationToken)
    {
        if (await Seen(asKnown, actor) is not { } views) return null;
        var basis = views.Basis(pace);
        if (pace.By == PaceBy.Limits) return basis;
        return basis with { Medians = views.Medians(await GrainFactory.GetGrain<IPortfolioGrain>(0).Medians(views.Departments, views.Items, views.Clocks.Today, cancellationToken)) };
    }

    private ProjectViews? Views(ProjectState state) => Views(state, Moment());

    private ProjectViews? Views(ProjectState state, Moment moment)
    {
        var calendar = calendars.Current;
        if (_seen is { } seen && ReferenceEquals(seen.State, state) && (seen.Day, seen.Calendar) == (moment.Today, calendar.Version)) return seen.Views;
        var views = AsKnown.Now.Views(state, _plans, departments, calendar, moment);
        _seen = (state, moment.Today, calendar.Version, views);
        return views;
    }

    private ProjectContext Context(Act act, Moment moment, ImmutableHashSet<string>? standsInFor = null) =>
        new(act, moment, calendars.Current, city, departments, _plans) { StandsInFor = standsInFor ?? [] };

    private FlowPlan? Plan(ProjectState state) => state.Plan is { } inputs ? _plans.Of(inputs) : null;

    private async Task Know(string flow, int version)
    {
        if (_plans.Has(flow, version)) return;
        _plans.Add(await flows.Get(flow, version) ?? throw new InconsistentStateException($"{Stream} follows {flow} version {version}, which is not there."));
    }
}
