using System.Collections.Immutable;
using Agency.Clocks;
using Agency.People;
using Agency.Projects;
using Orleans.Concurrency;

namespace Agency.Portfolio;

/// <summary>All projects at a glance: asks every shard, and puts their answers together. Any activation answers the same.</summary>
[Alias("agency.portfolio"), GrainInterfaceType("agency.portfolio")]
public interface IPortfolioGrain : IGrainWithIntegerKey
{
    /// <summary>The projects that fit <paramref name="query"/> and that <paramref name="actor"/> may see.</summary>
    [Alias("find"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<PortfolioPage> Find(PortfolioQuery query, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Those of some projects that <paramref name="actor"/> may see; asks for these alone, however many there are.</summary>
    [Alias("seen-of"), ReadOnly]
    Task<ImmutableHashSet<string>> SeenOf(ImmutableHashSet<string> codes, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>How many projects there are, and how they stand, by each dimension.</summary>
    [Alias("overview"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<PortfolioOverview> Overview(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>What was registered and completed month by month, for each group of a dimension; null: all in one.</summary>
    [Alias("trend"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<TrendGroup>> Trend(Dimension? by, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>How a department has handled its items: its rounds that ended from a day to a day, both included.</summary>
    [Alias("performance"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<PerformanceView> Performance(string department, DateOnly from, DateOnly to, CancellationToken cancellationToken = default);

    /// <summary>The days that departments really took: the medians over the rounds that they decided in the 24 months up to a day, for each
    /// of some items of which there are enough (<see cref="TakenDays.FewestRounds"/>).</summary>
    [Alias("medians"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<TakenDays>> Medians(ImmutableArray<string> departments, ImmutableArray<string> items, DateOnly asOf, CancellationToken cancellationToken = default);

    /// <summary>The projects that an agenda may have to speak of: overdue, with a problem at the level of joint reviews, new, or not heard of for long;
    /// for each of these reasons those that have it most.</summary>
    /// <param name="newSince">Registered on this day or later a project is new.</param>
    /// <param name="quietSince">Not heard of after this day it may be without progress.</param>
    /// <param name="limit">The most for each reason.</param>
    [Alias("agenda-candidates"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<AgendaCandidate>> AgendaCandidates(DateOnly newSince, DateOnly quietSince, int limit, CancellationToken cancellationToken = default);

    /// <summary>The deadlines of running clocks, today, that differ between two versions of the calendar; a department sees those of its items.</summary>
    [Alias("impact"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ImpactPage> Impact(ImpactQuery query, Actor actor, CancellationToken cancellationToken = default);
}

/// <summary>Which projects, in which order. A filter that is null means all.</summary>
/// <param name="Department">Leads the project, or has an item of it ready, under way or to deliver.</param>
/// <param name="Text">Part of the code, the name or the owner's name.</param>
/// <param name="RegisteredFrom">First day of registration.</param>
/// <param name="RegisteredTo">Last day of registration.</param>
/// <param name="Manager">Manages the project, or did when it ended.</param>
/// <param name="Agent">Manages the project, or is a clerk of it.</param>
/// <param name="Past">Also where a round of the department has ended, and where the agent was a clerk to the end.</param>
[GenerateSerializer, Immutable, Alias("agency.portfolio-query")]
public sealed record PortfolioQuery(
    [property: Id(0)] ProjectStatus? State = null,
    [property: Id(1)] string? Flow = null,
    [property: Id(2)] string? District = null,
    [property: Id(3)] string? Text = null,
    [property: Id(7)] string? Stage = null,
    [property: Id(8)] Light? Light = null,
    [property: Id(9)] string? Department = null,
    [property: Id(10)] string? Owner = null,
    [property: Id(11)] string? Cluster = null,
    [property: Id(12)] KeyLevel? KeyLevel = null,
    [property: Id(13)] DateOnly? RegisteredFrom = null,
    [property: Id(14)] DateOnly? RegisteredTo = null,
    [property: Id(15)] string? Manager = null,
    [property: Id(16)] string? Agent = null,
    [property: Id(17)] bool Past = false)
{
    /// <summary>What they are sorted by, the first first; ties by code.</summary>
    [Id(4)]
    public ImmutableArray<PortfolioSort> Sort { get; init; } = [];

    /// <summary><see cref="PortfolioPage.Next"/> of the page before; empty: from the start.</summary>
    [Id(5)]
    public ImmutableArray<string> After { get; init; } = [];

    /// <summary>The most to answer.</summary>
    [Id(6)]
    public int Limit { get; init; } = 50;
}

[GenerateSerializer, Immutable, Alias("agency.portfolio-sort")]
public readonly record struct PortfolioSort([property: Id(0)] PortfolioKey Key, [property: Id(1)] bool Descending);

public enum PortfolioKey
{
    Code,
    Name,
    RegisteredOn,
    OwnerName,
    Stage,
    Light,

    /// <summary>The soonest due date of its running clocks; projects without one come last.</summary>
    DueDate,
    ApprovalDays,
    Investment,
    CompletedOn,
}

/// <summary>Some of the projects that fit a query.</summary>
/// <param name="Next">What to ask <see cref="PortfolioQuery.After"/> for the ones behind; empty: there are none.</param>
/// <param name="Total">How many fit in all.</param>
[GenerateSerializer, Immutable, Alias("agency.portfolio-page")]
public sealed record PortfolioPage(
    [property: Id(0)] ImmutableArray<PortfolioListing> Items,
    [property: Id(1)] ImmutableArray<string> Next,
    [property: Id(2)] int Total)
{
    /// <summary>Codes of what could not be taken in when it was last tried, whether it fits or not: it is missing, or an older state of it is here.</summary>
    [Id(3)]
    public ImmutableArray<string> Unsettled { get; init; } = [];
}

/// <summary>A project and how it stands today.</summary>
/// <param name="DueDate">The soonest due date of its running clocks.</param>
/// <param name="DueItem">The item whose it is; null for a stage's or the total.</param>
/// <param name="ApprovalDays">Approval days 审批用时 so far.</param>
[GenerateSerializer, Immutable, Alias("agency.portfolio-listing")]
public sealed record PortfolioListing(
    [property: Id(0)] ProjectSummary Project,
    [property: Id(1)] Light Light,
    [property: Id(2)] DateOnly? DueDate,
    [property: Id(3)] string? DueItem,
    [property: Id(4)] int ApprovalDays);

/// <summary>What projects can be grouped by.</summary>
public enum Dimension
{
    State,
    Stage,
    Light,
    District,
    Cluster,
    Flow,
    KeyLevel,
    LeadDepartment,
    Manager,
}

/// <summary>How many projects there are, and how they stand.</summary>
[GenerateSerializer, Immutable, Alias("agency.portfolio-overview")]
public sealed record PortfolioOverview([property: Id(0)] int Total, [property: Id(1)] ImmutableSortedDictionary<Dimension, ImmutableArray<OverviewGroup>> By);

/// <summary>The projects of one group.</summary>
/// <param name="Key">Its code or name; null for those that have none.</param>
/// <param name="Red">Those of them with a red light.</param>
/// <param name="Yellow">Those of them with a yellow light.</param>
[GenerateSerializer, Immutable, Alias("agency.overview-group")]
public sealed record OverviewGroup([property: Id(0)] string? Key, [property: Id(1)] int Projects, [property: Id(2)] int Red, [property: Id(3)] int Yellow);

/// <summary>A group's months, in order.</summary>
[GenerateSerializer, Immutable, Alias("agency.trend-group")]
public sealed record TrendGroup([property: Id(0)] string? Key, [property: Id(1)] ImmutableArray<TrendMonth> Months);

/// <summary>What happened in a month; sums, so that groups and shards add up.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Registered">Projects registered.</param>
/// <param name="Completed">Projects completed.</param>
/// <param name="OnTime">Those of the completed whose approval days are within their limit.</param>
/// <param name="ApprovalDays">Approval days of the completed, together.</param>
/// <param name="SpanDays">Calendar days of the span of the completed, together.</param>
/// <param name="BackFilled">Entries of the completed that were recorded late.</param>
/// <param name="Entries">Entries of the completed.</param>
[GenerateSerializer, Immutable, Alias("agency.trend-month")]
public sealed record TrendMonth(
    [property: Id(0)] DateOnly Month,
    [property: Id(1)] int Registered,
    [property: Id(2)] int Completed,
    [property: Id(3)] int OnTime,
    [property: Id(4)] int ApprovalDays,
    [property: Id(5)] int SpanDays,
    [property: Id(6)] int BackFilled,
    [property: Id(7)] int Entries);
