using System.Collections.Immutable;
using Agency.Api.Http;
using Agency.Clocks;
using Agency.Portfolio;
using Agency.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Portfolio;

/// <summary>All projects at a glance: listed, counted, and month by month.</summary>
internal static class PortfolioApi
{
    private static readonly ImmutableDictionary<string, PortfolioKey> _sortable = Enum.GetValues<PortfolioKey>().ToImmutableDictionary(k => EnumNames.Of(k), StringComparer.Ordinal);

    public static void MapPortfolio(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects", List).WithTags("Projects").WithName("ListProjects").WithSummary($"The projects that fit every filter, sorted by {string.Join(", ", _sortable.Keys.Order(StringComparer.Ordinal))}.");
        var group = routes.MapGroup("/statistics").WithTags("Statistics");
        group.MapGet("/overview", Overview).WithName("ViewOverview").WithSummary("How many projects there are, and how they stand, by state, stage, light, district, cluster, flow, key level and lead department.");
        group.MapGet("/trend", Trend).WithName("ViewTrend").WithSummary("What was registered and completed month by month, in all or by a dimension.");
    }

    private static async Task<Ok<Page<ProjectListing>>> List(
        [AsParameters] PortfolioFilters filters,
        [AsParameters] ListQuery list,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var query = filters.ToQuery() with
        {
            Sort = [.. list.SortBy([.. _sortable.Keys]).Select(s => new PortfolioSort(_sortable[s.Name], s.Descending))],
            After = [.. list.After<string[]>() ?? []],
            Limit = list.Size,
        };
        var page = await grains.GetGrain<IPortfolioGrain>(0).Find(query, person.Actor, cancellationToken);
        return TypedResults.Ok(new Page<ProjectListing>([.. page.Items.Select(ProjectListing.Of)], page.Next.IsEmpty ? null : list.CursorAfter(page.Next.ToArray()), page.Total));
    }

    private static async Task<Ok<OverviewAnswer>> Overview(ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(OverviewAnswer.Of(await grains.GetGrain<IPortfolioGrain>(0).Overview(person.Actor, cancellationToken)));

    private static async Task<Ok<TrendAnswer>> Trend(Dimension? by, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(TrendAnswer.Of(by, await grains.GetGrain<IPortfolioGrain>(0).Trend(by, person.Actor, cancellationToken)));
}

/// <summary>Which projects a list shows; bound with <c>[AsParameters]</c>.</summary>
/// <param name="State">Those in this state.</param>
/// <param name="Stage">Those whose current stage this is.</param>
/// <param name="Light">Those with this light today.</param>
/// <param name="District">Code of their district.</param>
/// <param name="Department">Code of a department that leads them or has an item of theirs ready, under way or to deliver.</param>
/// <param name="Owner">Credit code of their owner.</param>
/// <param name="Cluster">Code of their industrial cluster.</param>
/// <param name="KeyLevel">Those of this level.</param>
/// <param name="Flow">Code of their flow.</param>
/// <param name="Q">Part of their name, their owner's name or their code.</param>
/// <param name="RegisteredFrom">Those registered on this day or later.</param>
/// <param name="RegisteredTo">Those registered on this day or earlier.</param>
/// <param name="Manager">Id of their manager; once they are completed or terminated, of the last one.</param>
/// <param name="Agent">Id of their manager or of one of their clerks.</param>
public sealed record PortfolioFilters(
    [property: FromQuery(Name = "state")] ProjectStatus? State,
    [property: FromQuery(Name = "stage")] string? Stage,
    [property: FromQuery(Name = "light")] Light? Light,
    [property: FromQuery(Name = "district")] string? District,
    [property: FromQuery(Name = "department")] string? Department,
    [property: FromQuery(Name = "owner")] string? Owner,
    [property: FromQuery(Name = "cluster")] string? Cluster,
    [property: FromQuery(Name = "keyLevel")] KeyLevel? KeyLevel,
    [property: FromQuery(Name = "flow")] string? Flow,
    [property: FromQuery(Name = "q")] string? Q,
    [property: FromQuery(Name = "registeredFrom")] DateOnly? RegisteredFrom,
    [property: FromQuery(Name = "registeredTo")] DateOnly? RegisteredTo,
    [property: FromQuery(Name = "manager")] string? Manager,
    [property: FromQuery(Name = "agent")] string? Agent)
{
    internal PortfolioQuery ToQuery() => new(State, Flow, District, Q, Stage, Light, Department, Owner, Cluster, KeyLevel, RegisteredFrom, RegisteredTo, Manager, Agent);
}
