using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Clocks;
using Agency.EventSourcing;
using Agency.Portfolio;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Calendar;

/// <summary>What another version of the calendar changes.</summary>
internal static class CalendarImpact
{
    public static void MapCalendarImpact(this IEndpointRouteBuilder routes) => routes.MapGet("/calendar/impact", List)
        .WithTags("Calendar")
        .WithName("ListCalendarImpact")
        .WithSummary("The deadlines of running clocks that differ between two calendar versions, to being the current one unless said otherwise, by project. A department sees those of its items.");

    private static async Task<Ok<Page<MovedDeadlineView>>> List(
        int from, int? to, [AsParameters] ListQuery list, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken)
    {
        list.SortBy();
        var versions = await grains.Calendar().Versions();
        var other = to ?? versions[^1].Version;
        foreach (var (name, version) in ((string, int)[])[("from", from), ("to", other)])
        {
            if (!versions.Any(v => v.Version == version)) throw RequestRefusedException.At(name, Refusal.Of("unknown-calendar-version", ("version", version)));
        }

        var page = await grains.GetGrain<IPortfolioGrain>(0).Impact(new(from, other, list.After<DeadlinePlace>(), list.Size), person.Actor, cancellationToken);
        return TypedResults.Ok(new Page<MovedDeadlineView>([.. page.Items.Select(MovedDeadlineView.Of)], page.HasMore ? list.CursorAfter(page.Items[^1].Of) : null, page.Total));
    }
}

/// <summary>A deadline that differs.</summary>
/// <param name="Project">Code of the project.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scope">Whether it is an item's, a stage's or the project's total.</param>
/// <param name="Code">Code of the item or the stage; null for the total.</param>
/// <param name="Department">Code of the item's department; null for a stage's or the total.</param>
/// <param name="DueFrom">The last day in time by the version <c>from</c>.</param>
/// <param name="DueTo">The last day in time by the version <c>to</c>.</param>
public sealed record MovedDeadlineView(string Project, string Name, ClockScope Scope, string? Code, string? Department, DateOnly DueFrom, DateOnly DueTo)
{
    internal static MovedDeadlineView Of(MovedDeadline d) => new(d.Of.Project, d.Name, d.Of.Scope, d.Of.Scope == ClockScope.Total ? null : d.Of.Code, d.Department, d.DueFrom, d.DueTo);
}
