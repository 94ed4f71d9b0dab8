using Agency.Catalogue;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Catalogue;

[Properties(Arbitrary = [typeof(Edges)], MaxTest = 500)]
public sealed class GraphTests
{
    [Property]
    public static bool A_circle_is_found_exactly_where_an_item_comes_before_itself(Edge[] edges) =>
        Graph.Circle(edges).IsEmpty == !edges.Any(e => Reaches(edges, e.After, e.Before));

    [Property]
    public static bool A_circle_runs_along_edges_once_round_and_begins_with_its_smallest_code(Edge[] edges)
    {
        var circle = Graph.Circle(edges);
        return circle.IsEmpty
            || (circle.Select((code, i) => new Edge(code, circle[(i + 1) % circle.Length])).All(edges.Contains)
                && circle.Distinct().Count() == circle.Length
                && circle.Min(StringComparer.Ordinal) == circle[0]);
    }

    [Property]
    public static bool The_circle_does_not_depend_on_the_order_of_the_edges(Edge[] edges) =>
        Graph.Circle(edges).SequenceEqual(Graph.Circle([.. edges.Reverse()]));

    [Fact]
    public void A_chain_of_a_hundred_thousand_items_and_its_closing_edge_are_read_without_recursion()
    {
        const int Length = 100_000;
        var chain = Enumerable.Range(0, Length - 1).Select(i => (i, i + 1)).ToList();
        Assert.Equal(Enumerable.Range(0, Length), new Graph(Length, chain).Sort());
        chain.Add((Length - 1, 0));
        Assert.Equal(Enumerable.Range(0, Length), new Graph(Length, chain).Circle((a, b) => a.CompareTo(b)));
    }

    private static bool Reaches(Edge[] edges, string from, string to) => Reaches(edges, from, to, []);

    private static bool Reaches(Edge[] edges, string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && edges.Where(e => e.Before == from).Any(e => Reaches(edges, e.After, to, seen)));

    public static class Edges
    {
        // Sparse enough that about half of the graphs have no circle.
        public static Arbitrary<Edge[]> Graphs() =>
            (from count in Gen.Choose(1, 9)
             from length in Gen.Choose(0, 10)
             from edges in Gen.ArrayOf(
                 from before in Gen.Choose(0, count - 1)
                 from after in Gen.Choose(0, count - 1)
                 select new Edge($"N{before}", $"N{after}"),
                 length)
             select edges).ToArbitrary();
    }
}
