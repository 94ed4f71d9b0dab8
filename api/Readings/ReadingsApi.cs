using System.ComponentModel;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Readings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Readings;

/// <summary>Who has read what by special right 调阅记录.</summary>
internal static class ReadingsApi
{
    private const int Days = 30;

    // Each page counts them all.
    private const int MostDays = 366;

    public static void MapReadings(this IEndpointRouteBuilder routes) => routes.MapGet("/readings", List)
        .WithTags("Readings")
        .WithName("ListReadings")
        .WithSummary("Who has read what by special right, from a day to a day, both included, the last 30 days unless said otherwise and at most 366; the newest first.");

    private static async Task<Results<Ok<Page<Reading>>, Refused>> List(
        [Description("Id or code of what was read.")] string? subject,
        [Description("Id of who read.")] string? actor,
        DateOnly? from,
        DateOnly? to,
        [AsParameters] ListQuery list,
        TimeProvider clock,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        list.SortBy();
        var last = to ?? ShanghaiTime.DayOf(clock.GetUtcNow());
        var first = from ?? (last.DayNumber > Days ? last.AddDays(1 - Days) : DateOnly.MinValue);
        if (last.DayNumber - first.DayNumber >= MostDays) return new Refused(Refusal.Of("period-too-long", ("days", MostDays)));
        var page = await grains.GetGrain<IReadingsGrain>(IReadingsGrain.Key).Find(new(subject, actor, first, last, list.After<string>(), list.Size), cancellationToken);
        return TypedResults.Ok(new Page<Reading>(page.Items, page.Next is { } next ? list.CursorAfter(next) : null, page.Total));
    }
}
