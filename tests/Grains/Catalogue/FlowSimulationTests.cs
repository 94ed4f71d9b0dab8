using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Tests.Grains.Catalogue;

/// <summary>Small flows counted by hand, and those that ship.</summary>
public sealed class FlowSimulationTests
{
    public static TheoryData<string> Shipped => [.. Cities.Shipped.Flows.Select(f => f.Code)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_flow_keeps_its_limits_in_every_stage_and_in_total(string code)
    {
        var flow = Cities.ShippedFlow(code);
        var simulation = FlowSimulation.Of(flow);
        Assert.Empty(simulation.Warnings(flow));
        Assert.Equal(["S1", "S2", "S3", "S4"], simulation.Stages.Keys);
        Assert.All(simulation.Stages.Values, days => Assert.InRange(days.Worst, 1, days.Limit));
        Assert.InRange(simulation.Total.Worst, simulation.Stages.Values.Max(s => s.Worst), simulation.Total.Limit);
    }

    [Theory]
    [InlineData("A 3, B 4 after A", 7)]
    [InlineData("A 3, B 4", 4)]
    [InlineData("A 3, B 4 after A, C 6 after A", 9)]
    [InlineData("A 3, B 0 after A, C 2 after B", 5)]
    [InlineData("A 0", 0)]
    [InlineData("A 3 uncounted, B 4 after A", 4)]
    [InlineData("A 3, B 4 uncounted after A, C 2 after B", 5)]
    public void Working_days_follow_each_other_along_a_chain_and_are_shared_beside_it(string flow, int days) => Assert.Equal((days, days), Worst(Flow(flow)));

    // Day 0 is a Monday. Ten natural days end on the Thursday of the next week, eight working days on; five on Saturday, so on the Monday
    // after, as five working ones do. One that begins on the fourth working day, a Friday, passes a weekend at once.
    [Theory]
    [InlineData("A 10 natural", 8)]
    [InlineData("A 5 natural", 5)]
    [InlineData("A 7 natural", 5)]
    [InlineData("A 4, B 3 natural after A", 5)]
    [InlineData("A 30 natural uncounted, B 2 after A", 2)]
    [InlineData("A 7 natural uncounted, B 3 after A, C 6", 8)]
    public void Natural_days_bring_their_working_days_and_end_on_one(string flow, int days) => Assert.Equal((days, days), Worst(Flow(flow)));

    // B is accepted at once, and counts until A lets it be approved.
    [Theory]
    [InlineData("A 6, B 2 tolerates A", 6)]
    [InlineData("A 6 uncounted, B 2 tolerates A", 6)]
    [InlineData("A 6 uncounted, B 2 after A", 2)]
    [InlineData("A 6 uncounted, B 9 tolerates A, C 1 after B", 10)]
    public void A_tolerated_prerequisite_delays_the_approval_alone(string flow, int days) => Assert.Equal((days, days), Worst(Flow(flow)));

    [Theory]
    [InlineData(MilestoneRule.All, 5)]
    [InlineData(MilestoneRule.Any, 3)]
    [InlineData(MilestoneRule.None, 9)]
    public void A_stage_counts_up_to_its_milestone_and_the_total_all(MilestoneRule rule, int stage) =>
        Assert.Equal((stage, 9), Worst(Flow("A 3 milestone, B 5 milestone, C 9", rule)));

    [Fact]
    public void What_runs_beside_the_stages_is_in_the_total_alone_where_it_counts() =>
        Assert.Equal((4, 10), Worst(Flow("A 4, P 10 beside, Q 20 beside uncounted")));

    [Fact]
    public void The_worst_answers_are_found_and_exclusive_items_never_add_up()
    {
        Assert.Equal((7, 7), Worst(Flow("A 3 asked, B 4 asked after A")));
        var exclusive = new ExclusiveGroup("G", ["A", "B"], ExclusiveRule.ExactlyOne);
        Assert.Equal((4, 4), Worst(Flow("A 3 asked, B 4 asked after A") with { ExclusiveGroups = [exclusive] }));
        Assert.Equal((3, 3), Worst(Flow("A 3, B 4 asked after A") with { ExclusiveGroups = [exclusive] }));
    }

    [Fact]
    public void The_same_flow_gives_the_same_figures()
    {
        var flow = Cities.ShippedFlow("GOV_HOUSE");
        var (one, other) = (FlowSimulation.Of(flow), FlowSimulation.Of(flow with { Version = 2 }));
        Assert.Equal(one.Total, other.Total);
        Assert.Equal(one.Stages, other.Stages);
        var sets = RandomAnswers.Plans(flow, FlowSimulation.AnswerSets).Select(p => string.Join(' ', p.Source.Answers.Where(a => a.Value).Select(a => a.Key).Order()));
        Assert.Equal(FlowSimulation.AnswerSets, sets.Distinct().Count()); // so many questions that none comes twice
    }

    [Fact]
    public void Limits_too_tight_are_warned_of_with_stage_worst_and_limit()
    {
        var flow = Cities.ShippedFlow("SOC_SMALL");
        var fits = FlowSimulation.Of(flow);
        var tight = flow with { TotalLimitDays = fits.Total.Worst - 1, Stages = flow.Stages.SetItem(3, flow.Stages[3] with { LimitDays = fits.Stages["S4"].Worst - 1 }) };
        var warnings = FlowSimulation.Of(tight).Warnings(tight);
        Assert.Equal([("/stages/3/limitDays", "stage-over-limit"), ("/totalLimitDays", "total-over-limit")], warnings.Select(w => (w.At, w.Code)));
        Assert.Equal(("S4", $"{fits.Stages["S4"].Worst}", $"{fits.Stages["S4"].Worst - 1}"), (warnings[0].Arguments["stage"], warnings[0].Arguments["worst"], warnings[0].Arguments["limit"]));
        Assert.Equal(($"{fits.Total.Worst}", $"{fits.Total.Worst - 1}"), (warnings[1].Arguments["worst"], warnings[1].Arguments["limit"]));
    }

    private static (int Stage, int Total) Worst(Flow flow)
    {
        var simulation = FlowSimulation.Of(flow);
        return (simulation.Stages["S1"].Worst, simulation.Total.Worst);
    }

    // "B 4 natural uncounted milestone asked beside after A": all but code and limit as the case may be.
    private static Flow Flow(string text, MilestoneRule rule = MilestoneRule.None)
    {
        var entries = text.Split(", ").Select(e => e.Split(' ')).ToArray();
        var items = entries.Select(words =>
        {
            var item = Cities.Item(words[0], words.Contains("asked") ? words[0] : null);
            return item with
            {
                Definition = item.Definition with
                {
                    LimitDays = int.Parse(words[1]),
                    LimitUnit = words.Contains("natural") ? DayUnit.NaturalDays : DayUnit.WorkingDays,
                    CountsInTotal = !words.Contains("uncounted"),
                    Milestone = words.Contains("milestone"),
                    Stage = words.Contains("beside") ? "SP" : "S1",
                },
            };
        });
        var edges = entries.Where(w => w[^2] is "after" or "tolerates").Select(w => (Edge: new Edge(w[^1], w[0]), Tolerant: w[^2] == "tolerates")).ToArray();
        return Cities.Flow(items, null, edges.Where(e => e.Tolerant).Select(e => e.Edge), edges.Select(e => e.Edge)) with { Stages = [new("S1", "", null, "", 30, rule)] };
    }
}
