using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Departments;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Departments;

/// <summary>The departments 部门 that handle items. Which there are follows from the city's data; what they are called can be changed.</summary>
internal static class DepartmentsApi
{
    public static void MapDepartments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/departments").WithTags("Departments");
        group.MapGet("/", List).WithName("ListDepartments").WithSummary("The departments, organ by organ, the city's before the districts'; by organ and district.");
        group.MapGet("/{code}", View).WithName("ViewDepartment").WithSummary("A department.");
        group.MapPut("/{code}", Rename).WithName("RenameDepartment").WithSummary("Gives a department another name.");
    }

    private static IDepartmentsGrain Departments(this IGrainFactory grains) => grains.GetGrain<IDepartmentsGrain>(IDepartmentsGrain.Key);

    private static async Task<Ok<Page<Department>>> List(string? organ, string? district, [AsParameters] ListQuery list, IGrainFactory grains)
    {
        var found = (await grains.Departments().List()).Where(d => (organ is null || d.Organ == organ) && (district is null || d.District == district));
        return TypedResults.Ok(list.PageOf([.. found], d => d.Code));
    }

    private static async Task<Results<Tagged<Department>, Refused>> View(string code, IGrainFactory grains) =>
        await grains.Departments().Get(code) is { } found
            ? new Tagged<Department>(found.Department, found.Version)
            : new Refused(Refusal.Of("department-not-found", ("code", code)));

    private static async Task<Results<Tagged<Department>, Refused>> Rename(string code, DepartmentBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Departments().Rename(code, body.Name, body.ShortName, command.Act())).ToStep(department => department);
}

/// <summary>What a department is called.</summary>
/// <param name="Name">Its full name, at most 100 characters.</param>
/// <param name="ShortName">The name for lists, at most 100 characters; left out: the one that follows from the city's data.</param>
public sealed record DepartmentBody(string Name, string? ShortName = null);
