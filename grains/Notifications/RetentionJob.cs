using Agency.EventSourcing;
using Agency.Schedules;

namespace Agency.Notifications;

/// <summary>Deletes notifications <see cref="IInboxGrain.KeptDays"/> days after they were due to be told, and deliveries that have been kept long enough.</summary>
public sealed class RetentionJob(IRowStore rows) : IScheduledJob
{
    public string Name => "retention";

    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var before = ShanghaiTime.DayOf(due).AddDays(-IInboxGrain.KeptDays);
        var notifications = rows.Each(InboxRows.ByDay, $"{before:yyyy-MM-dd}", Purge, cancellationToken);
        var deliveries = rows.Each(DeliveryRows.Targets, null, target => grains.GetGrain<IDeliveriesGrain>(target).Purge(), cancellationToken);

        // The one is done though the other fails.
        await Task.WhenAll(notifications, deliveries);
        return new Dictionary<string, long> { ["notifications"] = (await notifications).Done, ["deliveries"] = (await deliveries).Done };

        async Task<int> Purge(string key)
        {
            // The inbox has made another index row for what it keeps, or is empty.
            var purged = await grains.GetGrain<IInboxGrain>(InboxRows.RecipientOf(key)).Purge(before);
            await rows.Delete(new(InboxRows.ByDay, key), cancellationToken: CancellationToken.None);
            return purged;
        }
    }
}
