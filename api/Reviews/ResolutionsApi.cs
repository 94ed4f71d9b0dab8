using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Reviews;

/// <summary>What review sessions resolved 议定事项: who does what by when, and how it is chased until it is done.</summary>
internal static class ResolutionsApi
{
    public static void MapResolutions(this IEndpointRouteBuilder routes)
    {
        var (group, departments) = (routes.MapGroup("/resolutions").WithTags("Resolutions"), routes.ServiceProvider.GetRequiredService<DepartmentCodes>());
        group.MapGet("/", List).WithName("ListResolutions").WithSummary("The resolutions of all sessions that fit every filter, by due date.");
        group.MapGet("/{id}", View).WithName("ViewResolution").WithSummary("A resolution with its light, what was reported of it, and how it was chased.");
        group.Step<ReceiptBody>("receipt", "ReceiveResolution", "签收: the lead unit has it.", (_, n, _) => new ResolutionReceived(n));
        group.Step<ResolutionExtensionBody>("extension", "ExtendResolution", "延期, once: the lead unit asks for it, whoever chairs the session grants it; the office enters either from paper, with onBehalfOf: the unit that asks, or the chair who grants.", (actor, n, b) => Extension(actor, n, b, departments));
        group.Step<UrgingBody>("urging", "UrgeResolution", "催办: the next step against an overdue resolution, of urge, supervision notice 督办单, circular 通报 and interview 约谈.", (_, n, b) => new ResolutionUrged(n, b.Step, b.DocumentNumber));
        group.Step<ResolutionProgressBody>("progress", "ReportResolution", "The lead unit, or an assisting one, reports how far it is.", (_, n, _) => new ResolutionProgressed(n));
        group.Step<ResolutionCompletionBody>("completion", "CompleteResolution", "办结: the lead unit has done it, as evidence shows.", (_, n, b) => new ResolutionCompleted(n, MaterialsBody.Of(b.Evidence)));
        group.Step<ReturnBody>("return", "ReturnResolution", "退回: the office does not find it done; it is open again.", (_, n, _) => new ResolutionReturned(n));
        group.Step<ResolutionConfirmationBody>("confirmation", "ConfirmResolution", "销号: the office finds it done, and it is closed; with the last one an issued session is archived.", (_, n, _) => new ResolutionConfirmed(n));
    }

    private static void Step<TBody>(this RouteGroupBuilder group, string path, string name, string summary, Func<Actor, int, TBody, ResolutionFact> step)
        where TBody : ActBody =>
        group.MapPost($"/{{id}}/{path}", async Task<Results<Tagged<ResolutionView>, Refused>> (string id, TBody body, CommandContext command, IGrainFactory grains) =>
                ResolutionId.TryParse(id, out var review, out var number)
                    ? (await grains.GetGrain<IReviewGrain>(review).Resolve(step(command.Actor, number, body), command.Act(body))).ToStep(v => v)
                    : NotFound(id))
            .WithName(name)
            .WithSummary(summary);

    // Departments ask, persons grant.
    private static ResolutionFact Extension(Actor actor, int number, ResolutionExtensionBody body, DepartmentCodes departments) =>
        actor.Role == Role.Department || (body.OnBehalfOf is { } other && departments.Find(other) is not null) ? new ResolutionExtensionRequested(number, body.DueDate) : new ResolutionExtended(number, body.DueDate);

    private static async Task<Results<Tagged<ResolutionView>, Refused>> View(string id, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        ResolutionId.TryParse(id, out var review, out _) && (await grains.GetGrain<IReviewGrain>(review).Resolutions(person.Actor, cancellationToken)).FirstOrDefault(r => r.Id == id) is { } resolution
            ? new Tagged<ResolutionView>(resolution, resolution.Version)
            : NotFound(id);

    private static async Task<Ok<Page<ResolutionView>>> List(
        [AsParameters] ResolutionFilters filters,
        [AsParameters] ListQuery list,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        list.SortBy();
        var page = await grains.GetGrain<IReviewsGrain>(IReviewsGrain.Key).Resolutions(filters.ToQuery(list.After<ResolutionPlace>(), list.Size), person.Actor, cancellationToken);
        return TypedResults.Ok(new Page<ResolutionView>(page.Items, page.More ? list.CursorAfter(page.Last!) : null, page.Total));
    }

    private static Refused NotFound(string id) => new(Refusal.Of("resolution-not-found", ("resolution", id)));
}

/// <summary>Which resolutions a list shows; bound with <c>[AsParameters]</c>.</summary>
/// <param name="State">Those in this state.</param>
/// <param name="Open">Whether they are still to be done.</param>
/// <param name="Light">Those of this light.</param>
/// <param name="Department">Code of the lead unit, or of an assisting one.</param>
/// <param name="Project">Code of the project that they are for.</param>
/// <param name="Review">Id of the session.</param>
/// <param name="DueTo">Those due by this day.</param>
public sealed record ResolutionFilters(
    [property: FromQuery(Name = "state")] ResolutionStatus? State,
    [property: FromQuery(Name = "open")] bool? Open,
    [property: FromQuery(Name = "light")] Light? Light,
    [property: FromQuery(Name = "department")] string? Department,
    [property: FromQuery(Name = "project")] string? Project,
    [property: FromQuery(Name = "review")] string? Review,
    [property: FromQuery(Name = "dueTo")] DateOnly? DueTo)
{
    internal ResolutionQuery ToQuery(ResolutionPlace? after, int limit) => new(State, Open, Light, Department, Project, Review, DueTo, after, limit);
}
