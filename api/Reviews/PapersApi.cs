using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Reviews;
using Agency.Reviews.Papers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Reviews;

/// <summary>The papers of a session: briefing 汇报稿 before it, report 工作通报 and minutes 会议纪要 after it; as JSON, and as pages to be printed.</summary>
internal static class PapersApi
{
    public static void MapPapers(this IEndpointRouteBuilder routes)
    {
        Map(routes, PaperKind.Briefing, "Briefing", "汇报稿: the decisions wanted, what the last session was promised in vain, progress, problems, countermeasures, and who is urged to do what.");
        Map(routes, PaperKind.Report, "Report", "工作通报: progress with the session's conclusions, problems, countermeasures, what each unit is to do, and what of the last session's resolutions was kept.");
        Map(routes, PaperKind.Minutes, "Minutes", "会议纪要: who was there, what was concluded, and the resolutions.");
    }

    private static void Map(IEndpointRouteBuilder routes, PaperKind kind, string name, string summary)
    {
        var path = $"/reviews/{{id}}/{EnumNames.Of(kind)}";
        routes.MapGet(path, async Task<Results<Tagged<PaperView>, Refused>> (string id, ActingPerson person, RequestLanguage language, PaperTexts texts, IGrainFactory grains, CancellationToken cancellationToken) =>
            {
                var answer = await grains.Paper(id, kind, person, cancellationToken);
                return answer.View is { } paper ? new Tagged<PaperView>(texts.Of(paper, language), paper.Version) : new Refused(answer.Refusal!);
            })
            .WithTags("Reviews")
            .WithName($"View{name}")
            .WithSummary(summary);
        routes.MapGet($"{path}.html", async Task<Results<ContentHttpResult, Refused>> (string id, ActingPerson person, RequestLanguage language, PaperTexts texts, IGrainFactory grains, CancellationToken cancellationToken) =>
            {
                var answer = await grains.Paper(id, kind, person, cancellationToken);
                return answer.View is { } paper ? TypedResults.Content(PaperPage.Of(texts.Of(paper, language), language), "text/html; charset=utf-8") : new Refused(answer.Refusal!);
            })
            .WithPages()
            .WithTags("Reviews")
            .WithName($"Print{name}")
            .WithSummary($"{summary} As a page to be printed.");
    }

    private static async Task<Answer<Paper>> Paper(this IGrainFactory grains, string id, PaperKind kind, ActingPerson person, CancellationToken cancellationToken) =>
        !ReviewFact.IsId(id) ? new(Refusal.Of("review-not-found", ("review", id)), 0, null)
        : await grains.GetGrain<IReviewPapersGrain>(IReviewPapersGrain.Key).Make(id, kind, person.Actor, cancellationToken);
}
