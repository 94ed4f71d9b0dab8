using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agency.Notifications;
using Microsoft.Extensions.Logging;

namespace Agency.Reminders;

/// <summary>Tells recipients what was decided for them, each in few calls.</summary>
internal static partial class Telling
{
    // Of one call: an inbox stores them as rows.
    private const int AtOnce = 100;
    private const int Inboxes = 16;

    /// <summary>Tells it all, whatever fails.</summary>
    /// <returns>How many notices were new, and the recipients that may not have been told of all.</returns>
    public static async Task<(long Told, IReadOnlySet<Recipient> Failed)> Tell(IEnumerable<(Recipient To, Notice Notice)> notices, IGrainFactory grains, ILogger logger, CancellationToken cancellationToken)
    {
        var (told, failed) = (0L, new ConcurrentDictionary<Recipient, bool>());
        var parts = notices.GroupBy(n => n.To, n => n.Notice).SelectMany(inbox => inbox.Chunk(AtOnce).Select(some => (To: inbox.Key, Notices: some.ToImmutableArray())));
        foreach (var some in parts.Chunk(Inboxes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var count in await Task.WhenAll(some.Select(p => Tell(p.To, p.Notices)))) told += count;
        }

        return (told, failed.Keys.ToHashSet());

        async Task<int> Tell(Recipient to, ImmutableArray<Notice> some)
        {
            try
            {
                return await grains.GetGrain<IInboxGrain>(to.ToString()).Tell(some);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogUntold(logger, e, to.Kind);
                failed[to] = true;
                return 0;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An inbox of kind {Kind} could not be told; the next sweep tries again.")]
    private static partial void LogUntold(ILogger logger, Exception exception, RecipientKind kind);
}
