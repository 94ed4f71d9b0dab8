using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Agents;

/// <summary>A person who gets projects through: project service manager 项目服务经理 or agency clerk 代办员 (domain 1, 9). Key: the
/// person's opaque id, the same as in <see cref="People.Actor.Id"/>.</summary>
/// <remarks>A project's record alone says whom it has; the agent holds what it has granted: reservations, which the project's outbox
/// confirms or releases. Calls from projects are taken while others wait, since project and agent may ask each other.</remarks>
[Alias("agency.agent"), GrainInterfaceType("agency.agent")]
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>Makes the person an agent; the office's or the administrator's.</summary>
    [Alias("register")]
    Task<Answer<AgentView>> Register(AgentDetails details, Act act);

    /// <summary>Changes an agent, its leave included; deactivation closes it to new projects at once and ends when it has none.</summary>
    [Alias("change")]
    Task<Answer<AgentView>> Change(AgentPatch patch, Act act);

    /// <summary>The agent as it stands today; null if the person is none.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<AgentView?> View();

    /// <summary>Whether the person is an agent that has not been deactivated and is not on leave today.</summary>
    [Alias("is-there"), AlwaysInterleave]
    Task<bool> IsThere();

    /// <summary>Keeps a place for a project. The same again is already so; capacity never refuses.</summary>
    /// <returns>The agent; refusals <c>agent-not-found</c>, <c>agent-not-active</c>, <c>agent-function</c>.</returns>
    [Alias("reserve"), AlwaysInterleave]
    Task<Answer<AgentView>> Reserve(Assignment assignment, Act act);

    /// <summary>The project has it on record. The same again is already so; for one that is not known here a place is kept until the
    /// project has been asked.</summary>
    [Alias("confirm"), AlwaysInterleave]
    Task Confirm(Assignment assignment, Act act);

    /// <summary>The project has it no longer, or never had. The same again is already so; the last one ends a deactivation.</summary>
    [Alias("release"), AlwaysInterleave]
    Task Release(Assignment assignment, Act act);
}

/// <summary>What an agent is to a project.</summary>
public enum Function
{
    /// <summary>项目服务经理.</summary>
    Manager,

    /// <summary>代办员.</summary>
    Clerk,
}

/// <summary>Rank 职级 of an agent.</summary>
public enum Rank
{
    /// <summary>科员.</summary>
    Staff,

    /// <summary>中层干部: what a manager must be (domain 9).</summary>
    Middle,

    /// <summary>领导班子成员.</summary>
    Leading,
}

/// <summary>Whether an agent takes projects.</summary>
public enum AgentStatus
{
    Active,

    /// <summary>Takes no new projects and still has some.</summary>
    Closing,
    Inactive,
}

/// <summary>A place that an agent keeps for a project.</summary>
/// <param name="Project">Code of the project.</param>
/// <param name="CommandId">The command that appoints; a repeat is known by it, and another appointment of the same agent is another one.</param>
[GenerateSerializer, Immutable, Alias("agency.assignment")]
public sealed record Assignment([property: Id(0)] string Project, [property: Id(1)] Function Function, [property: Id(2)] string CommandId);

/// <summary>What an agent is.</summary>
/// <param name="Department">Code of the department that the agent belongs to.</param>
/// <param name="District">Code of the district that it works in; null: the whole city.</param>
/// <param name="Functions">What it can be to a project; at least one.</param>
/// <param name="Flows">Codes of the flows, which are the kinds of project 项目类型, that it is for; none: all.</param>
/// <param name="Capacity">How many projects it should have at most; more is a warning, never a refusal.</param>
/// <param name="Leaves">When it is away, and who stands in; none overlap.</param>
[GenerateSerializer, Immutable, Alias("agency.agent-details")]
public sealed record AgentDetails(
    [property: Id(0)] string Department,
    [property: Id(1)] string? District,
    [property: Id(2)] Rank Rank,
    [property: Id(3)] ImmutableArray<Function> Functions,
    [property: Id(4)] ImmutableArray<string> Flows,
    [property: Id(5)] int Capacity,
    [property: Id(6)] ImmutableArray<Leave> Leaves);

/// <summary>An agent is away from <paramref name="From"/> to <paramref name="To"/>, both inclusive, and <paramref name="Substitute"/>, another agent, stands in.</summary>
[GenerateSerializer, Immutable, Alias("agency.leave")]
public sealed record Leave([property: Id(0)] DateOnly From, [property: Id(1)] DateOnly To, [property: Id(2)] string Substitute);

/// <summary>An agent as clients see it, without what the directory of persons holds.</summary>
/// <param name="Version">Version of its stream.</param>
/// <param name="Assignments">The places that it keeps; while a project appoints it anew to what it is already, the old and the new one.</param>
/// <param name="Load">To how many projects it is something.</param>
/// <param name="Substitute">Who stands in for it today; null: it is there, or its substitute is away, too.</param>
/// <param name="OnLeave">Whether it is on leave today.</param>
[GenerateSerializer, Immutable, Alias("agency.agent-view")]
public sealed record AgentView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] AgentDetails Details,
    [property: Id(3)] AgentStatus Status,
    [property: Id(4)] ImmutableArray<Assignment> Assignments,
    [property: Id(5)] int Load,
    [property: Id(6)] string? Substitute,
    [property: Id(7)] bool OnLeave)
{
    /// <summary>Whether it has not been deactivated and is not on leave.</summary>
    internal bool IsThere => Status != AgentStatus.Inactive && !OnLeave;

    /// <summary>The agent as it is shown to an actor, who knows itself whole; of others the places in projects that it sees.</summary>
    /// <param name="seen">Codes of the projects that the actor sees.</param>
    internal AgentView ShownTo(Actor actor, ImmutableHashSet<string> seen) =>
        !actor.OwnOnly || actor.Id == Id ? this : this with { Assignments = [.. Assignments.Where(a => seen.Contains(a.Project))] };

    /// <summary>The agent on a day; whether its substitute is there is left open.</summary>
    internal static AgentView Of(string id, long version, AgentSummary agent, DateOnly day)
    {
        var leave = agent.Details.Leaves.FirstOrDefault(l => l.From <= day && day <= l.To);
        var load = agent.Places.Select(p => p.Assignment.Project).Distinct(StringComparer.Ordinal).Count();
        return new(id, version, agent.Details, agent.Status, [.. agent.Places.Select(p => p.Assignment)], load, leave?.Substitute, leave is not null);
    }
}
