using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Projects.Plans;

/// <summary>Gives every work its own instance of the items that belong to works (domain 4.4), as a flow like any other: nothing behind
/// it knows about works.</summary>
internal static class WorkExpansion
{
    private static readonly ImmutableHashSet<string> _workStages = ["S2", "S3", "S4"];

    /// <summary>The code of an item's instance in a work: the plain one in the first.</summary>
    public static string Instance(string code, int work) => work == PlanInputs.FirstWork ? code : $"{code}@{work}";

    /// <summary>The work that an instance belongs to; the first, too, for items outside works.</summary>
    public static int WorkOf(string code) => code.LastIndexOf('@') is var at && at < 0 ? PlanInputs.FirstWork : int.Parse(code.AsSpan(at + 1), null);

    public static string BaseOf(string code) => code.LastIndexOf('@') is var at && at < 0 ? code : code[..at];

    /// <summary>The source with an instance of every item of works for each of <paramref name="works"/>.</summary>
    public static PlanSource Expand(PlanSource source, ImmutableArray<int> works)
    {
        if (works.Length < 2) return source;
        var scoped = Scoped(source);
        var flow = source.Flow;
        return source with
        {
            Flow = flow with
            {
                Items = [.. flow.Items.SelectMany(i => Instances(i, scoped, works))],
                Edges = flow.Edges is { } edges ? Edges(edges, scoped, works) : null,
                TolerantEdges = Edges(flow.TolerantEdges, scoped, works),
                CatalogueEdges = Edges(flow.CatalogueEdges, scoped, works),
                ExclusiveGroups = [.. flow.ExclusiveGroups.SelectMany(g => Groups(g, scoped, works))],
            },
            Added = [.. source.Added.SelectMany(a => Instances(a.Item, scoped, works).Select(i => new AddedItem(i, Edges(a.Edges, scoped, works))))],
        };
    }

    // Items of S2 to S4, and whatever else but an S1 item depends, transitively by declared prerequisites, on one of those. A code that
    // the flow lacks has no stage here; if it depends on none of them, it makes no difference whether it belongs to works.
    private static HashSet<string> Scoped(PlanSource source)
    {
        var items = source.Flow.Items.Concat(source.Added.Select(a => a.Item)).ToDictionary(i => i.Definition.Code, i => i.Definition.Stage, StringComparer.Ordinal);
        var scoped = items.Where(i => _workStages.Contains(i.Value)).Select(i => i.Key).ToHashSet(StringComparer.Ordinal);
        var after = source.Flow.CatalogueEdges.Concat(source.Flow.Edges ?? []).Concat(source.Added.SelectMany(a => a.Edges)).ToLookup(e => e.Before, e => e.After, StringComparer.Ordinal);
        var reached = new Queue<string>(scoped);
        while (reached.TryDequeue(out var code))
        {
            foreach (var next in after[code])
            {
                if (items.GetValueOrDefault(next) != "S1" && scoped.Add(next)) reached.Enqueue(next);
            }
        }

        return scoped;
    }

    private static IEnumerable<FlowItem> Instances(FlowItem item, HashSet<string> scoped, ImmutableArray<int> works) =>
        !scoped.Contains(item.Definition.Code)
            ? [item with { AppliesIf = [.. item.AppliesIf.SelectMany(code => All(code, scoped, works))] }]
            : works.Select(work => item with
            {
                Definition = item.Definition with { Code = Instance(item.Definition.Code, work) },
                AppliesIf = [.. item.AppliesIf.Select(code => In(code, work, scoped))],
            });

    // Within a work and towards what is outside works; what is outside waits for all works.
    private static ImmutableArray<Edge> Edges(ImmutableArray<Edge> edges, HashSet<string> scoped, ImmutableArray<int> works) =>
    [
        .. edges.SelectMany(e => scoped.Contains(e.After)
            ? works.Select(work => new Edge(In(e.Before, work, scoped), Instance(e.After, work)))
            : All(e.Before, scoped, works).Select(before => new Edge(before, e.After))),
    ];

    private static IEnumerable<ExclusiveGroup> Groups(ExclusiveGroup group, HashSet<string> scoped, ImmutableArray<int> works) => group.Items.Any(scoped.Contains)
        ? works.Select(work => group with { Code = Instance(group.Code, work), Items = [.. group.Items.Select(code => In(code, work, scoped))] })
        : [group];

    private static string In(string code, int work, HashSet<string> scoped) => scoped.Contains(code) ? Instance(code, work) : code;

    private static IEnumerable<string> All(string code, HashSet<string> scoped, ImmutableArray<int> works) => scoped.Contains(code) ? works.Select(work => Instance(code, work)) : [code];
}
