using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Catalogue;

/// <summary>What happens to flows.</summary>
public abstract record FlowFact
{
    private FlowFact()
    {
    }

    /// <summary>A version was made, by an administrator or, of a flow that comes with the service, by the system.</summary>
    public sealed record VersionMade(Flow Flow) : FlowFact;

    /// <summary>Where they all lie.</summary>
    internal static StreamId Stream { get; } = new("catalogue", "flows");

    public static FactCodec<FlowFact> Codec { get; } = new(("flow-version-made", typeof(VersionMade)));
}

/// <summary>All flow versions, and the decider that makes new ones.</summary>
/// <param name="Recorded">How many facts there are.</param>
/// <param name="Flows">The versions of each flow, oldest first.</param>
/// <param name="Shipped">Of each flow the version that the system made last.</param>
internal sealed record FlowVersions(
    long Recorded,
    ImmutableSortedDictionary<string, ImmutableArray<Flow>> Flows,
    ImmutableDictionary<string, Flow> Shipped)
{
    public static FlowVersions Initial { get; } = new(0, ImmutableSortedDictionary.Create<string, ImmutableArray<Flow>>(StringComparer.Ordinal), ImmutableDictionary.Create<string, Flow>(StringComparer.Ordinal));

    public static StreamFold<FlowFact, FlowVersions> Fold { get; } = new(
        FlowFact.Stream.Kind,
        FlowFact.Codec,
        Initial,
        (state, entries) => entries.Aggregate(state, Evolve),
        state => JsonSerializer.SerializeToUtf8Bytes(state.Flows.ToDictionary(f => f.Key, f => f.Value.Length), FactJson.Options));

    /// <summary>The number of the next version of a flow.</summary>
    public int Next(string code) => Flows.GetValueOrDefault(code, []).Length + 1;

    public Flow? Newest(string code) => Flows.TryGetValue(code, out var versions) ? versions[^1] : null;

    public Flow? Get(string code, int version) => Flows.TryGetValue(code, out var versions) && version >= 1 && version <= versions.Length ? versions[version - 1] : null;

    /// <summary>The newest with its first day on or before <paramref name="day"/>, else the oldest.</summary>
    public Flow? For(string code, DateOnly day) =>
        Flows.TryGetValue(code, out var versions) ? versions.LastOrDefault(v => v.EffectiveFrom <= day) ?? versions[0] : null;

    /// <summary>Makes <paramref name="flow"/> a version, unless it stands already: against the newest, or for what comes with the service
    /// against what the system made last, so that an administrator's version is not undone by a restart.</summary>
    public static Decision<FlowFact> Decide(FlowVersions state, Flow flow, Act act, Moment moment)
    {
        var newest = state.Newest(flow.Code);
        if (act.IfVersion is { } expected && expected != (newest?.Version ?? 0)) return Refusal.Of(Refusals.VersionMismatch);
        var standing = act.Actor.Role == Role.System ? state.Shipped.GetValueOrDefault(flow.Code) : newest;
        if (standing is not null && FlowMaker.Content(standing).AsSpan().SequenceEqual(FlowMaker.Content(flow))) return ImmutableArray<Entry<FlowFact>>.Empty;
        var made = new FlowFact.VersionMade(flow with { Version = state.Next(flow.Code) });
        return new Entry<FlowFact>(state.Recorded + 1, made, moment.Now, moment.Today, act.Actor, null, act.CommandId, null, ImmutableSortedDictionary<string, string?>.Empty);
    }

    public static FlowVersions Evolve(FlowVersions state, Entry<FlowFact> entry) => entry.Fact switch
    {
        FlowFact.VersionMade { Flow: var flow } => new(
            entry.Version,
            state.Flows.SetItem(flow.Code, state.Flows.GetValueOrDefault(flow.Code, []).Add(flow)),
            entry.Actor.Role == Role.System ? state.Shipped.SetItem(flow.Code, flow) : state.Shipped),
        _ => throw new NotSupportedException($"{entry.Fact.GetType().Name} is no fact of flows."),
    };
}
