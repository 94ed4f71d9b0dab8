using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Projects;
using Agency.Projects.Codes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Projects;

/// <summary>Major projects 重大项目: registered, described, listed, and looked at with plan.</summary>
internal static class ProjectsApi
{
    public static void MapProjects(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects").WithTags("Projects");
        group.MapPost("/", Register).WithName("RegisterProject").WithSummary("Registers a major project.");
        group.MapGet("/{code}", View).WithName("ViewProject").WithSummary("A project with its stages, clocks and lights, and what is to be done next.");
        group.MapPatch("/{code}", Change).WithName("ChangeProject").WithSummary("Changes what describes a project (JSON Merge Patch).");
        group.MapGet("/{code}/plan", Plan).WithName("ViewPlan").WithSummary("The project's items with state, prerequisites, clock and rounds.");
    }

    /// <summary>The project of a code or alias; null if it is no project code, and so nothing can be behind it.</summary>
    internal static async ValueTask<IProjectGrain?> Project(this IGrainFactory grains, string code) =>
        grains.Coded(code) is { } named ? await named.LeadsTo() is { } project ? grains.GetGrain<IProjectGrain>(project) : named : null;

    private static IProjectGrain? Coded(this IGrainFactory grains, string code) => ProjectCode.TryParse(code, out _) ? grains.GetGrain<IProjectGrain>(code) : null;

    private static async Task<Results<TaggedCreated<ProjectView>, Refused>> Register(RegistrationBody body, CommandContext command, IGrainFactory grains)
    {
        if (grains.Coded(body.Code) is not { } project) return new Refused(Refusal.Of("invalid-registration", [Fault.Of("/code", "bad-project-code")]));
        var answer = await project.Register(body.ToCommand(), command.Act(body, body.Code));
        return answer.ToCreation(v => $"{Conventions.BasePath}/projects/{v.Code}", v => v);
    }

    private static async Task<Results<Tagged<ProjectView>, Refused>> Change(string code, ProjectPatchBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? (await project.ChangeDetails(body.ToCommand(), command.Act(body))).ToStep(v => v) : NotFound();

    private static async Task<Results<Tagged<ProjectView>, Refused>> View(string code, [AsParameters] AsKnownQuery asKnown, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await asKnown.Checked() is var known && await grains.Project(code) is { } project && await project.View(known, person.Actor, cancellationToken) is { } view ? new Tagged<ProjectView>(view, view.Version) : NotFound();

    private static async Task<Results<Tagged<PlanView>, Refused>> Plan(string code, [AsParameters] AsKnownQuery asKnown, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await asKnown.Checked() is var known && await grains.Project(code) is { } project && await project.Plan(known, person.Actor, cancellationToken) is { } plan ? new Tagged<PlanView>(plan, plan.Version) : NotFound();

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}
