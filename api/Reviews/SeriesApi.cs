using System.Collections.Immutable;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Records;
using Agency.EventSourcing;
using Agency.Reviews.Series;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Reviews;

/// <summary>Review sessions that come again by a rule.</summary>
internal static class SeriesApi
{
    public static void MapReviewSeries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/review-series").WithTags("Review series");
        group.MapPost("/", Make).WithName("MakeSeries").WithSummary("Makes a series of review sessions. Its sessions are made each night, or by a call of their own.");
        group.MapGet("/", List).WithName("ListSeries").WithSummary("All series, by id.");
        group.MapPost("/sessions", MaterialiseAll).WithName("MaterialiseAllSeries").WithSummary("Makes the sessions of all series, as of each; a series that is refused does not stop the others.");
        group.MapGet("/{id}", View).WithName("ViewSeries").WithSummary("A series, and when it is next to be held.");
        group.MapPatch("/{id}", Change).WithName("ChangeSeries").WithSummary("Changes a series (JSON Merge Patch). Its sessions follow when they are next made.");
        group.MapDelete("/{id}", End).WithName("EndSeries").WithSummary("Ends a series: its sessions to come that are drafted are cancelled, those that have been convened stay. It can be read ever after.");
        group.MapPost("/{id}/sessions", Materialise).WithName("MaterialiseSeries").WithSummary(
            "Makes the sessions of a series as far ahead as it says, and has those made before follow series and calendar: what is drafted is moved, changed or cancelled, what has been convened is kept and named. The same again changes nothing.");
        group.MapRecord("Series", (grains, id) => IsId(id) ? grains.GetGrain<IReviewSeriesGrain>(id) : null, NotFound);
    }

    private static async Task<Results<TaggedCreated<SeriesAnswer>, Refused>> Make(SeriesBody body, CommandContext command, TimeProvider clock, IGrainFactory grains)
    {
        var act = command.Act() with { Texts = Title(body.Title) };
        var answer = await grains.GetGrain<IReviewSeriesGrain>(IReviewSeriesGrain.IdOf(act.CommandId)).Make(body.ToPlan(ShanghaiTime.DayOf(clock.GetUtcNow())), act);
        return answer.ToCreation(v => $"{Conventions.BasePath}/review-series/{v.Id}", SeriesAnswer.Of);
    }

    private static async Task<Ok<Page<SeriesAnswer>>> List([AsParameters] ListQuery list, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var all = await grains.All().All(cancellationToken);
        return TypedResults.Ok(list.PageOf([.. all.Select(SeriesAnswer.Of)], s => s.Id));
    }

    private static async Task<Results<Tagged<SeriesAnswer>, Refused>> View(string id, IGrainFactory grains) =>
        IsId(id) && await grains.GetGrain<IReviewSeriesGrain>(id).View() is { } view ? new Tagged<SeriesAnswer>(SeriesAnswer.Of(view), view.Version) : NotFound(id);

    private static async Task<Results<Tagged<SeriesAnswer>, Refused>> Change(string id, SeriesPatchBody body, CommandContext command, IGrainFactory grains)
    {
        if (!IsId(id)) return NotFound(id);
        var answer = await grains.GetGrain<IReviewSeriesGrain>(id).Change(body.ToCommand(), command.Act() with { Texts = body.Title.IsSet ? Title(body.Title.Value) : null });
        return answer.ToStep(SeriesAnswer.Of);
    }

    private static async Task<Results<Tagged<SeriesSessionsAnswer>, Refused>> End(string id, CommandContext command, IGrainFactory grains)
    {
        if (!IsId(id)) return NotFound(id);
        var answer = await grains.GetGrain<IReviewSeriesGrain>(id).End(command.Act());
        return answer.ToStep(SeriesSessionsAnswer.Of);
    }

    private static async Task<Results<Tagged<SeriesSessionsAnswer>, Refused>> Materialise(string id, CommandContext command, IGrainFactory grains)
    {
        if (!IsId(id)) return NotFound(id);
        var answer = await grains.GetGrain<IReviewSeriesGrain>(id).Materialise(command.Act());
        return answer.ToStep(SeriesSessionsAnswer.Of);
    }

    private static async Task<Ok<AllSessionsAnswer>> MaterialiseAll(CommandContext command, IGrainFactory grains)
    {
        var made = await grains.All().Materialise(command.Act());
        return TypedResults.Ok(new AllSessionsAnswer(
            [.. made.Select(m => m.Sessions).OfType<SeriesSessions>().Select(SeriesSessionsAnswer.Of)],
            [.. made.Where(m => m.Refusal is not null).Select(m => new RefusedSeries(m.Series, m.Refusal!.Code))]));
    }

    private static IReviewSeriesListGrain All(this IGrainFactory grains) => grains.GetGrain<IReviewSeriesListGrain>(IReviewSeriesListGrain.Key);

    private static ImmutableSortedDictionary<string, string?> Title(string? title) => Act.NoTexts.Add(SeriesFact.Title, title ?? "");

    // What can be no id is not asked of a grain.
    private static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(char.IsAsciiLetterOrDigit);

    private static Refused NotFound(string id) => new(Refusal.Of("series-not-found", ("series", id)));
}
