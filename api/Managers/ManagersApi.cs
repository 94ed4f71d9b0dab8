using Agency.Agents;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.EventSourcing;
using Agency.Managers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Managers;

/// <summary>The project service manager 项目服务经理 of a project (domain 9).</summary>
internal static class ManagersApi
{
    public static void MapManagers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/manager").WithTags("Managers");
        group.MapGet("/", View).WithName("ViewManager").WithSummary("The project's manager with load and capacity; of a completed or terminated project the last one.");
        group.MapGet("/proposal", Propose).WithName("ProposeManager").WithSummary("Who could manage the project, the least loaded first, and why each other not.");
        group.MapPut("/", Appoint).WithName("AppointManager")
            .WithSummary("任命或更换项目服务经理: exactly one, of the lead department and of middle rank; a hand-over needs a note. Without agentId it is refused with whom to name.");
    }

    private static async Task<Results<Tagged<ManagerView>, Refused>> View(string code, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is not { } project || await project.Manager(person.Actor, cancellationToken) is not { } answer ? new Refused(Refusal.Of("project-not-found"))
        : answer.View is { } manager ? new Tagged<ManagerView>(manager, answer.Version)
        : new Refused(Refusal.Of("manager-not-found"));

    private static async Task<Results<Ok<AgentProposal>, Refused>> Propose(string code, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && await project.Proposal(Function.Manager, person.Actor, cancellationToken) is { } proposal ? TypedResults.Ok(proposal) : new Refused(Refusal.Of("project-not-found"));

    private static async Task<Results<Tagged<ManagerView>, Refused>> Appoint(string code, ManagerBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? (await project.AppointManager(body.AgentId, command.Act(body))).ToStep(v => v) : new Refused(Refusal.Of("project-not-found"));
}

/// <summary>Who is to manage the project.</summary>
/// <param name="AgentId">Id of the person; left out: nothing is stored, and the refusal says whom to name.</param>
/// <param name="HandoverNote">What the one who leaves hands over with; needed when there is one.</param>
public sealed record ManagerBody(string? AgentId = null, string? HandoverNote = null) : ActBody
{
    public override IEnumerable<(string Name, string? Text)> Texts() => [(ManagerAppointed.HandoverNote, HandoverNote)];
}
