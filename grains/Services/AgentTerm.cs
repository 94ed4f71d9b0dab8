using Agency.Agents;
using Agency.EventSourcing;
using Agency.Projects;

namespace Agency.Services;

/// <summary>What an agent is to a project, from its appointment to its end.</summary>
/// <param name="Agent">Opaque id of the person.</param>
/// <param name="CommandId">The command that appointed it; the agent's reservation is known by it.</param>
/// <param name="Version">The fact that appointed it.</param>
public sealed record AgentTerm(string Agent, Function Function, DateOnly Since, string CommandId, long Version)
{
    /// <summary>Null while it lasts.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The fact that ended it.</summary>
    public long? EndedBy { get; init; }

    public bool IsOpen => EndedBy is null;

    internal static AgentTerm Begin(string agent, Function function, Entry<ProjectFact> by) => new(agent, function, by.OccurredOn, by.CommandId, by.Version);

    /// <summary>The term ended by a fact, unless another had ended it.</summary>
    internal AgentTerm End(Entry<ProjectFact> by) =>
        IsOpen ? this with { EndedOn = by.OccurredOn > Since ? by.OccurredOn : Since, EndedBy = by.Version } : this;

    /// <summary>The place that the agent keeps for the project.</summary>
    internal Assignment Assignment(string project) => new(project, Function, CommandId);
}
