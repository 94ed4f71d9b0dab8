using System.Collections.Immutable;
using System.Numerics;
using Agency.EventSourcing;

namespace Agency.Catalogue;

/// <summary>How a plan follows from its source: applicability first (<see cref="PlanApplicability"/>), then the effective prerequisites.
/// Linear in items and edges, but for the sets that stand for replaced prerequisites: one bit per item of the plan.</summary>
internal static class PlanResolver
{
    public static Refusal? Resolve(PlanSource source, out ImmutableArray<PlannedItem> items)
    {
        items = [];
        ImmutableArray<FlowItem> all = source.Added.IsEmpty ? source.Flow.Items : [.. source.Flow.Items, .. source.Added.Select(a => a.Item)];
        var indices = new Dictionary<string, int>(all.Length, StringComparer.Ordinal);
        for (var index = 0; index < all.Length; index++)
        {
            if (!indices.TryAdd(all[index].Definition.Code, index)) return Refusal.Of("item-already-in-plan", ("item", all[index].Definition.Code));
        }

        if (PlanApplicability.Of(source, all, indices, out var applicability) is { } refusal) return refusal;

        var edges = Edges(source, indices);
        var graph = new Graph(indices.Count, edges);
        var order = graph.Sort();
        if (order.Length < indices.Count) return Circle(graph, indices);

        var prerequisites = Prerequisites(graph, order, applicability, all, Tolerant(source.Flow, indices));
        var dependants = Dependants(prerequisites);
        items = [.. all.Select((item, index) => new PlannedItem(index, item, applicability[index], prerequisites[index], dependants[index].ToImmutable()))];
        return null;
    }

    /// <summary>The circle that <paramref name="graph"/> has, as a refusal; <paramref name="indices"/> names its nodes.</summary>
    internal static Refusal Circle(Graph graph, Dictionary<string, int> indices)
    {
        var codes = new string[indices.Count];
        foreach (var (code, index) in indices) codes[index] = code;
        var circle = graph.Circle((a, b) => string.CompareOrdinal(codes[a], codes[b]));
        return Refusal.Of("circle", ("items", string.Join(' ', circle.Select(node => codes[node]))));
    }

    // What the plan lacks gets an index behind its items: it is passed through. In a flow with edges of its own the catalogue's
    // count only where they lead to what is not the flow's own, or come from what was added.
    private static List<(int Before, int After)> Edges(PlanSource source, Dictionary<string, int> indices)
    {
        var (flow, own, all) = (source.Flow, source.Flow.Items.Length, indices.Count);
        var edges = new List<(int, int)>();
        foreach (var edge in flow.Edges ?? []) edges.Add((Index(edge.Before), Index(edge.After)));
        foreach (var edge in flow.CatalogueEdges) AddCatalogue(edge);
        foreach (var added in source.Added)
        {
            foreach (var edge in added.Edges) AddCatalogue(edge);
        }

        return edges;

        void AddCatalogue(Edge edge)
        {
            var (before, after) = (Index(edge.Before), Index(edge.After));
            if (flow.Edges is null || after >= own || (before >= own && before < all)) edges.Add((before, after));
        }

        int Index(string code)
        {
            if (!indices.TryGetValue(code, out var index)) indices.Add(code, index = indices.Count);
            return index;
        }
    }

    private static HashSet<(int Before, int After)> Tolerant(Flow flow, Dictionary<string, int> indices) =>
        [.. flow.TolerantEdges.Where(e => indices.ContainsKey(e.Before) && indices.ContainsKey(e.After)).Select(e => (indices[e.Before], indices[e.After]))];

    // Of each node two sets: what it must wait for by any path, and by a path without a tolerant edge. A node that stands (it applies or
    // is undetermined) is in the sets of those after it; any other hands on its own.
    private static ImmutableArray<Prerequisite>[] Prerequisites(Graph graph, ReadOnlySpan<int> order, Applicability[] applicability, ImmutableArray<FlowItem> items, HashSet<(int, int)> tolerant)
    {
        var words = (items.Length + 63) / 64;
        var passed = new ulong[order.Length][];
        var result = new ImmutableArray<Prerequisite>[items.Length];
        foreach (var node in order)
        {
            var sets = new ulong[2 * words];
            foreach (var before in graph.Before(node))
            {
                var strict = !tolerant.Contains((before, node));
                if (passed[before] is { } own)
                {
                    for (var word = 0; word < words; word++) sets[word] |= own[word];
                    for (var word = words; strict && word < sets.Length; word++) sets[word] |= own[word];
                }
                else
                {
                    sets[before / 64] |= 1UL << before;
                    if (strict) sets[words + (before / 64)] |= 1UL << before;
                }
            }

            if (node < items.Length) result[node] = Listed(sets, words, items);
            if (node >= items.Length || applicability[node] == Applicability.NotApplicable) passed[node] = sets;
        }

        return result;
    }

    private static ImmutableArray<Prerequisite> Listed(ulong[] sets, int words, ImmutableArray<FlowItem> items)
    {
        var count = 0;
        for (var word = 0; word < words; word++) count += BitOperations.PopCount(sets[word]);
        var listed = ImmutableArray.CreateBuilder<Prerequisite>(count);
        for (var word = 0; word < words; word++)
        {
            for (var rest = sets[word]; rest != 0; rest &= rest - 1)
            {
                var bit = BitOperations.TrailingZeroCount(rest);
                var index = (64 * word) + bit;
                listed.Add(new(index, items[index].Definition.Code, (sets[words + word] & (1UL << bit)) == 0));
            }
        }

        return listed.MoveToImmutable();
    }

    private static ImmutableArray<int>.Builder[] Dependants(ImmutableArray<Prerequisite>[] prerequisites)
    {
        var dependants = new ImmutableArray<int>.Builder[prerequisites.Length];
        for (var index = 0; index < dependants.Length; index++) dependants[index] = ImmutableArray.CreateBuilder<int>();
        for (var index = 0; index < prerequisites.Length; index++)
        {
            foreach (var prerequisite in prerequisites[index]) dependants[prerequisite.Index].Add(index);
        }

        return dependants;
    }
}
