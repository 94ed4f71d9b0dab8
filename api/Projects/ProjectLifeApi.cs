using Agency.Api.Approvals;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Projects.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Projects;

/// <summary>What happens to a project as a whole: changes of its plan, works, standstill, stage applications, corrections.</summary>
internal static class ProjectLifeApi
{
    public static void MapProjectLife(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}").WithTags("Projects");
        group.MapPost("/plan/changes", ChangePlan).WithName("ChangePlan").WithSummary("Strikes, restores or adds an item, lowers a limit, answers a condition, or moves to another flow.");
        group.MapPost("/works", Divide).WithName("DivideProject").WithSummary("One more work 工程: its own instance of every item that belongs to works.");
        group.MapDelete("/works/{number:int}", Merge).WithName("MergeWork").WithSummary("Takes a work away of which nothing was submitted.");
        group.MapPost("/corrections", Correct).WithName("CorrectHistory").WithSummary("Corrects or voids earlier facts; the whole history is checked again.");
        group.MapPost("/works-finished", ReportFinished).WithName("ReportWorksFinished").WithSummary("The owner reports works finished.");
        group.Standstill("pause", "PauseProject", "缓建: every clock stops.", b => new ProjectPaused(b.DocumentNumber));
        group.Standstill("continuation", "ContinueProject", "续建: the clocks go on.", b => new ProjectContinued(b.DocumentNumber));
        group.Standstill("termination", "TerminateProject", "终止: the project is given up.", b => new ProjectTerminated(b.DocumentNumber));
        group.MapPost("/stages/{stage}/applications", Apply).WithName("ApplyForStage").WithSummary("一张表单: several ready items of a stage submitted as one.");
        group.MapPost("/stages/{stage}/applications/{number:int}/supplement-request", RequestSupplement)
            .WithName("RequestStageSupplement").WithSummary("The stage's lead department names, once, what is missing for several items.");
    }

    private static async Task<Results<Tagged<PlanView>, Refused>> ChangePlan(string code, PlanChangeBody body, CommandContext command, IGrainFactory grains)
    {
        if (body.ToCommand() is not { } change) return new Refused(Refusal.Of("invalid-plan-change", ("kind", body.Kind)));
        return await grains.Project(code) is { } project ? (await project.ChangePlan(change, command.Act(body))).ToStep(v => v) : NotFound();
    }

    private static async Task<Results<Tagged<PlanView>, Refused>> Divide(string code, WorkBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? (await project.ChangePlan(new WorkDivided(0, body.Name), command.Act(body))).ToStep(v => v) : NotFound();

    private static async Task<Results<Tagged<PlanView>, Refused>> Merge(string code, int number, string? reason, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.ChangePlan(new WorkMerged(number), command.Act(new ReasonedBody { Reason = reason }))).ToStep(v => v)
            : NotFound();

    private static async Task<Results<Tagged<ProjectView>, Refused>> Correct(string code, CorrectionsBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? (await project.Correct([.. body.Corrections.Select(c => c.ToFact())], command.Act(body))).ToStep(v => v) : NotFound();

    private static async Task<Results<Tagged<ProjectView>, Refused>> ReportFinished(string code, WorksFinishedBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.ChangeStandstill(new WorksFinished(body.Work ?? PlanInputs.FirstWork, body.FinishedOn), command.Act(body))).ToStep(v => v)
            : NotFound();

    private static void Standstill(this RouteGroupBuilder group, string path, string name, string summary, Func<ReasonedBody, ProjectFact> fact) =>
        group.MapPost(path, async Task<Results<Tagged<ProjectView>, Refused>> (string code, ReasonedBody body, CommandContext command, IGrainFactory grains) =>
                await grains.Project(code) is { } project ? (await project.ChangeStandstill(fact(body), command.Act(body))).ToStep(v => v) : NotFound())
            .WithName(name)
            .WithSummary(summary);

    private static async Task<Results<TaggedCreated<StageApplicationView>, Refused>> Apply(string code, string stage, StageApplicationBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.ApplyForStage(new(stage, [.. body.Items], MaterialsBody.Of(body.Materials)), command.Act(body)))
                .ToCreation(v => $"{Conventions.BasePath}/projects/{code}/stages/{stage}/applications/{v.Number}", v => v)
            : NotFound();

    private static async Task<Results<Tagged<StageApplicationView>, Refused>> RequestSupplement(string code, string stage, int number, StageSupplementBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.RequestStageSupplement(new(stage, number, [.. body.Missing.Select(m => new MissingMaterial(m.Item, m.Material))], body.DueOn), command.Act(body))).ToStep(v => v)
            : NotFound();

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}
