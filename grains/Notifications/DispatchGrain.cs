using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Agency.Notifications;

[GrainType("agency.dispatch"), StatelessWorker]
internal sealed class DispatchGrain(IEnumerable<IChannel> channels) : Grain, IDispatchGrain
{
    public async Task Dispatch(ImmutableArray<Delivery> messages)
    {
        var targets = new Dictionary<string, List<Delivery>>(StringComparer.Ordinal);
        foreach (var delivery in messages)
        {
            foreach (var channel in channels)
            {
                foreach (var target in await channel.TargetsOf(delivery.Message))
                {
                    if (!targets.TryGetValue(target, out var some)) targets[target] = some = [];
                    some.Add(channel.KeepsHours ? delivery : delivery with { NotBefore = default });
                }
            }
        }

        await Task.WhenAll(targets.Select(t => GrainFactory.GetGrain<IDeliveriesGrain>(t.Key).Add([.. t.Value])));
    }
}
