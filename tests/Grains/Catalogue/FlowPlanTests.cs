using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Tests.Grains.Catalogue;

public sealed class FlowPlanTests
{
    private static readonly ExclusiveGroup _one = new("X", ["A", "B", "C"], ExclusiveRule.ExactlyOne);
    private static readonly ExclusiveGroup _most = _one with { Rule = ExclusiveRule.AtMostOne };

    [Theory]
    [InlineData("a", "")]
    [InlineData("", "a")]
    [InlineData("", "")]
    public void An_item_follows_the_answer_to_its_condition(string yes, string no)
    {
        var plan = Plan(Cities.Flow([Cities.Item("A", "a"), Cities.Item("Z")], null, [], []), yes, no);
        Assert.Equal(yes.Length > 0 ? Applicability.Applies : no.Length > 0 ? Applicability.NotApplicable : Applicability.Undetermined, plan.Find("A")!.Applicability);
        Assert.Equal(Applicability.Applies, plan.Find("Z")!.Applicability);
    }

    [Fact]
    public void An_answer_to_a_question_that_is_not_asked_is_refused()
    {
        Assert.False(FlowPlan.TryResolve(Cities.Source(Cities.Flow([Cities.Item("A", "a")], null, [], []), ("q", true)), out _, out var refusal));
        Assert.Equal(("unknown-condition", "q"), (refusal.Code, refusal.Arguments["code"]));
    }

    [Theory]
    [InlineData("a", "", "+--", "+--")]
    [InlineData("a", "b", "+--", "+--")]
    [InlineData("", "", "???", "???")]
    [InlineData("", "a", "-??", "-??")]
    [InlineData("", "ab", "--?", "--?")]
    [InlineData("", "abc", "---", "???")]
    public void One_yes_in_a_group_answers_the_others_with_no(string yes, string no, string most, string exactly)
    {
        Assert.Equal(most, Signs(Plan(Group(_most), yes, no)));
        Assert.Equal(exactly, Signs(Plan(Group(_one), yes, no)));
    }

    [Fact]
    public void Two_yes_in_a_group_are_refused_by_name()
    {
        Assert.False(FlowPlan.TryResolve(Cities.Source(Group(_most), ("a", true), ("c", true)), out _, out var refusal));
        Assert.Equal(("exclusive-group-conflict", "X", "A C"), (refusal.Code, refusal.Arguments["group"], refusal.Arguments["items"]));
    }

    [Fact]
    public void The_no_that_a_group_gives_is_an_answer_to_the_question_wherever_it_is_asked()
    {
        var flow = Cities.Flow([.. Group(_most).Items, Cities.Item("D", "b"), Cities.Item("E", null, "D")], null, [], [], _most);
        Assert.Equal("+----", Signs(Plan(flow, "a", "")));
    }

    [Fact]
    public void A_struck_item_is_not_applicable_whatever_its_group_and_opens_no_question_again()
    {
        Assert.Equal("---", Signs(Cities.Resolve(Source(Group(_one), "a", "") with { Struck = ["A"] })));
        Assert.Equal("-??", Signs(Cities.Resolve(Source(Group(_one), "", "") with { Struck = ["A"] })));
    }

    [Fact]
    public void A_struck_item_without_a_condition_leaves_room_for_another_of_its_group()
    {
        var flow = Cities.Flow([Cities.Item("A"), Cities.Item("B", "b"), Cities.Item("C", "c")], null, [], [], _most);
        Assert.Equal("+--", Signs(Plan(flow, "", "")));
        Assert.Equal("-+-", Signs(Cities.Resolve(Source(flow, "b", "") with { Struck = ["A"] })));
    }

    [Theory]
    [InlineData("", "", "????")]
    [InlineData("a", "", "+?++")]
    [InlineData("", "a", "-???")]
    [InlineData("", "ab", "----")]
    [InlineData("b", "", "?+++")]
    public void An_item_applies_if_any_of_those_it_names_does(string yes, string no, string expected) =>
        Assert.Equal(expected, Signs(Plan(Cities.Flow([Cities.Item("A", "a"), Cities.Item("B", "b"), Cities.Item("D", null, "C"), Cities.Item("C", null, "A", "B")], null, [], []), yes, no)));

    [Fact]
    public void What_does_not_apply_or_is_lacking_is_replaced_by_its_own_prerequisites_and_what_is_undetermined_stays()
    {
        Edge[] catalogue = [new("A", "L1"), new("L1", "L2"), new("L2", "B"), new("B", "C"), new("B", "D"), new("D", "E")];
        var flow = Cities.Flow([Cities.Item("E"), Cities.Item("D", "d"), Cities.Item("C"), Cities.Item("B", "b"), Cities.Item("A")], null, [], catalogue);
        var plan = Plan(flow, "", "b");
        Assert.Equal(["A"], Needs(plan, "C"));
        Assert.Equal(["A"], Needs(plan, "B"));
        Assert.Equal(["D"], Needs(plan, "E"));
        Assert.Equal(["E"], plan.Find("D")!.Dependants.Select(i => plan.Items[i].Code));
        Assert.Equal(["D", "A"], Needs(Cities.Resolve(Source(Cities.Flow(flow.Items, null, [], [.. catalogue, new("A", "E")]), "", "b")), "E"));
    }

    [Fact]
    public void A_replaced_path_with_one_tolerant_edge_is_tolerant_and_a_strict_path_beside_it_wins()
    {
        Edge[] edges = [new("A", "M"), new("M", "B"), new("A", "N"), new("N", "C"), new("M", "C")];
        var flow = Cities.Flow([Cities.Item("A"), Cities.Item("M", "m"), Cities.Item("N", "m"), Cities.Item("B"), Cities.Item("C")], edges, [new("A", "M")], []);
        var plan = Plan(flow, "", "m");
        Assert.Equal([new Prerequisite(0, "A", true)], plan.Find("B")!.Prerequisites);
        Assert.Equal([new Prerequisite(0, "A", false)], plan.Find("C")!.Prerequisites);
    }

    [Fact]
    public void A_flow_with_edges_of_its_own_uses_those_alone_and_an_added_item_brings_the_catalogues_both_ways()
    {
        Edge[] catalogue = [new("A", "B"), new("A", "L"), new("L", "X"), new("X", "C"), new("X", "L2"), new("L2", "B")];
        var flow = Cities.Flow([Cities.Item("A"), Cities.Item("B"), Cities.Item("C")], [new("B", "C")], [], catalogue);
        var source = new PlanSource(flow, ImmutableDictionary<string, bool>.Empty);
        Assert.Empty(Needs(Cities.Resolve(source), "B"));

        var plan = Cities.Resolve(source with { Added = [new(Cities.Item("X"), [])] });
        Assert.Equal(["A", "B", "C", "X"], plan.Items.Select(i => i.Code));
        Assert.Equal(["A"], Needs(plan, "X"));
        Assert.Equal(["B", "X"], Needs(plan, "C"));
        Assert.Empty(Needs(plan, "B"));
    }

    [Fact]
    public void An_item_newer_than_the_flow_brings_its_edges_with_it()
    {
        var flow = Cities.Flow([Cities.Item("A"), Cities.Item("B")], null, [], [new("A", "B")]);
        var plan = Cities.Resolve(new PlanSource(flow, ImmutableDictionary<string, bool>.Empty) with { Added = [new(Cities.Item("X"), [new("A", "X"), new("X", "B")])] });
        Assert.Equal(["A"], Needs(plan, "X"));
        Assert.Equal(["A", "X"], Needs(plan, "B"));
    }

    [Fact]
    public void An_addition_that_runs_against_the_flows_own_edges_is_refused_with_the_circle()
    {
        var flow = Cities.Flow([Cities.Item("B"), Cities.Item("A")], [new("B", "A")], [], [new("A", "X"), new("X", "B")]);
        var source = new PlanSource(flow, ImmutableDictionary<string, bool>.Empty) with { Added = [new(Cities.Item("X"), [])] };
        Assert.False(FlowPlan.TryResolve(source, out _, out var refusal));
        Assert.Equal(("circle", "A X B"), (refusal.Code, refusal.Arguments["items"]));
        Assert.False(FlowPlan.TryResolve(source with { Added = [new(Cities.Item("B"), [])] }, out _, out refusal));
        Assert.Equal("item-already-in-plan", refusal.Code);
    }

    private static Flow Group(ExclusiveGroup group) => Cities.Flow([Cities.Item("A", "a"), Cities.Item("B", "b"), Cities.Item("C", "c")], null, [], [], group);

    private static FlowPlan Plan(Flow flow, string yes, string no) => Cities.Resolve(Source(flow, yes, no));

    private static PlanSource Source(Flow flow, string yes, string no) =>
        Cities.Source(flow, [.. yes.Select(c => ($"{c}", true)), .. no.Select(c => ($"{c}", false))]);

    private static IEnumerable<string> Needs(FlowPlan plan, string code) => plan.Find(code)!.Prerequisites.Select(p => p.Code);

    private static string Signs(FlowPlan plan) => string.Concat(plan.Items.Select(i => i.Applicability switch
    {
        Applicability.Applies => '+',
        Applicability.NotApplicable => '-',
        _ => '?',
    }));
}
