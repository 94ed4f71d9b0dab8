using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.Api.Services;
using Agency.EventSourcing;
using Agency.Services;
using Agency.Visits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Visits;

/// <summary>Visits 走访 to a project, and when the next one is due.</summary>
internal static class VisitsApi
{
    public static void MapVisits(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/visits").WithTags("Visits");
        group.MapPost("/", Record).WithName("RecordVisit").WithSummary("A visit with its findings, and what is to be done after it.");
        group.MapGet("/", List).WithName("ListVisits").WithSummary("The visits in the order in which they were recorded, and when the next one is due.");
        group.MapGet("/{id}", View).WithName("ViewVisit").WithSummary("A visit with what became of its follow-ups.");
        group.MapPost("/{id}/follow-ups/{number:int}/completion", Complete).WithName("CompleteVisitFollowUp").WithSummary("What was to be done after a visit is done, as evidence shows.");
    }

    private static async Task<Results<TaggedCreated<VisitView>, Refused>> Record(string code, VisitBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.Visit(new VisitMade("", body.VisitedOn, null, [.. (body.FollowUps ?? []).Select(f => new FollowUp(f.DueOn))]), command.Act(body)))
                .ToCreation(v => $"{Conventions.BasePath}/projects/{code}/visits/{v.Id}", v => v)
            : NotFound();

    private static async Task<Results<Tagged<VisitPage>, Refused>> List(string code, [AsParameters] ListQuery list, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await grains.Project(code) is not { } project || await project.Service(person.Actor, cancellationToken) is not { } service) return NotFound();
        var page = list.PageOf(service.Visits.All, v => v.Id);
        return new Tagged<VisitPage>(new(page.Items, page.NextCursor, page.Total, service.VisitPlan), service.Visits.Version);
    }

    private static async Task<Results<Tagged<VisitView>, Refused>> Complete(string code, string id, int number, FollowUpCompletionBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? (await project.Visit(new FollowUpCompleted(id, number, MaterialsBody.Of(body.Evidence)), command.Act(body))).ToStep(v => v) : NotFound();

    private static async Task<Results<Tagged<VisitView>, Refused>> View(string code, string id, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && (await project.Service(person.Actor, cancellationToken))?.Visits.All.FirstOrDefault(t => t.Id == id) is { } found
            ? new Tagged<VisitView>(found, found.Version)
            : new Refused(Refusal.Of("visit-not-found", ("visit", id)));

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}

/// <summary>A visit.</summary>
/// <param name="Findings">What was found.</param>
/// <param name="VisitedOn">Left out: today.</param>
/// <param name="FollowUps">What is to be done after it.</param>
public sealed record VisitBody(string Findings, DateOnly? VisitedOn = null, string? Place = null, IReadOnlyList<VisitFollowUpBody>? FollowUps = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() =>
        [(VisitMade.PlaceText, Place), (VisitMade.Findings, Findings), .. (FollowUps ?? []).Select((f, i) => (FollowUp.TextName(i, VisitMade.What), (string?)f.What))];
}

/// <summary>What is to be done after a visit, and its last day.</summary>
public sealed record VisitFollowUpBody(string What, DateOnly DueOn);

/// <summary>One page of a project's visits, and when the next one is due.</summary>
/// <param name="NextCursor">What to give as <c>cursor</c> for the next page; null on the last one.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record VisitPage(IReadOnlyList<VisitView> Items, string? NextCursor, long Total, VisitPlan Plan);
