using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Logging;

namespace Agency.Catalogue;

[GrainType("agency.flows")]
internal sealed class FlowsGrain(CityData city, IEventStore store, TimeProvider clock, ILogger<FlowsGrain> logger)
    : StreamGrain<FlowFact, FlowVersions>(store, clock, FlowFact.Codec, logger), IFlowsGrain
{
    protected override StreamId Stream { get; } = new("catalogue", "flows");

    protected override FlowVersions Initial => FlowVersions.Initial;

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

    public async Task<Answer<FlowPut>> Put(string code, FlowDraft draft, Act act) =>
        FlowMaker.Make(draft, code, State.Next(code), city, out var problems) is { } flow
            ? await Execute(act, (state, moment) => FlowVersions.Decide(state, flow, act, moment), state => Newest(state, code))
            : new(Refusal.Of("invalid-flow", problems), 0, null);

    public Task<ImmutableArray<FlowListing>> List() => Task.FromResult<ImmutableArray<FlowListing>>(
        [.. State.Flows.Select(f => new FlowListing(f.Key, f.Value[^1].Name, f.Value[^1].NameEn, [.. f.Value.Select(v => new FlowVersion(v.Version, v.EffectiveFrom, v.TotalLimitDays))]))]);

    public Task<Flow?> Get(string code, int? version) => Task.FromResult(version is { } number ? State.Get(code, number) : State.Newest(code));

    public Task<int?> VersionFor(string code, DateOnly day) => Task.FromResult(State.For(code, day)?.Version);

    protected override FlowVersions Evolve(FlowVersions state, IReadOnlyList<Entry<FlowFact>> entries) => entries.Aggregate(state, FlowVersions.Evolve);

    protected override ReadOnlyMemory<byte> Summarise(FlowVersions state) =>
        JsonSerializer.SerializeToUtf8Bytes(state.Flows.ToDictionary(f => f.Key, f => f.Value.Length), FactJson.Options);

    private static (FlowPut, long) Newest(FlowVersions state, string code)
    {
        var flow = state.Newest(code)!;
        return (new(flow, FlowMaker.Warnings(flow)), flow.Version);
    }
}
