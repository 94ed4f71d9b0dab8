using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.EventSourcing;
using Agency.Ratings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Ratings;

/// <summary>Ratings 好差评 of finished services, and the cases that bad ones open.</summary>
internal static class RatingsApi
{
    public static void MapRatings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/ratings").WithTags("Ratings");
        group.MapPost("/", Rate).WithName("RateService").WithSummary("The owner rates a finished service; the two worst ratings open a case.");
        group.MapGet("/", List).WithName("ListRatings").WithSummary("The ratings in the order in which they were recorded, each with its case.");
        group.MapGet("/{id}", View).WithName("ViewRating").WithSummary("A rating with its case.");
        group.Step("case/call-back", CaseStep.CallBack, "CallBackOnRating", "回访: the office has talked with the owner.");
        group.Step("case/reply", CaseStep.Reply, "ReplyToRating", "答复: the office replies to all.");
        group.Step("case/appeal", CaseStep.Appeal, "AppealAgainstRating", "申诉: whoever is rated objects.");
        group.Step("case/closure", CaseStep.Closure, "CloseRatingCase", "办结: the case ends, after call-back and reply.");
    }

    private static async Task<Results<TaggedCreated<RatingView>, Refused>> Rate(string code, RatingBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.Rate(new ServiceRated("", body.Subject, body.Item, body.Rating), command.Act(body))).ToCreation(v => $"{Conventions.BasePath}/projects/{code}/ratings/{v.Id}", v => v)
            : NotFound();

    private static async Task<Results<Tagged<Page<RatingView>>, Refused>> List(string code, [AsParameters] ListQuery list, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && await project.Service(person.Actor, cancellationToken) is { Ratings: var ratings }
            ? new Tagged<Page<RatingView>>(list.PageOf(ratings.All, r => r.Id), ratings.Version)
            : NotFound();

    private static void Step(this RouteGroupBuilder group, string path, CaseStep step, string name, string summary) =>
        group.MapPost($"/{{id}}/{path}", async Task<Results<Tagged<RatingView>, Refused>> (string code, string id, CaseTextBody body, CommandContext command, IGrainFactory grains) =>
                await grains.Project(code) is { } project ? (await project.Rate(new RatingCaseStep(id, step), command.Act(body))).ToStep(v => v) : NotFound())
            .WithName(name)
            .WithSummary(summary);

    private static async Task<Results<Tagged<RatingView>, Refused>> View(string code, string id, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && (await project.Service(person.Actor, cancellationToken))?.Ratings.All.FirstOrDefault(t => t.Id == id) is { } found
            ? new Tagged<RatingView>(found, found.Version)
            : new Refused(Refusal.Of("rating-not-found", ("rating", id)));

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}

/// <summary>A rating.</summary>
/// <param name="Item">Code of the item whose handling is rated, for <c>approval</c>.</param>
/// <param name="Comment">Why.</param>
public sealed record RatingBody(RatingSubject Subject, Satisfaction Rating, string? Item = null, string? Comment = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ServiceRated.Comment, Comment)];
}

/// <summary>A step of a rating's case.</summary>
/// <param name="Text">What was said.</param>
public sealed record CaseTextBody(string Text) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(RatingCaseStep.Text, Text)];
}
