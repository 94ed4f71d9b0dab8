using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Logging;

namespace Agency.Catalogue;

[GrainType("agency.flows")]
internal sealed class FlowsGrain(CityData city, IEventStore store, TimeProvider clock, ILogger<FlowsGrain> logger)
    : StreamGrain<FlowFact, FlowVersions>(store, clock, logger), IFlowsGrain
{
    protected override StreamId Stream => FlowFact.Stream;

    protected override StreamFold<FlowFact, FlowVersions> Fold => FlowVersions.Fold;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        foreach (var shipped in city.Flows)
        {
            // A commit each: together they could be too large for one.
            var put = await Put(shipped.Code, shipped.Draft, new(Actor.System, $"shipped-{shipped.Code}"));
            if (put.Refusal is { } refusal) throw new InvalidOperationException($"The flow {shipped.Code} that comes with the service is refused: {refusal.Code}.");
        }
    }

    public async Task<Answer<FlowPut>> Put(string code, FlowDraft draft, Act act)
    {
        if (FlowMaker.Make(draft, code, State.Next(code), city, out var problems) is not { } flow) return new(Refusal.Of("invalid-flow", problems), 0, null);

        // Versions never change: the number is all that a first answer has to keep, and a large flow leaves no room for more.
        var made = await Execute(act, (state, moment) => FlowVersions.Decide(state, flow, act, moment), state => Newest(state, code));
        return new(made.Refusal, made.Version, made.View is { Version: var version } ? Put(State.Get(code, version)!) : null, made.Replayed);
    }

    public Task<ImmutableArray<FlowListing>> List() => Task.FromResult<ImmutableArray<FlowListing>>(
        [.. State.Flows.Select(f => new FlowListing(f.Key, f.Value[^1].Name, f.Value[^1].NameEn, [.. f.Value.Select(Listed)]))]);

    public Task<Flow?> Get(string code, int? version) => Task.FromResult(version is { } number ? State.Get(code, number) : State.Newest(code));

    public Task<int?> VersionFor(string code, DateOnly day) => Task.FromResult(State.For(code, day)?.Version);

    private static (FlowVersion, long) Newest(FlowVersions state, string code)
    {
        var flow = state.Newest(code)!;
        return (Listed(flow), flow.Version);
    }

    private static FlowVersion Listed(Flow flow) => new(flow.Version, flow.EffectiveFrom, flow.TotalLimitDays);

    private static FlowPut Put(Flow flow) => new(flow, FlowMaker.Warnings(flow));
}
