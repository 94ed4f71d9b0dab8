using System.Collections.Immutable;
using Agency.Projects;

namespace Agency.Agents;

/// <summary>Changes of an agent; what is left out stays.</summary>
[GenerateSerializer, Immutable, Alias("agency.agent-patch")]
public sealed record AgentPatch
{
    [Id(0)]
    public Optional<string> Department { get; init; }

    [Id(1)]
    public Optional<string?> District { get; init; }

    [Id(2)]
    public Optional<Rank> Rank { get; init; }

    [Id(3)]
    public Optional<ImmutableArray<Function>> Functions { get; init; }

    [Id(4)]
    public Optional<ImmutableArray<string>> Flows { get; init; }

    [Id(5)]
    public Optional<int> Capacity { get; init; }

    [Id(6)]
    public Optional<ImmutableArray<Leave>> Leaves { get; init; }

    /// <summary>False deactivates, true takes that back.</summary>
    [Id(7)]
    public Optional<bool> Active { get; init; }

    /// <summary>The details with the patch applied.</summary>
    internal AgentDetails On(AgentDetails details) => new(
        Department.Or(details.Department),
        District.Or(details.District),
        Rank.Or(details.Rank),
        Functions.Or(details.Functions),
        Flows.Or(details.Flows),
        Capacity.Or(details.Capacity),
        Leaves.Or(details.Leaves));
}
