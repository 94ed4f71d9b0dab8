using System.Collections.Immutable;

namespace Agency.Agents;

/// <summary>An agent's summary row: all that lists and proposals need. Stored; a new member is optional.</summary>
public sealed record AgentSummary(AgentDetails Details, AgentStatus Status, ImmutableArray<Place> Places)
{
    internal static AgentSummary Of(AgentState state) => new(state.Details!, state.Status, state.Places);
}
