using Agency.EventSourcing;
using Agency.Schedules;

namespace Agency.Silo.Storage;

/// <summary>Deletes idempotency records once they have expired.</summary>
internal sealed class ExpiredKeys(IEventStore store) : IScheduledJob
{
    public string Name => "keys";

    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken) =>
        new Dictionary<string, long> { ["deleted"] = await store.DeleteExpiredKeys(due, cancellationToken) };
}
