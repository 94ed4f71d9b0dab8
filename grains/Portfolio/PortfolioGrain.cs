using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Orleans.Concurrency;

namespace Agency.Portfolio;

/// <summary>Reads the summaries of all shards for each question.</summary>
[GrainType("agency.portfolio"), StatelessWorker]
internal sealed class PortfolioGrain(IEventStore store) : Grain, IPortfolioGrain
{
    public async Task<PortfolioPage> Find(PortfolioQuery query, Actor actor, CancellationToken cancellationToken)
    {
        var found = new List<ProjectSummary>();
        for (var shard = 0; shard < store.Shards; shard++)
        {
            await foreach (var stored in store.Summaries(Sharding.SpreadKind, shard, cancellationToken))
            {
                if (ProjectSummary.Read(stored.Bytes) is { AliasOf: null } summary && query.Fits(summary) && actor.MaySee(summary)) found.Add(summary);
            }
        }

        return query.Page(found);
    }
}
