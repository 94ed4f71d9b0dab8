using System.Collections.Immutable;
using Agency.Catalogue;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Catalogue;

/// <summary>The simulation against one that goes day by day through every possible answer set.</summary>
[Properties(Arbitrary = [typeof(Flows)], MaxTest = 300)]
public sealed class FlowSimulationLaws
{
    [Property]
    public static Property Its_figures_are_those_of_a_walk_day_by_day_through_every_possible_answer_set(Flow flow)
    {
        var (simulation, slow) = (FlowSimulation.Of(flow), SlowSimulation.Worst(flow));
        return (simulation.Total.Worst == slow.Total && flow.Stages.All(s => simulation.Stages[s.Code].Worst == slow.Stages[s.Code]))
            .Label($"{simulation.Total} {string.Join(' ', simulation.Stages)}, slow {slow.Total} {string.Join(' ', slow.Stages)}: {string.Join("; ", flow.Items.Select(i => $"{i.Definition.Code} {i.Condition} {i.Definition.Stage} {i.Definition.LimitDays} {i.Definition.LimitUnit} {i.Definition.CountsInTotal} {i.Definition.Milestone}"))}; {string.Join(' ', flow.CatalogueEdges)}; tolerant {string.Join(' ', flow.TolerantEdges)}; groups {string.Join(' ', flow.ExclusiveGroups.SelectMany(g => g.Items))}; {string.Join(' ', flow.Stages)}");
    }

    public static class Flows
    {
        private static readonly string[] _stages = ["S1", "S2", "SP"];

        public static Arbitrary<Flow> Flow() =>
            (from count in Gen.Choose(1, 8)
             from items in Gen.ArrayOf(Item(), count)
             from dice in Gen.ArrayOf(Gen.Choose(0, 99), count * count)
             from rules in Gen.ArrayOf(Gen.Elements(Enum.GetValues<MilestoneRule>()), 2)
             from rule in Gen.Elements(Enum.GetValues<ExclusiveRule>())
             select Make(items, dice, rules, rule)).ToArbitrary();

        private static Gen<FlowItem> Item() =>
            from asked in Gen.Choose(0, 2)
            from stage in Gen.Elements(_stages)
            from limit in Gen.Choose(0, 12)
            from natural in Gen.Choose(0, 2)
            from counts in Gen.Choose(0, 3)
            from milestone in Gen.Choose(0, 1)
            let item = Cities.Item("N", asked == 0 ? "q" : null)
            select item with
            {
                Definition = item.Definition with
                {
                    Stage = stage,
                    LimitDays = limit,
                    LimitUnit = natural == 0 ? DayUnit.NaturalDays : DayUnit.WorkingDays,
                    CountsInTotal = counts > 0,
                    Milestone = milestone == 1,
                },
            };

        private static Flow Make(FlowItem[] drawn, int[] dice, MilestoneRule[] rules, ExclusiveRule rule)
        {
            // At most six questions, each of one item, so that the draws meet every answer set.
            var questions = 0;
            var items = drawn.Select((item, i) => item with
            {
                Definition = item.Definition with { Code = $"N{i}" },
                Condition = item.Condition is not null && questions++ < 6 ? $"q{i}" : null,
            }).ToArray();
            var edges = (from before in Enumerable.Range(0, items.Length)
                         from after in Enumerable.Range(before + 1, items.Length - before - 1)
                         let die = dice[(before * items.Length) + after]
                         where die < 35
                         select (Edge: new Edge($"N{before}", $"N{after}"), Tolerant: die < 12)).ToArray();
            ImmutableArray<string> asked = [.. items.Where(i => i.Condition is not null).Select(i => i.Definition.Code)];
            ExclusiveGroup[] groups = asked.Length < 2 ? [] : [new("G", asked[..Math.Min(3, asked.Length)], rule)];
            var flow = Cities.Flow(items.Reverse(), null, edges.Where(e => e.Tolerant).Select(e => e.Edge), edges.Select(e => e.Edge), groups);
            return flow with { Stages = [.. rules.Select((r, i) => new FlowStage(_stages[i], "", null, "", 30, r))] };
        }
    }
}
