using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Notifications;

/// <summary>What one recipient was told. Key: the recipient as <see cref="Recipient.ToString"/> writes it.</summary>
[Alias("agency.inbox"), GrainInterfaceType("agency.inbox")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Tells what has not been told yet: stored once by its id, whoever tells it again; handed to the channels before it is stored. Durable when it returns.</summary>
    /// <returns>How many were new.</returns>
    [Alias("tell")]
    Task<int> Tell(ImmutableArray<Notice> notices);

    /// <summary>What it was told, the newest first.</summary>
    [Alias("list"), ReadOnly]
    Task<InboxPage> List(InboxQuery query, CancellationToken cancellationToken = default);

    /// <summary>Marks one as read; the same again is already so. Refusal <c>notification-not-found</c>.</summary>
    [Alias("read")]
    Task<Answer<Notification>> Read(string id, Act act);

    /// <summary>Makes the morning digest of a day, of what was told since the last one and is unread; null if there is nothing. The same day again makes the same.</summary>
    [Alias("digest")]
    Task<int> Digest(DateOnly day);

    /// <summary>Deletes what was told before an instant.</summary>
    [Alias("purge")]
    Task<int> Purge(DateTimeOffset before);
}

/// <summary>Something that was told.</summary>
/// <param name="At">When it was decided.</param>
/// <param name="Late">Whether that was after the day it was due to be told.</param>
/// <param name="ReadAt">Null while unread.</param>
/// <param name="ReadBy">Opaque id of who marked it.</param>
[GenerateSerializer, Immutable, Alias("agency.notification")]
public sealed record Notification(
    [property: Id(0)] Notice Notice,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] bool Late,
    [property: Id(3)] DateTimeOffset? ReadAt = null,
    [property: Id(4)] string? ReadBy = null);

/// <summary>Which ones. A filter that is null means all.</summary>
/// <param name="After">Id of the last one seen; null: from the newest.</param>
[GenerateSerializer, Immutable, Alias("agency.inbox-query")]
public sealed record InboxQuery([property: Id(0)] bool? Unread, [property: Id(1)] string? Rule, [property: Id(2)] string? SubjectId, [property: Id(3)] string? After, [property: Id(4)] int Limit);

/// <summary>A page of an inbox.</summary>
[GenerateSerializer, Immutable, Alias("agency.inbox-page")]
public sealed record InboxPage([property: Id(0)] ImmutableArray<Notification> Items, [property: Id(1)] bool More, [property: Id(2)] int Total, [property: Id(3)] int Unread);
