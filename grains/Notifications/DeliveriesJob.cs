using Agency.EventSourcing;
using Agency.Schedules;

namespace Agency.Notifications;

/// <summary>Wakes every target that has deliveries: what is pending waits for nobody to look after a restart.</summary>
public sealed class DeliveriesJob(IRowStore rows) : IScheduledJob
{
    public string Name => "deliveries";

    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var (_, pending) = await rows.Each(DeliveryRows.Targets, null, target => grains.GetGrain<IDeliveriesGrain>(target).Wake(), cancellationToken);
        return new Dictionary<string, long> { ["pending"] = pending };
    }
}
