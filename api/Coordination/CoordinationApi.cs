using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.Api.Services;
using Agency.Coordination;
using Agency.EventSourcing;
using Agency.People;
using Agency.Services;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Coordination;

/// <summary>Coordination 协调 for a project: held by office or manager, asked for by the owner.</summary>
internal static class CoordinationApi
{
    public static void MapCoordination(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/coordination").WithTags("Coordination");
        group.MapPost("/", Coordinate).WithName("Coordinate").WithSummary("A coordination that was held, with conclusions and follow-ups; from the owner, a request for coaching 并联审批前期辅导会.");
        group.MapGet("/", List).WithName("ListCoordination").WithSummary("What was held and asked for, in the order in which it was recorded.");
        group.MapGet("/{id}", View).WithName("ViewCoordination").WithSummary("A coordination with what became of its follow-ups.");
        group.MapPost("/{id}/follow-ups/{number:int}/completion", Complete).WithName("CompleteCoordinationFollowUp").WithSummary("What was to be done after a coordination is done, as evidence shows.");
    }

    private static async Task<Results<TaggedCreated<CoordinationView>, Refused>> Coordinate(string code, CoordinationBody body, CommandContext command, IGrainFactory grains)
    {
        var request = command.Actor.Role == Role.Owner;
        if (body.Check(request).ToArray() is { Length: > 0 } faults) return new Refused(Refusal.Of("invalid-coordination", faults));
        return await grains.Project(code) is { } project
            ? (await project.Coordinate(body.ToFact(request), command.Act(body))).ToCreation(v => $"{Conventions.BasePath}/projects/{code}/coordination/{v.Id}", v => v)
            : NotFound();
    }

    private static async Task<Results<Tagged<Page<CoordinationView>>, Refused>> List(string code, [AsParameters] ListQuery list, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && await project.Service(person.Actor, cancellationToken) is { Coordination: var coordination }
            ? new Tagged<Page<CoordinationView>>(list.PageOf(coordination.All, c => c.Id), coordination.Version)
            : NotFound();

    private static async Task<Results<Tagged<CoordinationView>, Refused>> Complete(string code, string id, int number, FollowUpCompletionBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? (await project.Coordinate(new FollowUpCompleted(id, number, MaterialsBody.Of(body.Evidence)), command.Act(body))).ToStep(v => v) : NotFound();

    private static async Task<Results<Tagged<CoordinationView>, Refused>> View(string code, string id, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && (await project.Service(person.Actor, cancellationToken))?.Coordination.All.FirstOrDefault(t => t.Id == id) is { } found
            ? new Tagged<CoordinationView>(found, found.Version)
            : new Refused(Refusal.Of("coordination-not-found", ("id", id)));

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}

/// <summary>A coordination that was held; from the owner a request for one, which has no place, conclusions and follow-ups yet.</summary>
/// <param name="Kind">The owner can ask for coaching alone.</param>
/// <param name="Day">The day it was held, left out: today; of a request the day that the owner would like.</param>
/// <param name="Departments">Codes of the departments.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Conclusions">What was concluded; needed of what was held.</param>
/// <param name="FollowUps">What is to be done after it.</param>
/// <param name="Request">Id of the owner's request that is answered by it.</param>
public sealed record CoordinationBody(
    CoordinationKind Kind,
    DateOnly? Day = null,
    string? Place = null,
    IReadOnlyList<string>? Departments = null,
    string? Topic = null,
    string? Conclusions = null,
    IReadOnlyList<CoordinationFollowUpBody>? FollowUps = null,
    string? Request = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() =>
        [(CoordinationFact.PlaceText, Place), (CoordinationFact.Topic, Topic), (CoordinationFact.Conclusions, Conclusions), .. (FollowUps ?? []).Select((f, i) => (FollowUp.TextName(i, CoordinationFact.Action), (string?)f.Action))];

    /// <summary>What a request has too much, or what was held too little.</summary>
    internal IEnumerable<Fault> Check(bool request)
    {
        if (!request) return Conclusions is null ? [Fault.Of("/conclusions", "conclusions-missing")] : [];
        (string Name, object? Value)[] ofHeld = [("place", Place), ("conclusions", Conclusions), ("followUps", FollowUps), ("request", Request)];
        return ofHeld.Where(m => m.Value is not null).Select(m => Fault.Of($"/{m.Name}", "not-in-request", ("member", m.Name)));
    }

    internal CoordinationFact ToFact(bool request) => request
        ? new CoordinationRequested("", Kind, Day, [.. Departments ?? []])
        : new CoordinationHeld(Request ?? "", Kind, Day, null, [.. Departments ?? []], [.. (FollowUps ?? []).Select(f => new FollowUp(f.DueOn, f.Department))]);
}

/// <summary>What is to be done after a coordination, its last day, and the code of the department that does it.</summary>
public sealed record CoordinationFollowUpBody(string Action, DateOnly DueOn, string? Department = null);
