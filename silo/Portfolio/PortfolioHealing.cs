using Agency.Agents;
using Agency.EventSourcing;
using Agency.Portfolio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agency.Silo.Portfolio;

/// <summary>Lets the portfolio's shards read their markers when a silo is lost: what it had committed, it may have told nobody. Agents ask
/// about their unconfirmed places then.</summary>
internal sealed class PortfolioHealing(IClusterMembershipService membership, ILocalSiloDetails self, IGrainFactory grains, IEventStore store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = Lost(membership.CurrentSnapshot);
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var before = lost;
            lost = Lost(snapshot);
            if (lost.IsSubsetOf(before) || !IsFirst(snapshot)) continue;
            for (var shard = 0; shard < store.Shards; shard++) await grains.GetGrain<IPortfolioShardGrain>(shard).Heal().WaitAsync(stoppingToken);
            await grains.GetGrain<IAgentsGrain>(IAgentsGrain.Key).Heal().WaitAsync(stoppingToken);
        }
    }

    // One silo is enough.
    private bool IsFirst(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Min(m => m.SiloAddress)?.Equals(self.SiloAddress) == true;

    private static HashSet<SiloAddress> Lost(ClusterMembershipSnapshot snapshot) => [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Dead).Select(m => m.SiloAddress)];
}

public static class PortfolioHosting
{
    /// <summary>Lets this silo watch for lost ones on behalf of the portfolio and the agents, and wake at its start the agents that have to ask.</summary>
    public static ISiloBuilder AddPortfolio(this ISiloBuilder silo)
    {
        silo.Services.AddHostedService<PortfolioHealing>();
        return silo.AddStartupTask((services, cancellationToken) =>
            services.GetRequiredService<IGrainFactory>().GetGrain<IAgentsGrain>(IAgentsGrain.Key).Heal().WaitAsync(cancellationToken));
    }
}
