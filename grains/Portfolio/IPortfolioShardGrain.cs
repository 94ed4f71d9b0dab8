using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Reminders;
using Orleans.Concurrency;

namespace Agency.Portfolio;

/// <summary>The projects of one shard of the store, in memory. Key: the shard's number.</summary>
/// <remarks>It is told of every commit and, for what it was not told, reads the shard's markers: when it is activated, when a silo is
/// lost, and once a minute. A summary counts only if its version is higher.</remarks>
[Alias("agency.portfolio-shard"), GrainInterfaceType("agency.portfolio-shard")]
public interface IPortfolioShardGrain : IGrainWithIntegerKey
{
    /// <summary>A project's stream has grown. May be lost: the commit's marker says it, too.</summary>
    /// <param name="settled">The commit's marker, if all that follows from it elsewhere is done.</param>
    [Alias("committed"), OneWay, AlwaysInterleave]
    Task Committed(VersionedSummary summary, Marker? settled);

    /// <summary>Reads the markers, and takes in what they stand for.</summary>
    [Alias("heal")]
    Task Heal();

    /// <summary>Has projects record what has become due in them by a rule, at any hour; in working hours reminds of what stands (domain 12). What fails is tried again by the next sweep.</summary>
    /// <param name="substitutes">Who stands in today for an agent on leave.</param>
    [Alias("remind"), ResponseTimeout("00:10:00")]
    Task<SweepCounts> Remind(ImmutableDictionary<string, string> substitutes, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IPortfolioGrain.Find"/>
    [Alias("find"), AlwaysInterleave]
    Task<ShardPage> Find(PortfolioQuery query, Sight sight);

    /// <inheritdoc cref="IPortfolioGrain.SeenOf"/>
    [Alias("seen-of"), AlwaysInterleave]
    Task<ImmutableArray<string>> SeenOf(ImmutableArray<string> codes, Sight sight);

    /// <inheritdoc cref="IPortfolioGrain.Overview"/>
    [Alias("overview"), AlwaysInterleave]
    Task<PortfolioOverview> Overview(Sight sight);

    /// <inheritdoc cref="IPortfolioGrain.Trend"/>
    [Alias("trend"), AlwaysInterleave]
    Task<ImmutableArray<TrendGroup>> Trend(Dimension? by, Sight sight);

    /// <summary>The rounds of some departments that ended within some days, by department and item.</summary>
    /// <param name="items">Codes of the items that are asked about; null: all.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    [Alias("ended-rounds"), AlwaysInterleave]
    Task<ImmutableArray<RoundFigures>> EndedRounds(ImmutableArray<string> departments, ImmutableArray<string>? items, DateOnly from, DateOnly to);

    /// <inheritdoc cref="IPortfolioGrain.AgendaCandidates"/>
    [Alias("agenda-candidates"), AlwaysInterleave]
    Task<ImmutableArray<AgendaCandidate>> AgendaCandidates(DateOnly newSince, DateOnly quietSince, int limit);

    /// <inheritdoc cref="IPortfolioGrain.Impact"/>
    [Alias("impact"), AlwaysInterleave]
    Task<ImpactPage> Impact(ImpactQuery query, Sight sight);
}

/// <summary>The first projects of a shard that fit a query, in order, one more than were asked for if there are more.</summary>
[GenerateSerializer, Immutable, Alias("agency.shard-page")]
public sealed record ShardPage([property: Id(0)] ImmutableArray<PlacedListing> Items, [property: Id(1)] int Total)
{
    /// <inheritdoc cref="PortfolioPage.Unsettled"/>
    [Id(2)]
    public ImmutableArray<string> Unsettled { get; init; } = [];
}

/// <summary>A project with what it is sorted by.</summary>
[GenerateSerializer, Immutable, Alias("agency.placed-listing")]
public readonly record struct PlacedListing([property: Id(2)] ImmutableArray<SortValue> Values, [property: Id(1)] PortfolioListing Listing);
