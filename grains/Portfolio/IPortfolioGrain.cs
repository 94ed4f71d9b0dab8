using System.Collections.Immutable;
using Agency.People;
using Agency.Projects;
using Orleans.Concurrency;

namespace Agency.Portfolio;

/// <summary>All projects at a glance. Any activation answers the same.</summary>
[Alias("agency.portfolio"), GrainInterfaceType("agency.portfolio")]
public interface IPortfolioGrain : IGrainWithIntegerKey
{
    /// <summary>The projects that fit <paramref name="query"/> and that <paramref name="actor"/> may see.</summary>
    [Alias("find"), ReadOnly]
    Task<PortfolioPage> Find(PortfolioQuery query, Actor actor, CancellationToken cancellationToken = default);
}

/// <summary>Which projects, in which order.</summary>
/// <param name="State">Only those in this state; null: all. So with each of the next.</param>
/// <param name="Text">Part of the code, the name or the owner's name.</param>
/// <param name="Sort">What they are sorted by, the first first; ties by code.</param>
/// <param name="After">The sort keys and code of the last one seen; empty: from the start.</param>
/// <param name="Limit">The most to answer.</param>
[GenerateSerializer, Immutable, Alias("agency.portfolio-query")]
public sealed record PortfolioQuery(
    [property: Id(0)] ProjectStatus? State,
    [property: Id(1)] string? Flow,
    [property: Id(2)] string? District,
    [property: Id(3)] string? Text,
    [property: Id(4)] ImmutableArray<PortfolioSort> Sort,
    [property: Id(5)] ImmutableArray<string> After,
    [property: Id(6)] int Limit);

[GenerateSerializer, Immutable, Alias("agency.portfolio-sort")]
public readonly record struct PortfolioSort([property: Id(0)] PortfolioKey Key, [property: Id(1)] bool Descending);

public enum PortfolioKey
{
    Code,
    Name,
    RegisteredOn,
}

/// <summary>Some of the projects that fit a query.</summary>
/// <param name="Next">What to ask <see cref="PortfolioQuery.After"/> for the ones behind; empty: there are none.</param>
/// <param name="Total">How many fit in all.</param>
[GenerateSerializer, Immutable, Alias("agency.portfolio-page")]
public sealed record PortfolioPage(
    [property: Id(0)] ImmutableArray<ProjectSummary> Items,
    [property: Id(1)] ImmutableArray<string> Next,
    [property: Id(2)] int Total);
