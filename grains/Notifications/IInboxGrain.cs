using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Notifications;

/// <summary>What one recipient was told. Key: the recipient as <see cref="Recipient.ToString"/> writes it.</summary>
[Alias("agency.inbox"), GrainInterfaceType("agency.inbox")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Days for which a notification is kept after the day on which it was due to be told.</summary>
    const int KeptDays = 180;

    /// <summary>Tells what has not been told yet: stored once by its id, whoever tells it again; what is urgent is handed to the channels before
    /// it is stored, all else comes with the morning digest. What was due more than <see cref="KeptDays"/> ago is dropped: it may have been told
    /// and purged. Durable when it returns; after an exception tell all of it again.</summary>
    /// <returns>How many were new.</returns>
    [Alias("tell")]
    Task<int> Tell(ImmutableArray<Notice> notices);

    /// <summary>What it was told, the newest first; answered while others wait.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<InboxPage> List(InboxQuery query, CancellationToken cancellationToken = default);

    /// <summary>Marks one as read; the same again is already so. Refusals <c>notification-not-found</c>, <c>version-mismatch</c> (version 1: unread; 2: read).</summary>
    [Alias("read")]
    Task<Answer<Notification>> Read(string id, Act act);

    /// <summary>Makes the morning digest of a day, of what is unread, in no digest and not urgent. What a digest holds is stored before it is
    /// handed to the channels: made again, it is the same under the same id, and what was told since waits for the next day's. One of an earlier
    /// day that was not handed over is first.</summary>
    /// <returns>How many notices the digest of this day has; 0: there is none.</returns>
    [Alias("digest")]
    Task<int> Digest(DateOnly day);

    /// <summary>Deletes what was due to be told before a day.</summary>
    /// <returns>How many.</returns>
    [Alias("purge")]
    Task<int> Purge(DateOnly before);
}

/// <summary>Something that was told.</summary>
/// <param name="At">When it was told.</param>
/// <param name="Late">Whether that was after the day it was due to be told.</param>
/// <param name="ReadAt">Null while unread.</param>
/// <param name="ReadBy">Opaque id of who marked it.</param>
/// <param name="ReadCommand">Id of the command that marked it.</param>
[GenerateSerializer, Immutable, Alias("agency.notification")]
public sealed record Notification(
    [property: Id(0)] Notice Notice,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] bool Late,
    [property: Id(3)] DateTimeOffset? ReadAt = null,
    [property: Id(4)] string? ReadBy = null,
    [property: Id(5)] string? ReadCommand = null);

/// <summary>The place of a notification in lists.</summary>
/// <param name="At">When it was told.</param>
/// <param name="Id">Id of its notice.</param>
[GenerateSerializer, Immutable, Alias("agency.inbox-place")]
public sealed record InboxPlace([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Id)
{
    /// <summary>The order of lists: what was told last is first.</summary>
    public static Comparer<InboxPlace> NewestFirst { get; } = Comparer<InboxPlace>.Create((a, b) => b.At.CompareTo(a.At) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));

    public static InboxPlace Of(Notification notification) => new(notification.At, notification.Notice.Id);
}

/// <summary>Which ones. A filter that is null means all.</summary>
/// <param name="After">The place of the last one seen; null: from the newest.</param>
[GenerateSerializer, Immutable, Alias("agency.inbox-query")]
public sealed record InboxQuery(
    [property: Id(0)] bool? Unread, [property: Id(1)] string? Rule, [property: Id(2)] string? SubjectId, [property: Id(3)] InboxPlace? After, [property: Id(4)] int Limit);

/// <summary>A page of an inbox.</summary>
/// <param name="More">Whether others come after the last one.</param>
/// <param name="Total">How many fit in all.</param>
/// <param name="Unread">How many are unread, whatever the filters.</param>
[GenerateSerializer, Immutable, Alias("agency.inbox-page")]
public sealed record InboxPage([property: Id(0)] ImmutableArray<Notification> Items, [property: Id(1)] bool More, [property: Id(2)] int Total, [property: Id(3)] int Unread);
