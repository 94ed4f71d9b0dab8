using System.Collections.Immutable;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Readings;

/// <summary>Who has read what by special right 调阅记录: persons unmasked, a project's record by the supervisor. Any activation answers the
/// same; the key is <see cref="Key"/>.</summary>
[Alias("agency.readings"), GrainInterfaceType("agency.readings")]
public interface IReadingsGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>Writes a reading down; durable when it returns.</summary>
    /// <param name="route">What was asked, by its name in the access table.</param>
    /// <param name="subject">Id or code of what was read; null for several.</param>
    [Alias("record")]
    Task Record(string route, string? subject, Actor actor);

    /// <summary>The readings that fit, the newest first.</summary>
    [Alias("find"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ReadingPage> Find(ReadingQuery query, CancellationToken cancellationToken = default);
}

/// <summary>Somebody was given something to read.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Opaque id of who read.</param>
/// <param name="Role">What the person came as.</param>
/// <param name="Route">What was asked, by its name in the table of roles: <c>GET /api/v1/persons/{id}</c>.</param>
/// <param name="Subject">Id of the person or code of the project; null for several.</param>
[GenerateSerializer, Immutable, Alias("agency.reading")]
public sealed record Reading(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Actor,
    [property: Id(2)] Role Role,
    [property: Id(3)] string Route,
    [property: Id(4)] string? Subject);

/// <summary>Which readings are asked for.</summary>
/// <param name="Subject">Those of this; null: of all.</param>
/// <param name="Actor">Those by this person; null: by all.</param>
/// <param name="From">First day, in Asia/Shanghai.</param>
/// <param name="To">Last day.</param>
/// <param name="After">Those behind the page that ended with this place.</param>
/// <param name="Limit">How many at most.</param>
[GenerateSerializer, Immutable, Alias("agency.reading-query")]
public sealed record ReadingQuery(
    [property: Id(0)] string? Subject,
    [property: Id(1)] string? Actor,
    [property: Id(2)] DateOnly From,
    [property: Id(3)] DateOnly To,
    [property: Id(4)] string? After,
    [property: Id(5)] int Limit);

/// <summary>One page of readings.</summary>
/// <param name="Next">The place of the last one; null on the last page.</param>
/// <param name="Total">How many fit in all.</param>
[GenerateSerializer, Immutable, Alias("agency.reading-page")]
public sealed record ReadingPage([property: Id(0)] ImmutableArray<Reading> Items, [property: Id(1)] string? Next, [property: Id(2)] long Total);
