using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agency.Catalogue;
using Agency.EventSourcing;

namespace Agency.Tests.Grains.Catalogue;

public sealed class FlowMakerTests
{
    private static readonly JsonSerializerOptions _strict = new(FactJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly ItemDraft _x = Cities.Own("X1");

    public static TheoryData<string, string, FlowDraft> Refused => new()
    {
        { "/items/0/name", "missing-member", Cities.Draft(new ItemDraft("X1", Stage: "S1", Organ: "SWJ", LimitDays: 5)) },
        { "/items/0/limitDays", "missing-member", Cities.Draft(_x with { LimitDays = null }) },
        { "/items/0/stage", "unknown-stage", Cities.Draft(_x with { Stage = "S9" }) },
        { "/items/0/stage", "stage-without-limit", Cities.Draft(_x with { Stage = "S2" }) },
        { "/items/0/organ", "unknown-organ", Cities.Draft(_x with { Organ = "NONE" }) },
        { "/items/0/with/1", "unknown-organ", Cities.Draft(_x with { With = ["ZJJ", "NONE"] }) },
        { "/items/0/limitDays", "bad-number", Cities.Draft(_x with { LimitDays = -1 }) },
        { "/items/0/maxExtensionDays", "bad-number", Cities.Draft(_x with { MaxExtensionDays = 100_000 }) },
        { "/items/0/item", "invalid-code", Cities.Draft(_x with { Item = "X1@2" }) },
        { "/items/1/item", "duplicate-code", Cities.Draft(_x, _x) },
        { "/items/0/condition", "unknown-condition", Cities.Draft(_x with { Condition = "Q" }) },
        { "/items/1/appliesIf", "condition-and-applies-if", Cities.Draft(_x, new ItemDraft("A12", "A12", ["X1"])) },
        { "/items/0/appliesIf/0", "unknown-item", Cities.Draft(Cities.Own("X1", null, "X9")) },
        { "/items/0/materials/1/name", "named-twice", Cities.Draft(_x with { Materials = [new("m", true), new("m", false)] }) },
        { "/conditions/1/code", "duplicate-code", Cities.Draft(_x) with { Conditions = [new("Q", "?"), new("Q", "?")] } },
        { "/stages/1/code", "duplicate-code", Cities.Draft(_x) with { Stages = [new("S1", 15), new("S1", 15)] } },
        { "/stages/1/code", "unknown-stage", Cities.Draft(_x) with { Stages = [new("S1", 30), new("SP", 0)] } },
        { "/totalLimitDays", "limits-do-not-add-up", Cities.Draft(_x) with { TotalLimitDays = 31 } },
        { "/totalLimitDays", "bad-number", Cities.Draft(_x) with { TotalLimitDays = 121, Stages = [new("S1", 60), new("S2", 61)] } },
        { "/plannedConstructionDays", "bad-number", Cities.Draft(_x) with { PlannedConstructionDays = -1 } },
        { "/edges/0/1", "unknown-item", Cities.Draft(_x) with { Edges = [new("X1", "A02")] } },
        { "/edges/1", "duplicate-edge", Cities.Draft(_x, Cities.Own("X2")) with { Edges = [new("X1", "X2"), new("X1", "X2")] } },
        { "/tolerantEdges/0", "not-an-edge", Cities.Draft(_x, Cities.Own("X2")) with { Edges = [new("X1", "X2")], TolerantEdges = [new("X2", "X1")] } },
        { "/tolerantEdges/0", "not-an-edge", Cities.Draft(_x) with { TolerantEdges = [new("A01", "D13")] } },
        { "/exclusiveGroups/0/items/1", "unknown-item", Cities.Draft(_x) with { ExclusiveGroups = [new("G", ["X1", "A02"], ExclusiveRule.AtMostOne)] } },
        { "/exclusiveGroups/0/items", "group-too-small", Cities.Draft(_x) with { ExclusiveGroups = [new("G", ["X1"], ExclusiveRule.AtMostOne)] } },
        { "/exclusiveGroups/0/items/1", "group-never-exclusive", Cities.Draft(_x, Cities.Own("X2")) with { ExclusiveGroups = [new("G", ["X1", "X2"], ExclusiveRule.AtMostOne)] } },
        { "/items", "missing-member", Cities.Draft() },
        { "/name", "missing-member", Cities.Draft(_x) with { Name = " " } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_wrong_is_named_with_its_place_and_nothing_else_is(string at, string code, FlowDraft draft)
    {
        Assert.Null(FlowMaker.Make(draft, "T", 1, Cities.Shipped, out var problems));
        Assert.Equal([(at, code)], problems.Select(p => (p.At, p.Code)));
    }

    [Fact]
    public void A_circle_of_edges_or_of_applies_if_is_refused_with_its_items_from_the_smallest_on()
    {
        var edges = Cities.Draft(Cities.Own("C"), Cities.Own("A"), Cities.Own("B")) with { Edges = [new("C", "A"), new("B", "C"), new("A", "B")] };
        var applies = Cities.Draft(Cities.Own("C", null, "B"), Cities.Own("B", null, "C"));
        Assert.Equal([("/edges", "circle", "A B C")], Circle(edges));
        Assert.Equal([("/items", "circle", "B C")], Circle(applies));

        static IEnumerable<(string, string, string)> Circle(FlowDraft draft)
        {
            Assert.Null(FlowMaker.Make(draft, "T", 1, Cities.Shipped, out var problems));
            return problems.Select(p => (p.At, p.Code, p.Arguments["items"]));
        }
    }

    [Fact]
    public void The_interfaces_example_is_a_flow()
    {
        const string Json = """
            { "name": "…", "effectiveFrom": "2026-01-01", "totalLimitDays": 30, "plannedConstructionDays": 480,
              "stages": [ { "code": "S1", "limitDays": 30 } ], "conditions": [ { "code": "NEW1", "question": "…?" } ],
              "items": [ { "item": "A02", "condition": "A02" }, { "item": "A04", "condition": "A04" }, { "item": "A12", "condition": "NEW1" }, { "item": "D11", "appliesIf": ["P04"] },
                         { "item": "X1", "name": "…", "stage": "S1", "organ": "SWJ", "limitDays": 5, "limitUnit": "workingDays",
                           "countsInTotal": true, "milestone": false, "maxExtensionDays": 10, "deemedAcceptance": true, "materials": [ { "name": "…", "essential": true } ] } ],
              "edges": [ ["A04", "X1"] ],
              "tolerantEdges": [], "exclusiveGroups": [ { "code": "X1", "items": ["A02", "A04"], "rule": "exactlyOne" } ] }
            """;
        var draft = JsonSerializer.Deserialize<FlowDraft>(Json, _strict)!;
        var flow = FlowMaker.Make(draft, "NEW", 1, Cities.Shipped, out var problems)!;
        Assert.Empty(problems);
        Assert.Equal([new Edge("A04", "X1")], flow.Edges!.Value);
        Assert.Equal(["NEW1", "A02", "A04"], flow.Conditions.Select(c => c.Code));

        // P04 is not the flow's, so D11 applies once P04 is added.
        var source = new PlanSource(flow, ImmutableDictionary<string, bool>.Empty);
        Assert.Equal(Applicability.NotApplicable, Cities.Resolve(source).Find("D11")!.Applicability);
        Assert.Equal(Applicability.Applies, Cities.Resolve(source with { Added = [Cities.Shipped.Addition("P04")!] }).Find("D11")!.Applicability);

        var written = JsonSerializer.Serialize(FlowMaker.Draft(flow), FactJson.Options);
        Assert.Contains("""[["A04","X1"]]""", written);
        Assert.Equal(FlowMaker.Content(flow), FlowMaker.Content(FlowMaker.Make(JsonSerializer.Deserialize<FlowDraft>(written, _strict)!, "NEW", 1, Cities.Shipped, out _)!));
    }

    [Fact]
    public void An_entry_takes_what_it_does_not_say_from_the_catalogue_and_an_own_item_the_defaults()
    {
        var flow = FlowMaker.Make(Cities.Draft(new ItemDraft("A06", LimitDays: 7), _x), "T", 1, Cities.Shipped, out _)!;
        Assert.Equal(Cities.Shipped.Item("A06")!.Definition with { LimitDays = 7 }, flow.Items[0].Definition);
        var own = flow.Items[1].Definition;
        Assert.Equal((DayUnit.WorkingDays, true, false, 0, false, null), (own.LimitUnit, own.CountsInTotal, own.Milestone, own.MaxExtensionDays, own.DeemedAcceptance, own.StatutoryDays));
        Assert.Empty(own.Materials);
    }

    [Theory]
    [InlineData(5, DayUnit.WorkingDays, 7, DayUnit.NaturalDays, false)]
    [InlineData(6, DayUnit.WorkingDays, 8, DayUnit.NaturalDays, true)]
    [InlineData(7, DayUnit.NaturalDays, 5, DayUnit.WorkingDays, false)]
    [InlineData(8, DayUnit.NaturalDays, 5, DayUnit.WorkingDays, true)]
    [InlineData(20, DayUnit.WorkingDays, 20, DayUnit.WorkingDays, false)]
    [InlineData(21, DayUnit.WorkingDays, 20, DayUnit.WorkingDays, true)]
    public void A_limit_above_the_statutory_one_is_warned_of(int limit, DayUnit unit, int statutory, DayUnit statutoryUnit, bool warned)
    {
        var flow = FlowMaker.Make(Cities.Draft(_x with { LimitDays = limit, LimitUnit = unit, StatutoryDays = statutory, StatutoryUnit = statutoryUnit }), "T", 1, Cities.Shipped, out _)!;
        Assert.Equal(warned ? [("/items/0/limitDays", "limit-above-statutory")] : [], FlowMaker.Warnings(flow).Select(w => (w.At, w.Code)));
    }

    [Fact]
    public void Thousands_of_items_and_ten_thousand_edges_are_made_and_resolved()
    {
        const int Count = 2_500;
        var items = Enumerable.Range(0, Count).Select(i => Cities.Own($"N{i}", "Q"));
        var edges = Enumerable.Range(1, Count - 1).SelectMany(i => new[] { i - 1, i / 2, i / 3, i * 3 / 4 }.Where(b => b < i).Distinct().Select(b => new Edge($"N{b}", $"N{i}"))).Take(10_000);
        var draft = Cities.Draft([.. items]) with { Conditions = [new("Q", "?")], Edges = [.. edges] };
        var flow = FlowMaker.Make(draft, "T", 1, Cities.Shipped, out var problems);
        Assert.Empty(problems);
        Assert.Equal(Count, Cities.Resolve(Cities.Source(flow!, ("Q", true))).Items.Length);
        Assert.All(Cities.Resolve(Cities.Source(flow!, ("Q", false))).Items, i => Assert.Empty(i.Prerequisites));

        Assert.Null(FlowMaker.Make(draft with { Items = [.. draft.Items, .. Enumerable.Range(Count, 2000).Select(i => Cities.Own($"N{i}"))] }, "T", 1, Cities.Shipped, out problems));
        Assert.Equal("flow-too-large", Assert.Single(problems).Code);
    }

    [Fact]
    public void What_a_careless_caller_leaves_out_is_a_problem_and_never_an_exception()
    {
        var draft = new FlowDraft(null!, default, 0, default, [new(null!, AppliesIf: [null!], With: [null!], Materials: [null!])],
            Conditions: [null!], Edges: [default], TolerantEdges: [default], ExclusiveGroups: [null!, new(null!, default, default)]);
        Assert.Null(FlowMaker.Make(draft, "T", 1, Cities.Shipped, out var problems));
        Assert.NotEmpty(problems);
        Assert.Null(FlowMaker.Make(draft with { Items = [null!], Stages = [null!] }, "a b", 1, Cities.Shipped, out problems));
        Assert.Contains(problems, p => p.Code == "invalid-code");
    }
}
