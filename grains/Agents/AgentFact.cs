using Agency.EventSourcing;

namespace Agency.Agents;

/// <summary>What happens to an agent.</summary>
public abstract record AgentFact
{
    private AgentFact()
    {
    }

    /// <summary>The facts by their stored names. A name, once written, is for ever.</summary>
    public static FactCodec<AgentFact> Codec { get; } = new(
        ("agent-registered", typeof(Registered)),
        ("agent-changed", typeof(Changed)),
        ("agent-closed", typeof(Closed)),
        ("agent-deactivated", typeof(Deactivated)),
        ("agent-reactivated", typeof(Reactivated)),
        ("place-reserved", typeof(Reserved)),
        ("place-confirmed", typeof(Confirmed)),
        ("place-released", typeof(Released)));

    /// <summary>The kind of agents' streams.</summary>
    public const string Kind = "agent";

    /// <summary>Where an agent's facts lie.</summary>
    public static StreamId StreamOf(string id) => new(Kind, id);

    /// <summary>The person is an agent.</summary>
    public sealed record Registered(AgentDetails Details) : AgentFact;

    /// <summary>It is this from now on.</summary>
    public sealed record Changed(AgentDetails Details) : AgentFact;

    /// <summary>It takes no new projects: its deactivation has begun.</summary>
    public sealed record Closed : AgentFact;

    /// <summary>It has no project any more, and so its deactivation has ended. The system's.</summary>
    public sealed record Deactivated : AgentFact;

    /// <summary>It takes projects again.</summary>
    public sealed record Reactivated : AgentFact;

    /// <summary>It keeps a place for a project.</summary>
    public sealed record Reserved(Assignment Assignment) : AgentFact;

    /// <summary>The project has it on record.</summary>
    public sealed record Confirmed(Assignment Assignment) : AgentFact;

    /// <summary>The project has it no longer, or never had.</summary>
    public sealed record Released(Assignment Assignment) : AgentFact;
}
