using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Agents;

/// <summary>All agents. Any activation answers the same; the key is <see cref="Key"/>.</summary>
[Alias("agency.agents"), GrainInterfaceType("agency.agents")]
public interface IAgentsGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>Makes a person an agent (<see cref="IAgentGrain.Register"/>) and writes it down in the directory of persons. A repeat under
    /// the same key does what the first time may have left undone.</summary>
    [Alias("register")]
    Task<Answer<AgentView>> Register(string id, AgentDetails details, PersonDetails person, Act act);

    /// <summary>The agent, with what the directory and the portfolio show <paramref name="actor"/> of it; null if there is none of this id.</summary>
    [Alias("get"), ReadOnly]
    Task<AgentListing?> Get(string id, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The agents that fit <paramref name="query"/>, with what the directory and the portfolio show <paramref name="actor"/> of them.</summary>
    [Alias("find"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<AgentPage> Find(AgentQuery query, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Who could be this to the project, the best first, and why each other not.</summary>
    [Alias("propose"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<AgentProposal> Propose(AgentWanted wanted, CancellationToken cancellationToken = default);

    /// <summary>The agents on leave today for whom <paramref name="substitute"/> stands in, by id.</summary>
    [Alias("stood-in-by"), ReadOnly]
    Task<ImmutableArray<string>> StoodInBy(string substitute, CancellationToken cancellationToken = default);

    /// <summary>Who stands in today for each agent on leave, by the agent's id; without those whose substitute is away, too.</summary>
    [Alias("substitutes"), ReadOnly]
    Task<ImmutableDictionary<string, string>> Substitutes(CancellationToken cancellationToken = default);

    /// <summary>Wakes those agents that keep a place for a project which has not confirmed it: they ask.</summary>
    [Alias("heal")]
    Task Heal();
}

/// <summary>Which agents, in which order. A filter that is null means all.</summary>
/// <param name="Text">Part of the id or of the name.</param>
/// <param name="Sort">What they are sorted by, the first first; ties by id.</param>
/// <param name="After">The last one seen; null: from the start.</param>
[GenerateSerializer, Immutable, Alias("agency.agent-query")]
public sealed record AgentQuery(
    [property: Id(0)] string? Department,
    [property: Id(1)] string? District,
    [property: Id(2)] Function? Function,
    [property: Id(3)] AgentStatus? Status,
    [property: Id(4)] string? Text,
    [property: Id(5)] ImmutableArray<AgentSort> Sort,
    [property: Id(6)] AgentPlace? After,
    [property: Id(7)] int Limit);

/// <summary>One of the keys that agents are sorted by.</summary>
[GenerateSerializer, Immutable, Alias("agency.agent-sort")]
public readonly record struct AgentSort([property: Id(0)] AgentKey Key, [property: Id(1)] bool Descending);

/// <summary>What agents can be sorted by.</summary>
public enum AgentKey
{
    Id,
    Load,
}

/// <summary>What an agent is sorted by.</summary>
[GenerateSerializer, Immutable, Alias("agency.agent-place")]
public sealed record AgentPlace([property: Id(0)] string Id, [property: Id(1)] int Load);

/// <summary>Some of the agents that fit a query.</summary>
/// <param name="More">Whether there are others behind.</param>
/// <param name="Total">How many fit in all.</param>
[GenerateSerializer, Immutable, Alias("agency.agent-page")]
public sealed record AgentPage([property: Id(0)] ImmutableArray<AgentListing> Items, [property: Id(1)] bool More, [property: Id(2)] int Total);

/// <summary>An agent and the person it is.</summary>
/// <param name="Person">Null where the directory has none.</param>
[GenerateSerializer, Immutable, Alias("agency.agent-listing")]
public sealed record AgentListing([property: Id(0)] AgentView Agent, [property: Id(1)] PersonView? Person);
