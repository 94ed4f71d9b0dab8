using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Agency.Catalogue;

/// <summary>A directed graph over 0 … count − 1 in flat arrays; every operation is linear in nodes and edges, none recurses.</summary>
internal sealed class Graph
{
    private readonly IReadOnlyList<(int Before, int After)> _edges;
    private readonly int[] _start;
    private readonly int[] _before;

    public Graph(int count, IReadOnlyList<(int Before, int After)> edges)
    {
        (_edges, _start, _before) = (edges, new int[count + 1], new int[edges.Count]);
        foreach (var (_, after) in edges) _start[after + 1]++;
        for (var node = 0; node < count; node++) _start[node + 1] += _start[node];
        var next = _start.AsSpan(0, count).ToArray();
        foreach (var (before, after) in edges) _before[next[after]++] = before;
    }

    private int Count => _start.Length - 1;

    /// <summary>The nodes with an edge to <paramref name="node"/>.</summary>
    public ReadOnlySpan<int> Before(int node) => _before.AsSpan(_start[node].._start[node + 1]);

    /// <summary>All nodes, each after those before it; fewer than all where there is a circle.</summary>
    public int[] Sort()
    {
        // Ends are taken away until none is left: filled from behind, this is the order.
        var (order, successors, first) = (new int[Count], new int[Count], Count);
        foreach (var before in _before) successors[before]++;
        for (var node = Count - 1; node >= 0; node--)
        {
            if (successors[node] == 0) order[--first] = node;
        }

        for (var taken = Count - 1; taken >= first; taken--)
        {
            foreach (var before in Before(order[taken]))
            {
                if (--successors[before] == 0) order[--first] = before;
            }
        }

        return order[first..];
    }

    /// <summary>A circle, each node before the next and the last before the first, beginning with the smallest of it; empty if there is none.</summary>
    /// <param name="compare">The nodes' order, so that the same graph always names the same circle.</param>
    public ImmutableArray<int> Circle(Comparison<int> compare)
    {
        var left = Enumerable.Repeat(true, Count).ToArray();
        foreach (var node in Sort()) left[node] = false;

        // Whatever is left has a successor that is left: following the smallest one always comes round.
        var (after, at) = (new int[Count], -1);
        Array.Fill(after, -1);
        foreach (var edge in _edges)
        {
            if (!left[edge.Before] || !left[edge.After]) continue;
            if (after[edge.Before] < 0 || compare(edge.After, after[edge.Before]) < 0) after[edge.Before] = edge.After;
            if (at < 0 || compare(edge.Before, at) < 0) at = edge.Before;
        }

        if (at < 0) return [];
        for (var steps = 0; steps < Count; steps++) at = after[at];
        var circle = new List<int> { at };
        for (var node = after[at]; node != at; node = after[node]) circle.Add(node);
        var smallest = circle.IndexOf(circle.Aggregate((a, b) => compare(a, b) <= 0 ? a : b));
        return [.. circle[smallest..], .. circle[..smallest]];
    }

    /// <summary>The codes of a circle in <paramref name="edges"/>, as <see cref="Circle(Comparison{int})"/> gives it; empty if there is none.</summary>
    public static ImmutableArray<string> Circle(IReadOnlyCollection<Edge> edges)
    {
        var (indices, codes) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        List<(int, int)> pairs = [.. edges.Select(e => (Index(e.Before), Index(e.After)))];
        return [.. new Graph(codes.Count, pairs).Circle((a, b) => string.CompareOrdinal(codes[a], codes[b])).Select(node => codes[node])];

        int Index(string code)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indices, code, out var known);
            if (known) return index;
            codes.Add(code);
            return index = codes.Count - 1;
        }
    }
}
