using System.Collections.Immutable;
using System.Globalization;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Tests.Grains.Agents;

public sealed class AgentDeciderTests
{
    private static readonly Leave _leave = new(new(2026, 3, 9), new(2026, 3, 13), "wang");

    private readonly AgentLife _agent = new();

    [Theory]
    [InlineData(Role.Office, null)]
    [InlineData(Role.Administrator, null)]
    [InlineData(Role.Manager, "role-not-allowed")]
    [InlineData(Role.Department, "role-not-allowed")]
    public void Office_and_administrator_register_and_change_agents(Role role, string? refusal)
    {
        Assert.Equal(refusal, _agent.Register(role: role));
        _agent.Register();
        Assert.Equal(refusal, _agent.Change(new() { Capacity = new(true, 7) }, role));
    }

    [Fact]
    public void A_person_is_registered_once_and_changed_after()
    {
        Assert.Equal("agent-not-found", _agent.Change(new()));
        Assert.Null(_agent.Register());
        Assert.Equal("agent-exists", _agent.Register());
        Assert.Null(_agent.Change(new() { Capacity = new(true, 7), District = new(true, "511302"), Leaves = new(true, [_leave]) }));
        Assert.Equal((2, 7, "511302"), (_agent.State.Version, _agent.State.Details!.Capacity, _agent.State.Details.District));
        Assert.Null(_agent.Change(new() { Capacity = new(true, 7), Leaves = new(true, [_leave]) }));
        Assert.Equal(2, _agent.State.Version);
        Assert.Equal(Refusals.VersionMismatch, _agent.Change(new() { Capacity = new(true, 8) }, ifVersion: 1));
    }

    [Fact]
    public void What_an_agent_cannot_be_is_named_member_by_member()
    {
        var none = AgentLife.Plain;
        Assert.Equal(["/department unknown-department"], _agent.Faults(none with { Department = "511300-XXX" }));
        Assert.Equal(["/department unknown-department"], _agent.Faults(none with { Department = "511300-GGZY" }));
        Assert.Empty(_agent.Faults(none with { Department = "511300-GGZY", Functions = [Function.Clerk] }));
        Assert.Equal(["/department unknown-department"], _agent.Faults(none with { Department = "511300-STSC", Functions = [Function.Clerk] }));
        Assert.Equal(["/district unknown-district"], _agent.Faults(none with { District = "511300" }));
        Assert.Equal(["/functions none-named"], _agent.Faults(none with { Functions = [] }));
        Assert.Equal(["/functions/1 named-twice"], _agent.Faults(none with { Functions = [Function.Clerk, Function.Clerk] }));
        Assert.Equal(["/flows/1 unknown-flow"], _agent.Faults(none with { Flows = ["IND", "NONE"] }));
        Assert.Equal(["/capacity bad-number"], _agent.Faults(none with { Capacity = 0 }));
        Assert.Equal(["/capacity bad-number"], _agent.Faults(none with { Capacity = 101 }));
        Assert.Equal(["/id bad-person-id"], new AgentLife("李").Faults(none));
    }

    [Fact]
    public void Leaves_are_apart_and_have_another_agent_as_substitute()
    {
        Assert.Empty(Of(_leave, new(new(2026, 3, 14), new(2026, 3, 14), "zhao")));
        Assert.Equal(["/leaves/0/to leave-ends-before"], Of(_leave with { To = new(2026, 3, 8) }));
        Assert.Equal(["/leaves/0/substitute substitute-self"], Of(_leave with { Substitute = "li" }));
        Assert.Equal(["/leaves/0/substitute unknown-agent"], Of(_leave with { Substitute = "nobody" }));
        Assert.Equal(["/leaves/0 leaves-overlap"], Of(new(new(2026, 3, 13), new(2026, 3, 20), "zhao"), _leave));
        Assert.Equal(["/leaves/1 leaves-overlap", "/leaves/2 leaves-overlap"], Of(new(new(2026, 3, 1), new(2026, 3, 31), "zhao"), _leave, new(new(2026, 3, 20), new(2026, 3, 21), "wang")));

        IEnumerable<string> Of(params Leave[] leaves) => _agent.Faults(AgentLife.Plain with { Leaves = [.. leaves] }).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01", "2026-03-13", "/leaves/0/from day-too-early")]
    [InlineData("1999-12-31", "2026-03-13", "/leaves/0/from day-too-early")]
    [InlineData("2026-03-09", "9999-12-31", "/leaves/0/to calendar-year-out-of-range")]
    [InlineData("2026-03-09", "2101-01-01", "/leaves/0/to calendar-year-out-of-range")]
    [InlineData("2000-01-01", "2100-12-31", "")]
    public void Leaves_lie_in_the_years_that_the_calendar_can_have(string from, string to, string faults)
    {
        var leave = _leave with { From = DateOnly.Parse(from, CultureInfo.InvariantCulture), To = DateOnly.Parse(to, CultureInfo.InvariantCulture) };
        Assert.Equal(faults, string.Join(", ", _agent.Faults(AgentLife.Plain with { Leaves = [leave] })));
    }

    [Fact]
    public void Leaves_have_their_bound_and_what_is_there_already_stays()
    {
        var many = Leaves(101);
        Assert.Empty(_agent.Faults(AgentLife.Plain with { Leaves = [.. many.Take(AgentRules.MostLeaves)] }));
        Assert.Equal(["/leaves too-many-entries"], _agent.Faults(AgentLife.Plain with { Leaves = many }));
        Assert.False(AgentRules.HasTooMany(many, AgentLife.Plain with { Leaves = many }));
        Assert.True(AgentRules.HasTooMany(Leaves(102), AgentLife.Plain with { Leaves = many }));

        static ImmutableArray<Leave> Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => _leave with { From = _leave.To.AddDays(i), To = _leave.To.AddDays(i) })];
    }

    [Fact]
    public void On_leave_from_the_first_day_to_the_last()
    {
        _agent.Register(AgentLife.Plain with { Leaves = [_leave] });
        foreach (var (day, substitute) in new[] { (8, null), (9, "wang"), (13, "wang"), (14, null) })
        {
            _agent.Day = new(2026, 3, day);
            Assert.Equal((substitute, substitute is not null), (_agent.View.Substitute, _agent.View.OnLeave));
        }
    }

    [Fact]
    public void A_place_is_kept_once_for_a_command_and_another_one_stands_beside_it()
    {
        var (first, second) = (AgentLife.Of(1, command: "a"), AgentLife.Of(1, command: "b"));
        Assert.Equal("agent-not-found", _agent.Reserve(first));
        _agent.Register();
        Assert.Null(_agent.Reserve(first));
        Assert.Null(_agent.Reserve(first));
        Assert.Null(_agent.Confirm(first));
        Assert.Null(_agent.Reserve(second));
        Assert.Equal([first, second], _agent.View.Assignments);
        Assert.Equal(1, _agent.View.Load);
        Assert.Null(_agent.Release(first));
        Assert.Equal([second], _agent.View.Assignments);
    }

    [Fact]
    public void Load_is_the_number_of_projects_and_may_pass_the_capacity()
    {
        _agent.Register(AgentLife.Plain with { Capacity = 1 });
        Assert.Null(_agent.Reserve(AgentLife.Of(1)));
        Assert.Null(_agent.Reserve(AgentLife.Of(1, Function.Manager)));
        Assert.Null(_agent.Reserve(AgentLife.Of(2)));
        Assert.Equal(2, _agent.View.Load);
    }

    [Fact]
    public void No_place_for_what_the_agent_is_not_or_when_it_is_closed()
    {
        _agent.Register(AgentLife.Plain with { Functions = [Function.Clerk] });
        Assert.Equal("agent-function", _agent.Reserve(AgentLife.Of(1, Function.Manager)));
        _agent.Reserve(AgentLife.Of(1));
        _agent.Activate(false);
        Assert.Equal("agent-not-active", _agent.Reserve(AgentLife.Of(2)));
        Assert.Null(_agent.Reserve(AgentLife.Of(1)));
    }

    [Fact]
    public void Deactivation_ends_at_once_or_with_the_last_project()
    {
        _agent.Register();
        _agent.Activate(false);
        Assert.Equal(AgentStatus.Inactive, _agent.State.Status);
        _agent.Activate(true);
        _agent.Reserve(AgentLife.Of(1));
        _agent.Reserve(AgentLife.Of(2));
        _agent.Activate(false);
        _agent.Release(AgentLife.Of(1));
        Assert.Equal(AgentStatus.Closing, _agent.State.Status);
        _agent.Release(AgentLife.Of(2));
        Assert.Equal(AgentStatus.Inactive, _agent.State.Status);
        Assert.Equal((typeof(AgentFact.Deactivated), Actor.System), (_agent.Facts[^1].Fact.GetType(), _agent.Facts[^1].Actor));
    }

    [Fact]
    public void What_a_project_confirms_and_the_agent_does_not_know_is_kept_until_the_project_is_asked()
    {
        _agent.Register();
        _agent.Activate(false);
        Assert.Null(_agent.Confirm(AgentLife.Of(1)));
        Assert.Equal((AgentStatus.Closing, false), (_agent.State.Status, _agent.State.Places[0].Confirmed));
        _agent.Settle(AgentLife.Of(1), holds: false);
        Assert.Equal((AgentStatus.Inactive, 0), (_agent.State.Status, _agent.View.Load));
    }

    [Fact]
    public void A_project_that_is_asked_confirms_or_releases_and_what_is_confirmed_is_not_asked_about()
    {
        _agent.Register();
        _agent.Reserve(AgentLife.Of(1));
        _agent.Reserve(AgentLife.Of(2));
        _agent.Settle(AgentLife.Of(1), holds: true);
        _agent.Settle(AgentLife.Of(2), holds: false);
        _agent.Settle(AgentLife.Of(1), holds: false);
        Assert.Equal((AgentLife.Of(1), true), (_agent.State.Places.Single().Assignment, _agent.State.Places[0].Confirmed));
    }
}
