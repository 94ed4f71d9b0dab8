using System.ComponentModel;
using Agency.Api.Http;
using Agency.People;
using Agency.Readings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Readings;

/// <summary>Who has read what by special right 调阅记录.</summary>
internal static class ReadingsApi
{
    private const int Days = 30;

    public static void MapReadings(this IEndpointRouteBuilder routes) => routes.MapGet("/readings", List)
        .WithTags("Readings")
        .WithName("ListReadings")
        .WithSummary("Who has read what by special right, from a day to a day, both included, the last 30 days unless said otherwise; the newest first.");

    private static async Task<Ok<Page<ReadingView>>> List(
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
        var page = await grains.GetGrain<IReadingsGrain>(IReadingsGrain.Key).Find(new(subject, actor, first, last, list.After<string>(), list.Size), cancellationToken);
        return TypedResults.Ok(new Page<ReadingView>([.. page.Items.Select(ReadingView.Of)], page.Next is { } next ? list.CursorAfter(next) : null, page.Total));
    }
}

/// <summary>Somebody was given something to read.</summary>
/// <param name="Actor">Opaque id of who read.</param>
/// <param name="Role">What the person came as.</param>
/// <param name="Route">What was asked, by its name in the table of roles.</param>
/// <param name="Subject">Id of the person or code of the project, as it was asked for; null for several.</param>
public sealed record ReadingView(DateTimeOffset At, string Actor, Role Role, string Route, string? Subject)
{
    internal static ReadingView Of(Reading reading) => new(reading.At, reading.Actor, reading.Role, reading.Route, reading.Subject);
}
