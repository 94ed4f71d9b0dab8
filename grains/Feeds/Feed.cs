using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Feeds;

/// <summary>What a feed shows.</summary>
public enum FeedKind
{
    /// <summary>What an agent has to do, and the sessions that it sees; a manager's or a clerk's.</summary>
    Agent,

    /// <summary>The sessions that one sees.</summary>
    Sessions,

    /// <summary>What a department has to do, and the sessions that it sees; a department's.</summary>
    Department,
}

/// <summary>A calendar feed; the token is told once, when it is made.</summary>
/// <param name="Person">Opaque id of whose it is.</param>
[GenerateSerializer, Immutable, Alias("agency.feed-view")]
public sealed record FeedView([property: Id(0)] string Id, [property: Id(1)] FeedKind Kind, [property: Id(2)] string Person, [property: Id(3)] DateTimeOffset MadeAt);

/// <summary>A feed that has just been made.</summary>
/// <param name="Token">Whoever has it reads the feed: 32 random bytes in base64url. Nowhere kept but as a hash.</param>
[GenerateSerializer, Immutable, Alias("agency.made-feed")]
public sealed record MadeFeed([property: Id(0)] FeedView Feed, [property: Id(1)] string Token);

/// <summary>A feed's iCalendar object.</summary>
/// <param name="Text">Null where something of it could not be read now: a calendar program would take what is missing for done.</param>
[GenerateSerializer, Immutable, Alias("agency.feed-text")]
public sealed record FeedText([property: Id(0)] string? Text);

/// <summary>Calendar feeds (RFC 5545) of persons. Any activation answers the same; the key is <see cref="Key"/>.</summary>
/// <remarks>A feed shows what the person may see when it is read, as what the person was when it was made.</remarks>
[Alias("agency.feeds"), GrainInterfaceType("agency.feeds")]
public interface IFeedsGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>Makes a feed of one's own. The same command again gives it another token, and the one before is void: it never arrived.</summary>
    /// <param name="language">Of its words: <c>zh-CN</c> or <c>en</c>.</param>
    /// <returns>The feed; refusals <c>feed-kind-not-yours</c>, <c>too-many-feeds</c>.</returns>
    [Alias("make")]
    Task<Answer<MadeFeed>> Make(FeedKind kind, string language, Act act);

    /// <summary>The actor's own, or everybody's if the actor is not held to its own; the oldest first.</summary>
    [Alias("list"), ReadOnly]
    Task<ImmutableArray<FeedView>> List(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Ends one of those that <see cref="List"/> shows: its token opens nothing more. Refusal <c>feed-not-found</c>.</summary>
    [Alias("revoke")]
    Task<Refusal?> Revoke(string id, Actor actor);

    /// <summary>What a token opens; null if nothing, or nothing any more.</summary>
    [Alias("read"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<FeedText?> Read(string token, CancellationToken cancellationToken = default);
}
