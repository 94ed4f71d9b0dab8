using Agency.Catalogue;

namespace Agency.Tests.Grains.Catalogue;

public sealed class ShippedFlowsTests
{
    private static readonly (string, bool)[] _answers =
        [("A04", true), ("LAND_GRANTED", true), ("C03", true), ("A06", false), ("A10", false), ("A11", false), ("A16", false), ("A17", false)];

    public static TheoryData<string> Codes => [.. Cities.Shipped.Flows.Select(f => f.Code)];

    [Fact]
    public void Seven_flows_and_eighty_two_items_ship() => Assert.Equal((7, 82), (Cities.Shipped.Flows.Length, Cities.Shipped.Items.Length));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_shipped_flow_is_made_and_resolves_without_an_answer_and_with_every_answer_no(string code)
    {
        var flow = Cities.ShippedFlow(code);
        var draft = Cities.Shipped.Flows.Single(f => f.Code == code).Draft;
        Assert.Equal(draft.Items.Select(i => i.Item), flow.Items.Select(i => i.Definition.Code));
        Assert.Equal(["S1", "S2", "S3", "S4"], flow.Stages.Select(s => s.Code));

        var open = Cities.Resolve(Cities.Source(flow));
        Assert.Equal(draft.Items.Where(i => i.Condition is null && i.AppliesIf is null).Select(i => i.Item), With(open, Applicability.Applies));

        var none = Cities.Resolve(Cities.Source(flow, [.. flow.Conditions.Select(c => (c.Code, false))]));
        Assert.Equal(With(open, Applicability.Applies), With(none, Applicability.Applies));
        var exactly = flow.ExclusiveGroups.Where(g => g.Rule == ExclusiveRule.ExactlyOne).SelectMany(g => g.Items);
        Assert.Equal(exactly, With(none, Applicability.Undetermined));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_draft_of_a_flow_makes_the_same_flow_again(string code)
    {
        var flow = Cities.ShippedFlow(code);
        Assert.Equal(FlowMaker.Content(flow), FlowMaker.Content(FlowMaker.Make(FlowMaker.Draft(flow), code, 2, Cities.Shipped, out _)!));
    }

    [Fact]
    public void An_unapplicable_prerequisite_hands_on_its_own_in_the_shipped_data()
    {
        // Tendering (C03) comes after the preliminary design (B05) and the cost review (F01), both lacking: it waits for the drawings'
        // review of F01, the design scheme of B05, and by B05's feasibility study (A02, lacking) and its energy review (A11, no) for the filing.
        var plan = Cities.Resolve(Cities.Source(Cities.ShippedFlow("SOC_HOUSE"), _answers));
        Assert.Equal(Applicability.NotApplicable, plan.Find("A07")!.Applicability);
        Assert.Equal(["A04", "B01", "C01"], plan.Find("C03")!.Prerequisites.Select(p => p.Code));
        Assert.Contains(plan.Find("C03")!.Index, plan.Find("B01")!.Dependants);
    }

    [Fact]
    public void An_addition_is_the_catalogues_item_with_all_edges_that_touch_it()
    {
        var added = Cities.Shipped.Addition("F01")!;
        Assert.Equal([new Edge("C01", "F01"), new Edge("F01", "C03")], added.Edges.OrderBy(e => e.Before));
        var plan = Cities.Resolve(Cities.Source(Cities.ShippedFlow("SOC_HOUSE"), _answers) with { Added = [added] });
        Assert.Equal(["A04", "B01", "F01"], plan.Find("C03")!.Prerequisites.Select(p => p.Code));
        Assert.Null(Cities.Shipped.Addition("X99"));
    }

    private static IEnumerable<string> With(FlowPlan plan, Applicability applicability) =>
        plan.Items.Where(i => i.Applicability == applicability && i.Item.AppliesIf.IsEmpty).Select(i => i.Code);
}
