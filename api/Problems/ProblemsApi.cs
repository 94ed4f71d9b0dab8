using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.EventSourcing;
using Agency.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Problems;

/// <summary>The problems 存在问题 of a project: raised, taken to a higher level, worked on, closed.</summary>
internal static class ProblemsApi
{
    public static void MapProblems(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/problems").WithTags("Problems");
        group.MapPost("/", Raise).WithName("RaiseProblem").WithSummary("A problem that holds the project back; past due it rises to the next level by itself.");
        group.MapGet("/", List).WithName("ListProblems").WithSummary("The project's problems in the order in which they were recorded, at the level where each stands today.");
        group.MapGet("/{id}", View).WithName("ViewProblem").WithSummary("A problem with its levels, countermeasures and outcome.");
        group.Step<EscalationBody>("escalation", "EscalateProblem", "上报: the problem goes to a higher level before it is past due.",
            (id, b) => new ProblemEscalated(id, b.Level));
        group.Step<CountermeasureBody>("countermeasure", "TakeCountermeasure", "措施: what is done about it.",
            (id, b) => new CountermeasureTaken(id, b.PersonInCharge, b.DueOn));
        group.Step<ProblemClosureBody>("closure", "CloseProblem", "销号: the problem is solved, as evidence shows.",
            (id, b) => new ProblemClosed(id, Approvals.MaterialsBody.Of(b.Evidence)));
    }

    private static async Task<Results<TaggedCreated<ProblemView>, Refused>> Raise(string code, ProblemBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.Solve(new ProblemRaised("", body.Item, body.Category, body.Level ?? ProblemLevel.Manager, body.PersonInCharge, body.DueOn, []), command.Act(body)))
                .ToCreation(v => $"{Conventions.BasePath}/projects/{code}/problems/{v.Id}", v => v)
            : new Refused(Refusal.Of("project-not-found"));

    private static void Step<TBody>(this RouteGroupBuilder group, string path, string name, string summary, Func<string, TBody, ProblemFact> step)
        where TBody : ActBody =>
        group.MapPost($"/{{id}}/{path}", async Task<Results<Tagged<ProblemView>, Refused>> (string code, string id, TBody body, CommandContext command, IGrainFactory grains) =>
                await grains.Project(code) is { } project ? (await project.Solve(step(id, body), command.Act(body))).ToStep(v => v) : new Refused(Refusal.Of("project-not-found")))
            .WithName(name)
            .WithSummary(summary);

    private static async Task<Results<Tagged<Page<ProblemView>>, Refused>> List(
        string code,
        ProblemStatus? state,
        ProblemLevel? level,
        [AsParameters] ListQuery list,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && await project.Service(person.Actor, cancellationToken) is { Problems: var problems }
            ? new Tagged<Page<ProblemView>>(list.PageOf([.. problems.All.Where(p => (state ?? p.State) == p.State && (level ?? p.Level) == p.Level)], p => p.Id), problems.Version)
            : new Refused(Refusal.Of("project-not-found"));

    private static async Task<Results<Tagged<ProblemView>, Refused>> View(string code, string id, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.Project(code) is { } project && (await project.Service(person.Actor, cancellationToken))?.Problems.All.FirstOrDefault(p => p.Id == id) is { } problem
            ? new Tagged<ProblemView>(problem, problem.Version)
            : new Refused(Refusal.Of("problem-not-found", ("problem", id)));
}
