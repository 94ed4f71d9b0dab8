using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Records;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Reviews;

/// <summary>Joint reviews 联席会议, 联审会商: drafted, convened, held, concluded, issued (domain 11).</summary>
internal static class ReviewsApi
{
    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/reviews").WithTags("Reviews");
        group.MapPost("/", Draft).WithName("DraftReview").WithSummary("Drafts a session, or a written consultation; departments are told of it once it is convened.");
        group.MapGet("/", List).WithName("ListReviews").WithSummary("The sessions that fit every filter, the latest first.");
        group.MapGet("/{id}", View).WithName("ViewReview").WithSummary("A session with attendance, agenda, opinions and resolutions; a department sees what concerns it.");
        group.MapPatch("/{id}", Change).WithName("ChangeReview").WithSummary("Changes title, time, place, chair or recorder (JSON Merge Patch); departments that were called are told.");
        group.Step<ConveningBody>("convening", "ConveneReview", "召集: departments are called, two working days ahead, one for an ad hoc session; for less, with a reason.", _ => new Convened());
        group.Step<PostponementBody>("postponement", "PostponeReview", "延期: to another time, with a reason; departments are told, have until then for their opinions, and say anew whether they come.", b => new Postponed(b.StartsAt, b.OpinionsBy));
        group.Step<ReviewStepBody>("cancellation", "CancelReview", "取消: it is called off, with a reason.", _ => new Cancelled());
        group.Step<ReviewStepBody>("reminder", "RemindOfOpinions", "催办意见: the departments that owe an opinion are reminded; without it silence is no agreement.", _ => new DepartmentsReminded([]));
        group.Step<ReviewStepBody>("opening", "OpenReview", "开会: it has begun.", _ => new Opened());
        group.Step<ReviewStepBody>("conclusion", "ConcludeReview", "散会: by the chair, every entry being concluded; the resolutions are given out, the minutes drafted. The office enters it with onBehalfOf the chair.", _ => new Concluded());
        group.Step<ReviewStepBody>("issuing", "IssueMinutes", "印发纪要: by the chair, with a number of the year. The office enters it with onBehalfOf the chair.", _ => new Issued(0, 0));
        group.MapPut("/{id}/attendance/{department}", Attend).WithName("Attend").WithSummary("A department confirms, sends a delegate 代会, or is excused; the office says who was there.");
        group.MapRecord("Review", (grains, id) => ReviewFact.IsId(id) ? grains.GetGrain<IReviewGrain>(id) : null, NotFound);
        group.MapAgenda();
    }

    /// <summary>Has a session answer; what can be none answers as one that is nowhere.</summary>
    internal static async Task<Answer<TView>> Ask<TView>(this IGrainFactory grains, string id, Func<IReviewGrain, Task<Answer<TView>>> ask)
        where TView : class =>
        ReviewFact.IsId(id) ? await ask(grains.GetGrain<IReviewGrain>(id)) : new(Unknown(id), 0, null);

    /// <summary>The session as the actor sees it.</summary>
    internal static async Task<ReviewView?> Review(this IGrainFactory grains, string id, Actor actor, CancellationToken cancellationToken) =>
        ReviewFact.IsId(id) ? await grains.GetGrain<IReviewGrain>(id).View(actor, cancellationToken) : null;

    internal static Refused NotFound(string id) => new(Unknown(id));

    private static Refusal Unknown(string id) => Refusal.Of("review-not-found", ("review", id));

    private static void Step<TBody>(this RouteGroupBuilder group, string path, string name, string summary, Func<TBody, SessionFact> step)
        where TBody : ActBody =>
        group.MapPost($"/{{id}}/{path}", async Task<Results<Tagged<ReviewView>, Refused>> (string id, TBody body, CommandContext command, IGrainFactory grains) =>
                (await grains.Ask(id, r => r.Take(step(body), command.Act(body)))).ToStep(v => v))
            .WithName(name)
            .WithSummary(summary);

    private static async Task<Results<TaggedCreated<ReviewView>, Refused>> Draft(ReviewBody body, CommandContext command, IGrainFactory grains)
    {
        var act = command.Act(body);
        return (await grains.Ask(ReviewFact.IdOf(act.CommandId), r => r.Take(body.ToFact(), act))).ToCreation(v => $"{Conventions.BasePath}/reviews/{v.Id}", v => v);
    }

    private static async Task<Results<Tagged<ReviewView>, Refused>> Change(string id, ReviewPatchBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.Change(body.ToCommand(), command.Act(body)))).ToStep(v => v);

    private static async Task<Results<Tagged<ReviewView>, Refused>> View(string id, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Review(id, person.Actor, cancellationToken) is { } view ? new Tagged<ReviewView>(view, view.Version) : NotFound(id);

    private static async Task<Results<Tagged<AttendanceView>, Refused>> Attend(string id, string department, AttendanceBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.Attend(new(department, body.Attendance, body.Delegate), command.Act(body)))).ToStep(v => v);

    private static async Task<Ok<Page<ReviewListing>>> List(
        [AsParameters] ReviewFilters filters,
        [AsParameters] ListQuery list,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        list.SortBy();
        var page = await grains.GetGrain<IReviewsGrain>(IReviewsGrain.Key).Find(filters.ToQuery(list.After<ReviewPlace>(), list.Size), person.Actor, cancellationToken);
        return TypedResults.Ok(new Page<ReviewListing>(page.Items, page.More ? list.CursorAfter(page.Last!) : null, page.Total));
    }
}

/// <summary>Which sessions a list shows; bound with <c>[AsParameters]</c>.</summary>
/// <param name="State">Those in this state.</param>
/// <param name="Kind">Those of this kind.</param>
/// <param name="Series">Id of the series that they were made for.</param>
/// <param name="From">First day on which they are held, or by which opinions are due.</param>
/// <param name="To">Last day.</param>
public sealed record ReviewFilters(
    [property: FromQuery(Name = "state")] ReviewStatus? State,
    [property: FromQuery(Name = "kind")] ReviewKind? Kind,
    [property: FromQuery(Name = "series")] string? Series,
    [property: FromQuery(Name = "from")] DateOnly? From,
    [property: FromQuery(Name = "to")] DateOnly? To)
{
    internal ReviewQuery ToQuery(ReviewPlace? after, int limit) => new(State, Kind, Series, From, To, after, limit);
}
