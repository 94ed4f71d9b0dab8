using Agency.EventSourcing;
using Agency.Schedules;

namespace Agency.Notifications;

/// <summary>Deletes notifications <see cref="IInboxGrain.KeptDays"/> days after they were due to be told.</summary>
public sealed class RetentionJob(IRowStore rows) : IScheduledJob
{
    public string Name => "retention";

    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var before = ShanghaiTime.DayOf(due).AddDays(-IInboxGrain.KeptDays);
        var (_, deleted) = await rows.Each(InboxRows.ByDay, $"{before:yyyy-MM-dd}", Purge, cancellationToken);
        return new Dictionary<string, long> { ["notifications"] = deleted };

        async Task<int> Purge(string key)
        {
            // The inbox has made another index row for what it keeps, or is empty.
            var purged = await grains.GetGrain<IInboxGrain>(InboxRows.RecipientOf(key)).Purge(before);
            await rows.Delete(new(InboxRows.ByDay, key), cancellationToken: CancellationToken.None);
            return purged;
        }
    }
}
