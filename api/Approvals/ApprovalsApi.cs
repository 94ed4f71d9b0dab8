using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.Approvals;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Approvals;

/// <summary>The items of a project and their steps (domain 5).</summary>
internal static class ApprovalsApi
{
    public static void MapApprovals(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/approvals/{item}").WithTags("Approvals");
        group.MapGet("/", View).WithName("ViewItem").WithSummary("An item with its state, prerequisites, clock and rounds.");
        group.Step<MaterialsBody>("submission", "SubmitItem", "申报: the application comes in.",
            (item, b) => new Submission(item, MaterialsBody.Of(b.Materials)));
        group.Step<SupplementRequestBody>("supplement-request", "RequestSupplement", "补正告知: what is missing, named once and completely.",
            (item, b) => new SupplementRequest(item, [.. b.Missing], b.DueOn));
        group.Step<MaterialsBody>("supplement", "SupplementItem", "补正: what was missing comes in.",
            (item, b) => new Supplement(item, MaterialsBody.Of(b.Materials)));
        group.Step<AcceptanceBody>("acceptance", "AcceptItem", "受理: the application is taken on; the clock starts on the day after.",
            (item, b) => new Acceptance(item, [.. (b.Tolerated ?? []).Select(t => new ToleratedMaterial(t.Material, t.DueOn))]));
        group.Step<MaterialsBody>("materials", "HandInMaterials", "容缺补齐: tolerated materials come in.",
            (item, b) => new HandIn(item, MaterialsBody.Of(b.Materials)));
        group.Step<RefusalBody>("refusal", "RefuseItem", "不受理, 不予受理 or 退件: the application is not taken on.",
            (item, b) => new ApplicationRefusal(item, b.Kind, b.CompetentAuthority));
        group.Step<SuspensionBody>("suspension", "SuspendItem", "特别程序开始: the clock stops.",
            (item, b) => new Suspension(item, b.Procedure, b.AnnouncedDays));
        group.Step<ResumptionBody>("resumption", "ResumeItem", "特别程序结束: the clock goes on when the last procedure ends.",
            (item, b) => new Resumption(item, b.Procedure));
        group.Step<ExtensionBody>("extension", "ExtendItem", "延期: once a round, by the head of the authority.",
            (item, b) => new Extension(item, b.Days));
        group.Step<DecisionBody>("decision", "DecideItem", "审批决定: approved or denied.",
            (item, b) => new ItemDecision(item, b.Outcome, b.ValidUntil, MaterialsBody.Of(b.Evidence)));
        group.Step<StepBody>("confirmation", "ConfirmItem", "确认: the office confirms the end that an applicant recorded.",
            (item, _) => new Confirmation(item));
        group.Step<DeliveryBody>("delivery", "DeliverDecision", "送达: the decision reaches the applicant.",
            (item, b) => new Delivery(item, b.DeliveryMethod));
        group.Step<ReasonedBody>("revocation", "RevokeApproval", "撤销: the approval is taken back.",
            (item, _) => new Revocation(item));
        group.Step<ReasonedBody>("withdrawal", "WithdrawItem", "撤件: the application is taken back.",
            (item, _) => new Withdrawal(item));
    }

    private static void Step<TBody>(this RouteGroupBuilder group, string path, string name, string summary, Func<string, TBody, Step> step)
        where TBody : StepBody =>
        group.MapPost(path, async Task<Results<Tagged<ItemView>, Refused>> (string code, string item, TBody body, CommandContext command, IGrainFactory grains) =>
                await grains.Project(code) is { } project
                    ? (await project.TakeStep(step(item, body) with { DocumentNumber = body.DocumentNumber }, command.Act(body))).ToStep(v => v)
                    : new Refused(Refusal.Of("project-not-found")))
            .WithName(name)
            .WithSummary(summary);

    private static async Task<Results<Tagged<ItemView>, Refused>> View(string code, string item, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await grains.Project(code) is not { } project || await project.Item(item, person.Actor, cancellationToken) is not { } view)
            return new Refused(Refusal.Of("item-not-found", ("item", item)));
        return new Tagged<ItemView>(view, view.Version);
    }
}
