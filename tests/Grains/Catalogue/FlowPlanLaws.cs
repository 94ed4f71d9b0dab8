using System.Collections.Immutable;
using Agency.Catalogue;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Catalogue;

/// <summary>The effective prerequisites against a slow reading of domain 4.3, path by path.</summary>
[Properties(Arbitrary = [typeof(Plans)], MaxTest = 400)]
public sealed class FlowPlanLaws
{
    [Property]
    public static bool Effective_prerequisites_are_those_that_a_walk_back_along_every_path_finds(Case given)
    {
        var plan = Cities.Resolve(given.Source);
        return plan.Items.All(item => item.Prerequisites.SequenceEqual(Slow(plan, given, item)));
    }

    [Property]
    public static bool Every_prerequisite_stands_and_names_its_dependants(Case given)
    {
        var plan = Cities.Resolve(given.Source);
        return plan.Items.All(item =>
            item.Prerequisites.All(p => plan.Items[p.Index].Applicability != Applicability.NotApplicable && plan.Items[p.Index].Dependants.Contains(item.Index))
            && item.Dependants.All(d => plan.Items[d].Prerequisites.Any(p => p.Index == item.Index))
            && plan.IndexOf(item.Code) == item.Index);
    }

    private static IEnumerable<Prerequisite> Slow(FlowPlan plan, Case given, PlannedItem item)
    {
        var paths = Paths(plan, given, item.Code, false).ToLookup(p => p.Code, p => p.Tolerant);
        return from standing in plan.Items
               where paths.Contains(standing.Code)
               select new Prerequisite(standing.Index, standing.Code, paths[standing.Code].All(tolerant => tolerant));
    }

    private static IEnumerable<(string Code, bool Tolerant)> Paths(FlowPlan plan, Case given, string code, bool tolerant)
    {
        foreach (var edge in given.Edges.Where(e => e.After == code))
        {
            var along = tolerant || given.Source.Flow.TolerantEdges.Contains(edge);
            if (plan.Find(edge.Before) is { Applicability: not Applicability.NotApplicable }) yield return (edge.Before, along);
            else foreach (var further in Paths(plan, given, edge.Before, along)) yield return further;
        }
    }

    /// <param name="Edges">The edges that count, as the test's own reading has them.</param>
    public sealed record Case(PlanSource Source, ImmutableArray<Edge> Edges)
    {
        public override string ToString() =>
            $"edges {string.Join(' ', Edges.Select(e => $"{e.Before}>{e.After}"))}; tolerant {string.Join(' ', Source.Flow.TolerantEdges)}; items {string.Join(' ', Source.Flow.Items.Select(i => i.Definition.Code))}; added {Source.Added.Length}; struck {string.Join(' ', Source.Struck)}; answers {string.Join(' ', Source.Answers)}; own {Source.Flow.Edges is not null}";
    }

    public static class Plans
    {
        public static Arbitrary<Case> Cases() =>
            (from count in Gen.Choose(1, 12)
             from kinds in Gen.ArrayOf(Gen.Frequency((5, Gen.Constant("plain")), (4, Gen.Constant("asked")), (2, Gen.Constant("lacking")), (1, Gen.Constant("struck")), (1, Gen.Constant("added"))), count)
             from answers in Gen.ArrayOf(Gen.Choose(0, 2), count)
             from chosen in Gen.ArrayOf(Gen.Choose(0, 99), count * count)
             from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
             from own in Gen.Choose(0, 1)
             select Make(kinds, answers, chosen, order, own == 1)).ToArbitrary();

        private static Case Make(string[] kinds, int[] answers, int[] chosen, int[] order, bool own)
        {
            var count = kinds.Length;
            var catalogue = new List<Edge>();
            var tolerant = new List<Edge>();
            for (var before = 0; before < count; before++)
            {
                for (var after = before + 1; after < count; after++)
                {
                    var dice = chosen[(before * count) + after];
                    if (dice < 30) catalogue.Add(new($"N{before}", $"N{after}"));
                    if (dice < 10) tolerant.Add(new($"N{before}", $"N{after}"));
                }
            }

            // The flow's order is not that of the edges.
            var items = order.Where(i => kinds[i] is not "lacking" and not "added").Select(i => Cities.Item($"N{i}", kinds[i] == "asked" ? $"q{i}" : null)).ToArray();
            var codes = items.Select(i => i.Definition.Code).ToHashSet();
            var added = Enumerable.Range(0, count).Where(i => kinds[i] == "added").Select(i => $"N{i}").ToArray();
            var ownEdges = catalogue.Where(e => codes.Contains(e.Before) && codes.Contains(e.After)).Where((_, i) => i % 2 == 0).ToArray();
            var flow = Cities.Flow(items, own ? ownEdges : null, tolerant, catalogue);
            var counting = own ? [.. ownEdges, .. catalogue.Where(e => !codes.Contains(e.After) || added.Contains(e.Before))] : catalogue.ToImmutableArray();
            var source = new PlanSource(
                flow,
                Enumerable.Range(0, count).Where(i => kinds[i] == "asked" && answers[i] < 2).ToImmutableDictionary(i => $"q{i}", i => answers[i] == 1),
                [.. Enumerable.Range(0, count).Where(i => kinds[i] == "struck").Select(i => $"N{i}")],
                [.. added.Select(a => new AddedItem(Cities.Item(a), []))]);
            return new(source, counting);
        }
    }
}
