using Agency.Agents;
using Agency.People;
using Agency.Projects;

namespace Agency.Api.Agents;

/// <summary>A person who becomes an agent.</summary>
/// <param name="Id">Opaque id of the person, as it acts: 1 to 64 characters of A-Z a-z 0-9 . _ -</param>
/// <param name="Name">For the directory of persons, as phone and mail.</param>
/// <param name="Department">Code of the department that it belongs to.</param>
/// <param name="Functions">What it can be to a project.</param>
/// <param name="Capacity">How many projects it should have at most, 1 to 100; more is never refused.</param>
/// <param name="District">Code of the district that it works in; left out: the whole city.</param>
/// <param name="Flows">Codes of the flows that it is for; left out: all.</param>
/// <param name="Leaves">When it is away, and who stands in.</param>
public sealed record AgentBody(
    string Id,
    string Name,
    string Department,
    Rank Rank,
    IReadOnlyList<Function> Functions,
    int Capacity,
    string? Phone = null,
    string? Mail = null,
    string? District = null,
    IReadOnlyList<string>? Flows = null,
    IReadOnlyList<Leave>? Leaves = null)
{
    internal AgentDetails ToDetails() => new(Department, District, Rank, [.. Functions], [.. Flows ?? []], Capacity, [.. Leaves ?? []]);

    internal PersonDetails ToPerson() => new(Name, Phone, Mail);
}

/// <summary>Members of an agent to change (RFC 7396): what is left out stays, null takes away.</summary>
public sealed record AgentPatchBody
{
    public Optional<string> Department { get; init; }

    public Optional<string?> District { get; init; }

    public Optional<Rank> Rank { get; init; }

    public Optional<IReadOnlyList<Function>> Functions { get; init; }

    public Optional<IReadOnlyList<string>> Flows { get; init; }

    public Optional<int> Capacity { get; init; }

    public Optional<IReadOnlyList<Leave>> Leaves { get; init; }

    /// <summary>False: it takes no new projects, and is inactive when it has none. True takes that back.</summary>
    public Optional<bool> Active { get; init; }

    internal AgentPatch ToCommand() => new()
    {
        Department = Department with { Value = Department.Value ?? "" },
        District = District,
        Rank = Rank,
        Functions = Functions.IsSet ? new(true, [.. Functions.Value ?? []]) : default,
        Flows = Flows.IsSet ? new(true, [.. Flows.Value ?? []]) : default,
        Capacity = Capacity,
        Leaves = Leaves.IsSet ? new(true, [.. Leaves.Value ?? []]) : default,
        Active = Active,
    };
}

/// <summary>An agent.</summary>
/// <param name="Name">Null where the directory of persons has none of this id.</param>
/// <param name="Phone">Masked as <paramref name="Mail"/>, but for who asks for this one agent and has need of it.</param>
/// <param name="Projects">What it is to projects, of those that the reader sees.</param>
/// <param name="Load">To how many projects it is something, seen or not.</param>
/// <param name="OnLeave">Whether it is on leave today.</param>
/// <param name="Substitute">Id of the agent who stands in for it today.</param>
public sealed record AgentAnswer(
    string Id,
    string? Name,
    string? Phone,
    string? Mail,
    string Department,
    string? District,
    Rank Rank,
    IReadOnlyList<Function> Functions,
    IReadOnlyList<string> Flows,
    int Capacity,
    IReadOnlyList<Leave> Leaves,
    AgentStatus Status,
    IReadOnlyList<AgentProject> Projects,
    int Load,
    bool OnLeave,
    string? Substitute)
{
    internal static AgentAnswer Of(AgentListing listing)
    {
        var (agent, person) = listing;
        var details = agent.Details;
        return new(
            agent.Id, person?.Details.Name, person?.Details.Phone, person?.Details.Mail, details.Department, details.District, details.Rank, details.Functions, details.Flows, details.Capacity, details.Leaves,
            agent.Status, [.. agent.Assignments.Select(a => new AgentProject(a.Project, a.Function)).Distinct()], agent.Load, agent.OnLeave, agent.Substitute);
    }
}

/// <summary>A project that an agent keeps a place for.</summary>
/// <param name="Project">Code of the project.</param>
public sealed record AgentProject(string Project, Function Function);
