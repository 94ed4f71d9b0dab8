using Agency.EventSourcing;
using Agency.Portfolio;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Portfolio;

/// <summary>Lets the portfolio's shards read their markers when the first silo has started and when a silo is lost: what had been committed
/// before may have been told to nobody, and what follows from it elsewhere may not be done.</summary>
internal sealed partial class PortfolioHealing(
    IClusterMembershipService membership, ILocalSiloDetails self, IGrainFactory grains, IEventStore store, ILogger<PortfolioHealing> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (healed, lost) = (false, Lost(membership.CurrentSnapshot));
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var before = lost;
            lost = Lost(snapshot);
            if (!IsFirst(snapshot) || (healed && lost.IsSubsetOf(before))) continue;
            healed = true;
            for (var shard = 0; shard < store.Shards; shard++) await Heal(shard, stoppingToken);
        }
    }

    private async Task Heal(int shard, CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IPortfolioShardGrain>(shard).Heal().WaitAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // It does so by itself once a minute, from when it is first asked.
            LogFailed(e, shard);
        }
    }

    // One silo is enough.
    private bool IsFirst(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Min(m => m.SiloAddress)?.Equals(self.SiloAddress) == true;

    private static HashSet<SiloAddress> Lost(ClusterMembershipSnapshot snapshot) => [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Dead).Select(m => m.SiloAddress)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The portfolio's shard {Shard} could not read its markers; it will be tried again.")]
    private partial void LogFailed(Exception exception, int shard);
}

public static class PortfolioHosting
{
    /// <summary>Lets this silo watch for lost ones on behalf of the portfolio.</summary>
    public static ISiloBuilder AddPortfolio(this ISiloBuilder silo)
    {
        silo.Services.AddHostedService<PortfolioHealing>();
        return silo;
    }
}
