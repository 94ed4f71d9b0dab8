using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Tests.Oracle;

namespace Agency.Tests.Grains.Projects;

/// <summary>A small random flow in the words of both models.</summary>
internal sealed class RandomPlan
{
    private static readonly string[] _organs = ["ZJJ", "ZJJ", "FGW", "FGW", "ZRZY", "SZF", "GSQY", "OWNER"];
    private static readonly string[] _stages = ["S1", "S2", "S3", "S4"];

    public RandomPlan(Random random, DateOnly registeredOn)
    {
        var count = random.Next(2, 8);
        Items = [.. Enumerable.Range(0, count).Select(i => Item(random, i))];
        var edges = Enumerable.Range(0, count).SelectMany(after => Enumerable.Range(0, after).Where(_ => random.Next(3) == 0).Select(before => new Edge(Items[before].Code, Items[after].Code))).ToImmutableArray();
        ImmutableArray<Edge> tolerant = [.. edges.Where(_ => random.Next(4) == 0)];
        ImmutableArray<FlowItem> items = [.. Items.Select((item, i) => Conditioned(random, item, i))];
        var rules = _stages.ToDictionary(s => s, _ => (MilestoneRule)random.Next(3));
        Answers = items.Select(i => i.Condition).OfType<string>().Distinct().Where(_ => random.Next(4) != 0).ToImmutableDictionary(c => c, _ => random.Next(2) == 0);
        Flow = new(
            "RANDOM", 1, "r", null, new(2020, 1, 1), 40, null,
            [.. _stages.Select(s => new FlowStage(s, s, null, "ZJJ", 10, rules[s]))],
            [.. items.Select(i => i.Condition).OfType<string>().Distinct().Select(c => new Condition(c, "?"))],
            items, edges, tolerant, [], []);
        Slow = new()
        {
            RegisteredOn = registeredOn,
            Answers = Answers,
            Procedures = new Dictionary<string, int?> { ["TZ"] = 20, ["ZJPS"] = null, ["GS"] = null },
            Flow = new()
            {
                Items = [.. items.Select(Slowly)],
                Stages = [.. _stages.Select(s => new SlowStage(s, 10, $"{rules[s]}".ToLowerInvariant()))],
                Edges = [.. edges.Select(e => new SlowEdge(e.Before, e.After))],
                TolerantEdges = [.. tolerant.Select(e => new SlowEdge(e.Before, e.After))],
                TotalLimitDays = 40,
            },
        };
    }

    public ImmutableArray<ItemDefinition> Items { get; }

    public ImmutableDictionary<string, bool> Answers { get; }

    public Flow Flow { get; }

    public SlowPlan Slow { get; }

    public override string ToString() => string.Join('\n',
    [
        .. Flow.Items.Select(i => $"{i.Definition.Code} {i.Definition.Stage} {i.Definition.Organ} {i.Definition.LimitDays} {i.Definition.LimitUnit}{(i.Definition.StatutoryDays is { } days ? $" statutory {days} {i.Definition.StatutoryUnit} from {i.Definition.StatutoryStart}" : "")}{(i.Definition.CountsInTotal ? " counted" : "")}{(i.Definition.Milestone ? " milestone" : "")}{(i.Definition.DeemedAcceptance ? " deemed" : "")} {i.Condition} {string.Join(',', i.AppliesIf)} after {string.Join(", ", Flow.Edges!.Value.Where(e => e.After == i.Definition.Code).Select(e => e.Before + (Flow.TolerantEdges.Contains(e) ? " (tolerant)" : "")))}"),
        $"answers {string.Join(", ", Answers)}; rules {string.Join(", ", Flow.Stages.Select(s => $"{s.Code} {s.MilestoneRule}"))}",
    ]);

    private static ItemDefinition Item(Random random, int index)
    {
        var organ = _organs[random.Next(_organs.Length)];
        var department = organ is "ZJJ" or "FGW" or "ZRZY";
        var statutory = random.Next(2) == 0;
        return new(
            $"I{index}", $"Item {index}", null, null, random.Next(5) == 0 ? "SP" : _stages[random.Next(4)], organ, [],
            random.Next(0, 8), (DayUnit)random.Next(2), statutory ? random.Next(5, 15) : null, statutory ? (DayUnit)random.Next(2) : null, (StatutoryStart)random.Next(2),
            random.Next(2) * 10, random.Next(4) != 0, random.Next(2) == 0, department && random.Next(2) == 0,
            [new("essential", true), new("extra", false)], null, null);
    }

    private static FlowItem Conditioned(Random random, ItemDefinition item, int index) => random.Next(6) switch
    {
        0 when index > 0 => new(item, $"Q{random.Next(3)}", []),
        1 when index > 0 => new(item, null, [$"I{random.Next(index)}"]),
        _ => new(item, null, []),
    };

    private static SlowPlanItem Slowly(FlowItem planned)
    {
        var item = planned.Definition;
        return new(item.Code, item.Stage, item.LimitDays)
        {
            Organ = item.Organ switch { "SZF" => SlowOrgan.HigherAuthority, "GSQY" or "OWNER" => SlowOrgan.Other, _ => SlowOrgan.Department },
            Department = $"511300-{item.Organ}",
            Unit = (SlowUnit)item.LimitUnit,
            MaxExtensionDays = item.MaxExtensionDays,
            StatutoryDays = item.StatutoryDays,
            StatutoryUnit = (SlowUnit)(item.StatutoryUnit ?? DayUnit.WorkingDays),
            StatutoryStart = item.StatutoryStart == StatutoryStart.Acceptance ? SlowStart.Acceptance : SlowStart.Receipt,
            DeemedAcceptance = item.DeemedAcceptance,
            CountsInTotal = item.CountsInTotal,
            Milestone = item.Milestone,
            NonEssential = ["extra"],
            Condition = planned.Condition,
            AppliesIf = planned.AppliesIf,
        };
    }
}
