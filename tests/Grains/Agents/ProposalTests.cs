using System.Collections.Immutable;
using Agency.Agents;

namespace Agency.Tests.Grains.Agents;

public sealed class ProposalTests
{
    private const string Project = "2026-511302-47-01-000001";

    private static readonly AgentWanted _manager = new(Project, Function.Manager, "511300-ZJJ", "511302", "IND");
    private static readonly AgentWanted _clerk = _manager with { Function = Function.Clerk };

    [Fact]
    public void Who_uses_the_smallest_share_of_its_capacity_comes_first_then_who_has_fewer_projects_then_by_id()
    {
        var proposal = Proposal.Of([Agent("e", load: 3, capacity: 4), Agent("d", load: 2, capacity: 4), Agent("c", load: 1, capacity: 2), Agent("b", load: 1, capacity: 2), Agent("a", load: 0, capacity: 1)], _clerk);
        Assert.Equal(["a", "b", "c", "d", "e"], proposal.Candidates.Select(c => c.Agent));
        Assert.Equal(("a", new Candidate("e", 3, 4, OfDistrict: false, OfFlow: false)), (proposal.Best, proposal.Candidates[^1]));
        Assert.Empty(proposal.LeftOut);
    }

    [Fact]
    public void Capacity_warns_and_leaves_nobody_out() =>
        Assert.Equal("full", Proposal.Of([Agent("full", load: 9, capacity: 1)], _clerk).Best);

    [Fact]
    public void Those_of_the_district_and_of_the_flow_fit_as_those_of_all()
    {
        var proposal = Proposal.Of([Agent("a", d => d with { District = "511302", Flows = ["IND"] }), Agent("b")], _clerk);
        Assert.Equal([new("a", 0, 5, OfDistrict: true, OfFlow: true), new("b", 0, 5, OfDistrict: false, OfFlow: false)], proposal.Candidates);
    }

    [Theory]
    [InlineData("staff", Unfit.RankTooLow)]
    [InlineData("elsewhere", Unfit.OtherDepartment)]
    [InlineData("clerk", Unfit.OtherFunction)]
    [InlineData("district", Unfit.OtherDistrict)]
    [InlineData("flow", Unfit.OtherFlow)]
    [InlineData("away", Unfit.OnLeave)]
    [InlineData("closing", Unfit.NotActive)]
    [InlineData("has it", Unfit.HasItAlready)]
    public void Who_does_not_fit_is_left_out_with_the_reason(string who, Unfit because)
    {
        var agent = who switch
        {
            "staff" => Agent(who, d => d with { Rank = Rank.Staff }),
            "elsewhere" => Agent(who, d => d with { Department = "511302-ZJJ" }),
            "clerk" => Agent(who, d => d with { Functions = [Function.Clerk] }),
            "district" => Agent(who, d => d with { District = "511303" }),
            "flow" => Agent(who, d => d with { Flows = ["SOC_SMALL"] }),
            "away" => Agent(who) with { OnLeave = true, Substitute = "wang" },
            "closing" => Agent(who) with { Status = AgentStatus.Closing },
            _ => Agent(who) with { Assignments = [new(Project, Function.Manager, "c")] },
        };
        var proposal = Proposal.Of([agent], _manager);
        Assert.Null(proposal.Best);
        Assert.Equal((who, because), (proposal.LeftOut.Single().Agent, proposal.LeftOut[0].Because.Single()));
    }

    [Fact]
    public void A_clerk_may_be_of_any_rank_and_department_and_the_projects_manager()
    {
        var agent = Agent("a", d => d with { Rank = Rank.Staff, Department = "511302-ZRZY" }) with { Assignments = [new(Project, Function.Manager, "c")] };
        Assert.Equal("a", Proposal.Of([agent], _clerk).Best);
        Assert.Equal([Unfit.HasItAlready, Unfit.RankTooLow, Unfit.OtherDepartment], Proposal.Of([agent], _manager).LeftOut.Single().Because);
    }

    private static AgentView Agent(string id, Func<AgentDetails, AgentDetails>? change = null, int load = 0, int capacity = 5) =>
        new(id, 1, (change ?? (d => d))(AgentLife.Plain with { Capacity = capacity }), AgentStatus.Active, ImmutableArray<Assignment>.Empty, load, null, OnLeave: false);
}
