using Agency.Agents;
using Agency.EventSourcing;
using Agency.Portfolio;
using Agency.Reviews;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Portfolio;

/// <summary>Lets the portfolio's shards read their markers when the first silo has started and when a silo is lost: what had been committed
/// before may have been told to nobody, and what follows from it elsewhere may not be done. Agents ask about their unconfirmed places then, and
/// review sessions tell projects what they owe them, and erase what was redacted, as series do.</summary>
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
            for (var shard = 0; shard < store.Shards; shard++) await Heal($"shard {shard}", grains.GetGrain<IPortfolioShardGrain>(shard).Heal, stoppingToken);
            await Heal("reviews", grains.GetGrain<IReviewsGrain>(IReviewsGrain.Key).Heal, stoppingToken);
            await Heal("agents", grains.GetGrain<IAgentsGrain>(IAgentsGrain.Key).Heal, stoppingToken);
        }
    }

    private async Task Heal(string what, Func<Task> heal, CancellationToken stoppingToken)
    {
        try
        {
            await heal().WaitAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            // A shard does so by itself once a minute, from when it is first asked; an agent and a session from when they are first asked, too.
            LogFailed(e, what);
        }
    }

    // One silo is enough.
    private bool IsFirst(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Min(m => m.SiloAddress)?.Equals(self.SiloAddress) == true;

    private static HashSet<SiloAddress> Lost(ClusterMembershipSnapshot snapshot) => [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Dead).Select(m => m.SiloAddress)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was left undone could not be looked for: {What}; it will be tried again.")]
    private partial void LogFailed(Exception exception, string what);
}

public static class PortfolioHosting
{
    /// <summary>Lets this silo look, when it is the first and when another is lost, for what portfolio and agents have left undone.</summary>
    public static ISiloBuilder AddPortfolio(this ISiloBuilder silo)
    {
        silo.Services.AddHostedService<PortfolioHealing>();
        return silo;
    }
}
