using Agency.EventSourcing;
using Agency.Schedules;

namespace Agency.Notifications;

/// <summary>Wakes every target that has deliveries: what is pending waits for nobody to look after a restart.</summary>
public sealed class DeliveriesJob(IRowStore rows) : IScheduledJob
{
    public string Name => "deliveries";

    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var (pending, purged) = (0L, 0L);
        for (string? after = null; ;)
        {
            var page = await rows.List(DeliveryRows.Targets, after, cancellationToken: cancellationToken);
            foreach (var target in page)
            {
                var woken = await grains.GetGrain<IDeliveriesGrain>(target.Key).Wake();
                (pending, purged) = (pending + woken.Pending, purged + woken.Purged);
            }

            if (page.Count < IRowStore.MaxPage) return new Dictionary<string, long> { ["pending"] = pending, ["purged"] = purged };
            after = page[^1].Key;
        }
    }
}
