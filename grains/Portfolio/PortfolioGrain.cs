using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Portfolio;

[GrainType("agency.portfolio"), StatelessWorker]
internal sealed class PortfolioGrain(IEventStore store) : Grain, IPortfolioGrain
{
    public async Task<PortfolioPage> Find(PortfolioQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var pages = await Ask(shard => shard.Find(query, actor), cancellationToken);
        return PortfolioOrder.Page(query, pages);
    }

    public async Task<PortfolioOverview> Overview(Actor actor, CancellationToken cancellationToken) =>
        PortfolioStatistics.Sum(await Ask(shard => shard.Overview(actor), cancellationToken));

    public async Task<ImmutableArray<TrendGroup>> Trend(Dimension? by, Actor actor, CancellationToken cancellationToken) =>
        PortfolioStatistics.Sum(await Ask(shard => shard.Trend(by, actor), cancellationToken));

    private Task<T[]> Ask<T>(Func<IPortfolioShardGrain, Task<T>> question, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, store.Shards).Select(shard => question(GrainFactory.GetGrain<IPortfolioShardGrain>(shard)))).WaitAsync(cancellationToken);
}
