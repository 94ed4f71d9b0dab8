using System.Collections.Immutable;
using Agency.Agents;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Agents;

/// <summary>Those who get projects through: project service managers 项目服务经理 and agency clerks 代办员.</summary>
internal static class AgentsApi
{
    private static readonly ImmutableDictionary<string, AgentKey> _sortable = Enum.GetValues<AgentKey>().ToImmutableDictionary(k => EnumNames.Of(k), StringComparer.Ordinal);

    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/agents").WithTags("Agents");
        group.MapPost("/", Register).WithName("RegisterAgent").WithSummary("Makes a person an agent, and writes it down in the directory of persons.");
        group.MapGet("/", List).WithName("ListAgents").WithSummary("The agents that fit every filter, by id, or sorted by id and load; of their projects those that the reader sees. Phone and mail address are masked.");
        group.MapGet("/{id}", View).WithName("ViewAgent").WithSummary("An agent with those of its projects that the reader sees, and who stands in for it today.");
        group.MapPatch("/{id}", Change).WithName("ChangeAgent").WithSummary("Changes an agent (JSON Merge Patch); inactive it takes no new projects.");
    }

    private static async Task<Results<TaggedCreated<AgentAnswer>, Refused>> Register(AgentBody body, CommandContext command, IGrainFactory grains)
    {
        var answer = await grains.Agents().Register(body.Id, body.ToDetails(), body.ToPerson(), command.Act(creationId: body.Id, personal: true));
        var person = await grains.Person(body.Id, command.Actor);
        return answer.ToCreation(v => $"{Conventions.BasePath}/agents/{v.Id}", v => AgentAnswer.Of(new(v, person?.ToMasked())));
    }

    private static async Task<Results<Tagged<AgentAnswer>, Refused>> Change(string id, AgentPatchBody body, CommandContext command, IGrainFactory grains)
    {
        if (!PersonId.IsOne(id)) return NotFound(id);
        var answer = await grains.GetGrain<IAgentGrain>(id).Change(body.ToCommand(), command.Act());
        var person = await grains.Person(id, command.Actor);
        return answer.ToStep(v => AgentAnswer.Of(new(v, person?.ToMasked())));
    }

    private static async Task<Results<Tagged<AgentAnswer>, Refused>> View(string id, ActingPerson person, IGrainFactory grains) =>
        await grains.Agents().Get(id, person.Actor) is { } listing ? new Tagged<AgentAnswer>(AgentAnswer.Of(listing), listing.Agent.Version) : NotFound(id);

    private static async Task<Ok<Page<AgentAnswer>>> List(
        [AsParameters] AgentFilters filters,
        [AsParameters] ListQuery list,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var sort = list.SortBy([.. _sortable.Keys]).Select(s => new AgentSort(_sortable[s.Name], s.Descending)).ToImmutableArray();
        var page = await grains.Agents().Find(filters.ToQuery(sort, list.After<AgentPlace>(), list.Size), person.Actor, cancellationToken);
        var next = page.More ? list.CursorAfter(new AgentPlace(page.Items[^1].Agent.Id, page.Items[^1].Agent.Load)) : null;
        return TypedResults.Ok(new Page<AgentAnswer>([.. page.Items.Select(a => AgentAnswer.Of(a with { Person = a.Person?.ToMasked() }))], next, page.Total));
    }

    private static IAgentsGrain Agents(this IGrainFactory grains) => grains.GetGrain<IAgentsGrain>(IAgentsGrain.Key);

    private static Task<PersonView?> Person(this IGrainFactory grains, string id, Actor actor) => grains.GetGrain<IPersonsGrain>(IPersonsGrain.Key).Get(id, actor);

    private static Refused NotFound(string id) => new(Refusal.Of("agent-not-found", ("agent", id)));
}

/// <summary>Which agents a list shows; bound with <c>[AsParameters]</c>.</summary>
/// <param name="Department">Code of their department.</param>
/// <param name="District">Code of the district that they work in.</param>
/// <param name="Function">Those who can be this.</param>
/// <param name="Status">Those in this state.</param>
/// <param name="Q">Part of their id or name.</param>
public sealed record AgentFilters(
    [property: FromQuery(Name = "department")] string? Department,
    [property: FromQuery(Name = "district")] string? District,
    [property: FromQuery(Name = "function")] Function? Function,
    [property: FromQuery(Name = "status")] AgentStatus? Status,
    [property: FromQuery(Name = "q")] string? Q)
{
    internal AgentQuery ToQuery(ImmutableArray<AgentSort> sort, AgentPlace? after, int limit) => new(Department, District, Function, Status, Q, sort, after, limit);
}
