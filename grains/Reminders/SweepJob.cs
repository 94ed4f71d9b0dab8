using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.Portfolio;
using Agency.Reviews;
using Agency.Schedules;
using Microsoft.Extensions.Logging;

namespace Agency.Reminders;

/// <summary>The sweep: every shard of the portfolio and the sessions record what is due by a rule and remind of what stands. What fails is counted and tried again by the next.</summary>
public sealed partial class SweepJob(IEventStore store, ILogger<SweepJob> logger) : IScheduledJob
{
    // Others ask the shards, too.
    private const int AtOnce = 4;

    public string Name => "sweep";

    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var counts = new ConcurrentBag<SweepCounts>();
        var substitutes = await grains.GetGrain<IAgentsGrain>(IAgentsGrain.Key).Substitutes(cancellationToken);
        await Parallel.ForEachAsync(Parts(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (part, cancel) =>
        {
            try
            {
                counts.Add(await part.Remind(substitutes, cancel));
            }
            catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested)
            {
                LogFailed(e, part.What);
                counts.Add(new(0, 0, 1));
            }
        });
        var sum = counts.Aggregate(default(SweepCounts), (a, b) => a + b);
        return new Dictionary<string, long> { ["told"] = sum.Told, ["recorded"] = sum.Recorded, ["failed"] = sum.Failed };

        IEnumerable<(string What, Func<ImmutableDictionary<string, string>, CancellationToken, Task<SweepCounts>> Remind)> Parts() =>
        [
            ("reviews", grains.GetGrain<IReviewsGrain>(IReviewsGrain.Key).Remind),
            .. Enumerable.Range(0, store.Shards).Select(shard => ($"shard {shard}", (Func<ImmutableDictionary<string, string>, CancellationToken, Task<SweepCounts>>)grains.GetGrain<IPortfolioShardGrain>(shard).Remind)),
        ];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Part} could not be swept; the next sweep tries again.")]
    private partial void LogFailed(Exception exception, string part);
}
