using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Agents;

/// <summary>An agent's summary row: all that lists and proposals need. Stored; a new member is optional.</summary>
internal sealed record AgentSummary(AgentDetails Details, AgentStatus Status, ImmutableArray<Place> Places)
{
    /// <summary>The state's; null while the person is no agent.</summary>
    public static AgentSummary? Of(AgentState state) => state.Details is { } details ? new(details, state.Status, state.Places) : null;

    public static AgentSummary Read(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize<AgentSummary>(bytes.Span, FactJson.Options) ?? throw new JsonException("An empty agent.");

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, FactJson.Options);
}
