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
/// review sessions tell projects what they owe them, and erase what was redacted, as series do. What fails is tried again until it is done.</summary>
internal sealed partial class PortfolioHealing(
    IClusterMembershipService membership, ILocalSiloDetails self, IGrainFactory grains, IEventStore store, TimeProvider clock, ILogger<PortfolioHealing> logger) : BackgroundService
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(5), _longestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (healed, lost, left) = (false, Lost(membership.CurrentSnapshot), new List<(string What, Func<Task> Heal)>());
        await using var updates = membership.MembershipUpdates.GetAsyncEnumerator(stoppingToken);
        var (next, pause) = (Next(), _firstPause);
        while (true)
        {
            // What fails for ever must not keep from what another lost silo left.
            if (left.Count > 0) await Task.WhenAny(next, Task.Delay(pause, clock, stoppingToken));
            else await next;
            if (next.IsCompleted)
            {
                if (!await next) return;
                var (snapshot, before) = (updates.Current, lost);
                (lost, next) = (Lost(snapshot), Next());
                if (IsFirst(snapshot) && (!healed || !lost.IsSubsetOf(before))) (healed, left, pause) = (true, [.. All()], _firstPause);
            }
            else
            {
                pause = 2 * pause < _longestPause ? 2 * pause : _longestPause;
            }

            left = await Heal(left, stoppingToken);
        }

        Task<bool> Next() => updates.MoveNextAsync().AsTask();
    }

    private IEnumerable<(string What, Func<Task> Heal)> All() =>
    [
        .. Enumerable.Range(0, store.Shards).Select(shard => ($"shard {shard}", (Func<Task>)grains.GetGrain<IPortfolioShardGrain>(shard).Heal)),
        ("reviews", grains.GetGrain<IReviewsGrain>(IReviewsGrain.Key).Heal),
        ("agents", grains.GetGrain<IAgentsGrain>(IAgentsGrain.Key).Heal),
    ];

    // What failed.
    private async Task<List<(string What, Func<Task> Heal)>> Heal(IEnumerable<(string What, Func<Task> Heal)> all, CancellationToken stoppingToken)
    {
        var failed = new List<(string, Func<Task>)>();
        foreach (var (what, heal) in all)
        {
            try
            {
                await heal().WaitAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(e, what);
                failed.Add((what, heal));
            }
        }

        return failed;
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
