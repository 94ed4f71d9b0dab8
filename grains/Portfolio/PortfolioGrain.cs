using System.Collections.Immutable;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Portfolio;

[GrainType("agency.portfolio"), StatelessWorker]
internal sealed class PortfolioGrain(IEventStore store) : Grain, IPortfolioGrain
{
    public async Task<PortfolioPage> Find(PortfolioQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var sight = await SightOf(actor, cancellationToken);
        return await PortfolioOrder.Page(query, store.Shards, (shard, few) => Shard(shard).Find(few, sight).WaitAsync(cancellationToken));
    }

    public async Task<ImmutableHashSet<string>> SeenOf(ImmutableHashSet<string> codes, Actor actor, CancellationToken cancellationToken)
    {
        if (codes.IsEmpty) return codes;
        var sight = await SightOf(actor, cancellationToken);
        var seen = await Task.WhenAll(codes.GroupBy(code => Sharding.Of(new(Sharding.SpreadKind, code), store.Shards), (shard, some) => Shard(shard).SeenOf([.. some], sight))).WaitAsync(cancellationToken);
        return [.. seen.SelectMany(s => s)];
    }

    public async Task<PortfolioOverview> Overview(Actor actor, CancellationToken cancellationToken)
    {
        var sight = await SightOf(actor, cancellationToken);
        return PortfolioStatistics.Sum(await Ask(shard => shard.Overview(sight), cancellationToken));
    }

    public async Task<ImmutableArray<TrendGroup>> Trend(Dimension? by, Actor actor, CancellationToken cancellationToken)
    {
        var sight = await SightOf(actor, cancellationToken);
        return PortfolioStatistics.Sum(await Ask(shard => shard.Trend(by, sight), cancellationToken));
    }

    public async Task<PerformanceView> Performance(string department, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        PerformanceView.Of(department, from, to, RoundFigures.Sum(await Ask(shard => shard.EndedRounds([department], null, from, to), cancellationToken)));

    public async Task<ImmutableArray<TakenDays>> Medians(ImmutableArray<string> departments, ImmutableArray<string> items, DateOnly asOf, CancellationToken cancellationToken) =>
        TakenDays.Of(RoundFigures.Sum(await Ask(shard => shard.EndedRounds(departments, items, TakenDays.From(asOf), asOf), cancellationToken)));

    public async Task<ImmutableArray<AgendaCandidate>> AgendaCandidates(DateOnly newSince, DateOnly quietSince, int limit, CancellationToken cancellationToken) =>
        AgendaCandidate.Most((await Ask(shard => shard.AgendaCandidates(newSince, quietSince, limit), cancellationToken)).SelectMany(c => c), newSince, quietSince, limit);

    public async Task<ImpactPage> Impact(ImpactQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var sight = await SightOf(actor, cancellationToken);
        return ImpactPage.First(await Ask(shard => shard.Impact(query, sight), cancellationToken), query.Limit);
    }

    private async Task<Sight> SightOf(Actor actor, CancellationToken cancellationToken) => new(
        actor,
        actor is { OwnOnly: true, Role: Role.Manager or Role.Clerk } ? [.. await GrainFactory.GetGrain<IAgentsGrain>(IAgentsGrain.Key).StoodInBy(actor.Id, cancellationToken)] : []);

    private Task<T[]> Ask<T>(Func<IPortfolioShardGrain, Task<T>> question, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, store.Shards).Select(shard => question(Shard(shard)))).WaitAsync(cancellationToken);

    private IPortfolioShardGrain Shard(int shard) => GrainFactory.GetGrain<IPortfolioShardGrain>(shard);
}
