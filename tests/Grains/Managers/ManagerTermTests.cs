using System.Collections.Immutable;
using Agency.Agents;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Managers;
using Agency.Mandates;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Managers;

/// <summary>When a project has a manager in office, and who acts as it.</summary>
public sealed class ManagerTermTests
{
    private static readonly DateOnly _day = new(2026, 3, 2);
    private static readonly AgentView _agent = new("m", 1, new("511300-ZJJ", null, Rank.Leading, [Function.Manager], [], 3, []), AgentStatus.Active, [], 0, null, false);

    private readonly PlanBook _plans = new();

    [Fact]
    public void A_completed_project_keeps_its_last_manager_on_record_and_in_no_office()
    {
        var state = With(With(Registered(), new ManagerAppointed("m")), new MandateRequested(1, MandateScope.Full, [], [], _day, _day));
        Assert.Equal("m", state.Service.Manager!.Agent);
        Assert.Equal("project-completed", ManagerDecider.Appoint("n", _agent, With(state, new ProjectCompleted()), Office()).Refusal!.Code);

        var completed = With(state, new ProjectCompleted());
        Assert.Null(completed.Service.Manager);
        Assert.Equal(("m", _day), (completed.Service.Managers[^1].Agent, completed.Service.Managers[^1].EndedOn));
        Assert.NotNull(completed.Service.Mandate);

        // Reopened it is given one anew, who hands over to nobody.
        var reopened = With(completed, new ProjectReopened(completed.Version));
        Assert.Null(reopened.Service.Manager);
        Assert.IsType<ManagerAppointed>(Assert.Single(ManagerDecider.Appoint("m", _agent, reopened, Office()).Facts).Fact);
    }

    [Fact]
    public void What_a_termination_ended_stays_ended_when_it_is_voided()
    {
        var state = With(With(Registered(), new ManagerAppointed("m")), new ProjectTerminated(null));
        var voided = With(state, new Correction(state.Version, null, null, Void: true));
        Assert.Equal(ProjectStatus.Active, voided.Status);
        Assert.Null(voided.Service.Manager);
        Assert.Equal(voided.Service.Managers, ProjectState.None.With(voided.Entries).Service.Managers);
    }

    [Fact]
    public void The_manager_of_a_day_in_the_past_is_the_one_of_that_day()
    {
        var state = With(Registered(), new ManagerAppointed("m"));
        state = state.With([Office(_day.AddDays(3)).Entry(new ManagerAppointed("n"), state.Version + 1)]);
        Assert.Equal("n", state.Service.Manager!.Agent);
        Assert.Equal("m", state.AsOf(_day.AddDays(2)).Service.Manager!.Agent);
    }

    [Theory]
    [InlineData("m", Role.Manager, null, true)]
    [InlineData("m", Role.Clerk, null, false)]
    [InlineData("n", Role.Manager, null, false)]
    [InlineData("n", Role.Manager, "m", true)]
    public void Who_stands_in_for_the_manager_is_the_manager(string actor, Role role, string? standsInFor, bool expected)
    {
        var context = Context(new(new(actor, role), "c"), _day) with { StandsInFor = standsInFor is null ? [] : [standsInFor] };
        Assert.Equal(expected, context.IsManager(With(Registered(), new ManagerAppointed("m"))));
    }

    private ProjectState Registered()
    {
        var flow = Cities.ShippedFlow("SOC_SMALL");
        _plans.Add(flow);
        var details = new ProjectDetails("n", "o", "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Municipal, null, null, null, []);
        return With(ProjectState.None, new ProjectRegistered("p", flow.Code, flow.Version, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details));
    }

    private ProjectState With(ProjectState state, ProjectFact fact) => state.With([Office().Entry(fact, state.Version + 1)]);

    private ProjectContext Office(DateOnly? day = null) => Context(new(new("o", Role.Office), "c"), day ?? _day);

    private ProjectContext Context(Act act, DateOnly day) =>
        new(act, new(new DateTimeOffset(day, new(4, 0), TimeSpan.Zero), day), Shipped.Calendar, Cities.Shipped, new(Cities.Shipped), _plans);
}
