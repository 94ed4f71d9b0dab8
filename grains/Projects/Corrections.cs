using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Agency.Approvals;
using Agency.EventSourcing;

namespace Agency.Projects;

/// <summary>What corrections make of a record (domain 5.8).</summary>
internal static class Corrections
{
    /// <summary>The facts in force, in recorded order, each as its last standing correction has it; corrections themselves, and what they
    /// superseded, left out.</summary>
    public static IEnumerable<Entry<ProjectFact>> Effective(ImmutableArray<Entry<ProjectFact>> entries)
    {
        var (standing, superseded) = (Standing(entries), Superseded(entries));
        return entries.Where(e => e.Fact is not Correction && !superseded.Contains(e.Version)).Select(e => standing.TryGetValue(e.Version, out var correction) ? Corrected(e, correction) : e).OfType<Entry<ProjectFact>>();
    }

    /// <summary>Sequences of the facts that a standing correction changes or voids, or that one has superseded.</summary>
    public static IReadOnlySet<long> Targets(ImmutableArray<Entry<ProjectFact>> entries) => Standing(entries).Keys.Concat(Superseded(entries)).ToHashSet();

    /// <summary>A fact as a correction has it; null if it is voided.</summary>
    public static Entry<ProjectFact>? Corrected(Entry<ProjectFact> entry, Correction correction) => correction.Void ? null : entry with
    {
        OccurredOn = correction.OccurredOn ?? entry.OccurredOn,
        Fact = (correction.Values is { } values ? Merged(entry.Fact, JsonNode.Parse(values)!.AsObject()) : entry.Fact) switch
        {
            Acceptance acceptance => acceptance with { Terms = correction.Terms ?? acceptance.Terms },
            Correction nested => nested with { Terms = correction.Terms ?? nested.Terms },
            var fact => fact,
        },
    };

    /// <summary>A fact with some members of its payload as given; null takes one away.</summary>
    /// <exception cref="System.Text.Json.JsonException">The values are none of the fact's.</exception>
    public static ProjectFact Merged(ProjectFact fact, JsonObject values)
    {
        var payload = JsonNode.Parse(FactJson.Payload(fact).GetRawText())!.AsObject();
        foreach (var (name, value) in values) payload[name] = value?.DeepClone();
        return FactJson.Read(payload, fact);
    }

    private static HashSet<long> Superseded(ImmutableArray<Entry<ProjectFact>> entries) =>
        [.. entries.Select(e => e.Fact).OfType<Correction>().SelectMany(c => c.Supersedes ?? [])];

    // The last correction of each fact that itself stands. A correction of a correction decides whether and how that one does.
    private static Dictionary<long, Correction> Standing(ImmutableArray<Entry<ProjectFact>> entries)
    {
        var standing = new Dictionary<long, Correction>();
        foreach (var entry in entries.Reverse())
        {
            if (entry.Fact is not Correction correction) continue;
            var asItStands = standing.TryGetValue(entry.Version, out var own) ? Corrected(entry, own)?.Fact as Correction : correction;
            if (asItStands is not null) standing.TryAdd(asItStands.Sequence, asItStands);
        }

        return standing;
    }
}
