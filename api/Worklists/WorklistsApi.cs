using Agency.Agents;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Worklists;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Worklists;

/// <summary>What departments and agents have to do next, over all their projects.</summary>
internal static class WorklistsApi
{
    public static void MapWorklists(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/departments/{code}/worklist", OfDepartment)
            .WithTags("Worklists")
            .WithName("ViewDepartmentWorklist")
            .WithSummary("What a department has to do next, the most urgent first, and what was recorded of its items since an instant.");
        routes.MapGet("/agents/{id}/worklist", OfAgent)
            .WithTags("Worklists")
            .WithName("ViewAgentWorklist")
            .WithSummary("What is to be done next in the projects that an agent manages, and what a clerk's mandates cover, with those that it stands in for; and what was recorded of them since an instant.");
    }

    private static async Task<Results<Ok<WorklistPage>, Refused>> OfAgent(
        string id,
        DateTimeOffset? since,
        [AsParameters] ListQuery list,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        if (!PersonId.IsOne(id) || (person.Actor.OwnOnly && person.Actor.Id != id) || await grains.GetGrain<IAgentGrain>(id).View() is null)
            return new Refused(Refusal.Of("agent-not-found", ("agent", id)));
        return TypedResults.Ok(WorklistPage.Of(await grains.GetGrain<IWorklistGrain>(0).Of(new(WorkerKind.Agent, id), since, cancellationToken), list, person.Actor));
    }

    private static async Task<Results<Ok<WorklistPage>, Refused>> OfDepartment(
        string code,
        DateTimeOffset? since,
        [AsParameters] ListQuery list,
        ActingPerson person,
        DepartmentCodes departments,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        if (departments.Find(code) is null || (person.Actor.OwnOnly && person.Actor.Department != code))
            return new Refused(Refusal.Of("department-not-found", ("code", code)));
        return TypedResults.Ok(WorklistPage.Of(await grains.GetGrain<IWorklistGrain>(0).Of(new(WorkerKind.Department, code), since, cancellationToken), list, person.Actor));
    }
}

/// <summary>One page of a worklist.</summary>
/// <param name="AsOf">The day that it is for.</param>
/// <param name="Items">What is to be done, the most urgent first.</param>
/// <param name="Changes">What was recorded after <c>since</c>, oldest first, at most 200; empty where no instant was asked for.</param>
/// <param name="Complete">False: projects could not be read now, and what is to be done in them is missing here; ask again later.</param>
/// <param name="Unread">Their codes, for whoever may see every project: whose they are cannot be told.</param>
public sealed record WorklistPage(DateOnly AsOf, IReadOnlyList<WorklistDuty> Items, string? NextCursor, long Total, IReadOnlyList<Change> Changes, bool Complete, IReadOnlyList<string> Unread)
{
    internal static WorklistPage Of(Worklist worklist, ListQuery list, Actor actor)
    {
        var page = list.PageOf([.. worklist.Duties.Select(WorklistDuty.Of)], d => d.Key);
        return new(worklist.AsOf, page.Items, page.NextCursor, page.Total, worklist.Changes, worklist.Unread.IsEmpty, actor.OwnOnly ? [] : worklist.Unread);
    }
}

/// <summary>One thing to be done.</summary>
/// <param name="Project">Code of the project.</param>
/// <param name="OwnerName">For whom it is done: the project's owner.</param>
/// <param name="Item">The item that it is about; null where it is about none.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Who">Who is to do it.</param>
/// <param name="Department">The department, where it is one.</param>
/// <param name="Subject">Id of what else it is about: of a problem or a follow-up.</param>
/// <param name="StandingIn">The agent on leave whose duty it is; null: the worker's own.</param>
/// <param name="By">The last day in time; null where none is set.</param>
/// <param name="DaysLeft">Working days after today up to that day, so 0 on it; negative by the working days past it.</param>
public sealed record WorklistDuty(
    string Project,
    string ProjectName,
    string OwnerName,
    string? Item,
    string? ItemName,
    ActionKind What,
    Role Who,
    string? Department,
    string? Subject,
    string? StandingIn,
    DateOnly? By,
    int? DaysLeft,
    Light Light)
{
    internal string Key => $"{Project}/{Item}/{What}/{Who}/{Department}/{Subject}/{By:yyyyMMdd}";

    internal static WorklistDuty Of(Duty d) => new(
        d.Project, d.ProjectName, d.OwnerName, d.Action.Item, d.ItemName, d.Action.What, d.Action.Who, d.Action.Department, d.Action.Subject, d.StandingIn, d.Action.By, d.DaysLeft, d.Light);
}
