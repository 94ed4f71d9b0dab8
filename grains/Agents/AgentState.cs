using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Agents;

/// <summary>What an agent's stream has come to.</summary>
public sealed record AgentState
{
    public static AgentState None { get; } = new();

    internal static StreamFold<AgentFact, AgentState> Fold { get; } = new(
        AgentFact.Kind, AgentFact.Codec, None, (state, entries) => entries.Aggregate(state, (s, e) => s.With(e)), state => AgentSummary.Of(state)!.Write());

    public long Version { get; private init; }

    /// <summary>Null while the person is no agent.</summary>
    public AgentDetails? Details { get; private init; }

    public AgentStatus Status { get; private init; }

    /// <summary>The places that it keeps, in the order of their reservation.</summary>
    public ImmutableArray<Place> Places { get; private init; } = [];

    /// <summary>The place of an assignment; null if it keeps none.</summary>
    public Place? Place(Assignment assignment) => Places.FirstOrDefault(p => p.Assignment == assignment);

    public AgentState With(Entry<AgentFact> entry)
    {
        var next = entry.Fact switch
        {
            AgentFact.Registered fact => this with { Details = fact.Details },
            AgentFact.Changed fact => this with { Details = fact.Details },
            AgentFact.Closed => this with { Status = AgentStatus.Closing },
            AgentFact.Deactivated => this with { Status = AgentStatus.Inactive },
            AgentFact.Reactivated => this with { Status = AgentStatus.Active },
            AgentFact.Reserved fact => this with
            {
                Places = Places.Add(new(fact.Assignment, entry.RecordedAt, Confirmed: false)),
                Status = Status == AgentStatus.Inactive ? AgentStatus.Closing : Status,
            },
            AgentFact.Confirmed fact => this with { Places = [.. Places.Select(p => p.Assignment == fact.Assignment ? p with { Confirmed = true } : p)] },
            AgentFact.Released fact => this with { Places = Places.RemoveAll(p => p.Assignment == fact.Assignment) },
            var fact => throw new NotSupportedException($"{fact.GetType().Name} is no fact of an agent."),
        };
        return next with { Version = entry.Version };
    }
}

/// <summary>A place kept for a project.</summary>
/// <param name="Since">When it was reserved.</param>
/// <param name="Confirmed">Whether the project has said that it has it on record.</param>
public sealed record Place(Assignment Assignment, DateTimeOffset Since, bool Confirmed);
