using Agency.Agents;
using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.EventSourcing;
using Agency.Mandates;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Mandates;

/// <summary>What a project's owner delegates to clerks 代办 (domain 9).</summary>
internal static class MandatesApi
{
    public static void MapMandates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/mandate").WithTags("Mandates");
        group.MapGet("/", View).WithName("ViewMandate").WithSummary("The mandate with what it covers, its clerks and what is due of it, and those before it.");
        group.MapGet("/checklist", Checklist).WithName("ViewChecklist")
            .WithSummary("材料清单: what the applications that come next need, what of it is handed in already, and what is missing or owed by when.");
        group.MapPost("/", Request).WithName("RequestMandate").WithSummary("申请代办: the owner delegates all or a part, for a term.");
        group.Step<ReasonedBody>("acceptance", "AcceptMandate", "受理代办; with a reason for a project that is not eligible by its level.", _ => new MandateAccepted());
        group.Step<ReasonedBody>("refusal", "RefuseMandate", "不予代办, with its reason.", _ => new MandateRefused());
        group.Step<StepBody>("agreement", "AgreeMandate", "代办协议, by its document number.", _ => new MandateAgreed());
        group.Step<MandateCompletionBody>("completion", "CompleteMandate", "办结单: materials handed over, and the owner called back.", b => new MandateCompleted([.. b.HandedOver ?? []]));
        group.Step<ReasonedBody>("revocation", "RevokeMandate", "撤销委托: the owner takes it back, at any time.", _ => new MandateRevoked());
        group.Step<MandateTerminationBody>("termination", "TerminateMandate", "终止代办: the office ends it, on one of four grounds and with its reason.", b => new MandateTerminated(b.Ground));
        group.MapGet("/agents/proposal", Propose).WithName("ProposeClerk").WithSummary("Who could be a clerk of the project, the least loaded first, and why each other not.");
        group.MapPut("/agents/{agentId}", Appoint).WithName("AppointClerk").WithSummary("任命代办员, with the plan 代办计划; any number of them.");
        group.MapDelete("/agents/{agentId}", Remove).WithName("RemoveClerk").WithSummary("The clerk acts no longer; the mandate goes on.");
    }

    private static void Step<TBody>(this RouteGroupBuilder group, string path, string name, string summary, Func<TBody, MandateFact> fact)
        where TBody : StepBody =>
        group.MapPost(path, async Task<Results<Tagged<MandateView>, Refused>> (string code, TBody body, CommandContext command, IGrainFactory grains) =>
                await Change(code, fact(body) with { DocumentNumber = body.DocumentNumber }, command.Act(body), grains) is { } answer ? answer.ToStep(v => v) : NotFound())
            .WithName(name)
            .WithSummary(summary);

    private static async Task<Results<TaggedCreated<MandateView>, Refused>> Request(string code, MandateRequestBody body, CommandContext command, IGrainFactory grains) =>
        await Change(code, body.ToFact(), command.Act(body), grains) is { } answer ? answer.ToCreation(_ => $"{Conventions.BasePath}/projects/{code}/mandate", v => v) : NotFound();

    private static async Task<Results<Tagged<MandateView>, Refused>> Appoint(string code, string agentId, ClerkBody body, CommandContext command, IGrainFactory grains) =>
        await Change(code, new ClerkAppointed(agentId), command.Act(body), grains) is { } answer ? answer.ToStep(v => v) : NotFound();

    private static async Task<Results<Tagged<MandateView>, Refused>> Remove(string code, string agentId, string? reason, DateOnly? occurredOn, string? lateReason, CommandContext command, IGrainFactory grains) =>
        await Change(code, new ClerkRemoved(agentId), command.Act(new ReasonedBody { Reason = reason, OccurredOn = occurredOn, LateReason = lateReason }), grains) is { } answer ? answer.ToStep(v => v) : NotFound();

    private static async Task<Results<Ok<AgentProposal>, Refused>> Propose(string code, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && await project.Proposal(Function.Clerk, person.Actor, cancellationToken) is { } proposal ? TypedResults.Ok(proposal) : NotFound();

    private static async Task<Results<Tagged<MandatesView>, Refused>> View(string code, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && await project.Mandates(person.Actor, cancellationToken) is { } view ? new Tagged<MandatesView>(view, view.Version) : NotFound();

    private static async Task<Results<Tagged<ChecklistView>, Refused>> Checklist(string code, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && await project.Checklist(person.Actor, cancellationToken) is { } answer ? answer.ToStep(v => v) : NotFound();

    private static async Task<Answer<MandateView>?> Change(string code, MandateFact fact, Act act, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? await project.ChangeMandate(fact, act) : null;

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}
