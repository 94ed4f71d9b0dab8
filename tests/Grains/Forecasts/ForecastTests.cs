using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Grains.Calendar;

namespace Agency.Tests.Grains.Forecasts;

/// <summary>Forecasts that can be checked by hand. Monday 2 March 2026; until the end of that month every week has five working days, and the Saturday before is a make-up day.</summary>
public sealed class ForecastTests
{
    private static readonly DateOnly _monday = new(2026, 3, 2);

    [Fact]
    public void A_project_not_begun_takes_as_long_as_its_longest_path()
    {
        var view = new Given([Item("A", 5), Item("B", 3), Item("C", 2)], [new("A", "C"), new("B", "C")]).Forecast();
        Assert.Equal((_monday, new(2026, 3, 11), 7), (view.AsOf, view.Finish, view.WorkingDays));
        Assert.Equal(["A", "C"], view.CriticalPath);
        Assert.Equal(
        [
            new("A", _monday, new(2026, 3, 9), new(2026, 3, 9), 0, true),
            new("B", _monday, new(2026, 3, 5), new(2026, 3, 9), 2, false),
            new("C", new(2026, 3, 9), new(2026, 3, 11), new(2026, 3, 11), 0, true),
        ], view.Items);
        Assert.Equal([new("A", 2), new Lever("C", 2)], view.Levers);
        Assert.Equal((new(2026, 4, 14), 23, false), (view.Promised, view.PromisedSlackDays, view.Provisional));
    }

    [Fact]
    public void Of_several_critical_chains_the_smaller_codes_are_told()
    {
        var view = new Given([Item("B", 3), Item("A", 3), Item("D", 1), Item("C", 1)], [new("A", "C"), new("B", "C"), new("A", "D"), new("B", "D")]).Forecast();
        Assert.Equal(["A", "C"], view.CriticalPath);
        Assert.All(view.Items, item => Assert.True(item.Critical));
        Assert.Empty(view.Levers);
    }

    [Fact]
    public void A_chain_goes_to_its_end_though_the_last_items_take_no_time() =>
        Assert.Equal(["A", "B"], new Given([Item("A", 3), Item("B", 0)], [new("A", "B")]).Forecast().CriticalPath);

    [Fact]
    public void Natural_days_end_on_a_working_day_and_bring_working_days_alone_into_the_promise()
    {
        var view = new Given([Item("A", 5, DayUnit.NaturalDays)], []).Forecast();
        Assert.Equal((new(2026, 3, 9), 5, 25), (view.Finish, view.WorkingDays, view.PromisedSlackDays));
    }

    [Fact]
    public void The_window_and_the_owners_lag_take_time_before_each_item()
    {
        var view = new Given([Item("A", 5), Item("B", 5)], [new("A", "B")], registered: _monday).Forecast(window: 2, ownerLag: 3);
        Assert.Equal((20, 20), (view.WorkingDays, view.PromisedSlackDays));
        Assert.Equal([new(2026, 3, 5), new DateOnly(2026, 3, 19)], view.Items.Select(i => i.EarliestStart));
    }

    [Fact]
    public void The_owners_lag_counts_from_the_day_an_item_became_ready() =>
        Assert.Equal(7, new Given([Item("A", 5)], [], registered: new(2026, 2, 28)).Forecast(ownerLag: 3).WorkingDays);

    [Fact]
    public void Only_the_approval_waits_for_a_tolerant_prerequisite()
    {
        var view = new Given([Item("A", 5), Item("B", 3)], [new("A", "B")], tolerant: [new("A", "B")]).Forecast();
        Assert.Equal((5, "A B"), (view.WorkingDays, string.Join(' ', view.CriticalPath)));
        Assert.Equal((_monday, new DateOnly(2026, 3, 9), 0), (view.Items[1].EarliestStart, view.Items[1].EarliestFinish, view.Items[1].SlackDays));
        Assert.Equal(25, view.PromisedSlackDays);
    }

    [Fact]
    public void Construction_stands_between_the_permit_and_what_completes_the_work()
    {
        var given = new Given([Item("A", 5, stage: "S3", milestone: true), Item("B", 3, stage: "S3"), Item("C", 2, stage: "S4")], [], construction: 12);

        // The permit on Monday 9 March, 12 natural days until Saturday the 21st, so Monday the 23rd, and two working days.
        var view = given.Forecast();
        Assert.Equal((new(2026, 3, 25), 17), (view.Finish, view.WorkingDays));
        Assert.Equal(["A", "C"], view.CriticalPath);
        Assert.Equal([0, 14, 0], view.Items.Select(i => i.SlackDays));

        // Decided today, construction would end on Monday 16 March, so 5 days sooner; C still has to wait for it.
        Assert.Equal([new("A", 5), new Lever("C", 2)], view.Levers);
        Assert.Equal(5, given.With(_monday, new WorksFinished(1, _monday)).Forecast().WorkingDays);
    }

    [Fact]
    public void Once_the_permit_was_reached_construction_counts_from_that_day_though_it_is_revoked()
    {
        var given = new Given([Item("A", 5, stage: "S3", milestone: true), Item("C", 2, stage: "S4")], [], construction: 20)
            .With(new(2026, 2, 26), new Submission("A", []), new Acceptance("A", [], Given.Terms(5)), new ItemDecision("A", DecisionOutcome.Approved, null, []), new StageReached("S3"));
        Assert.Equal((new(2026, 3, 20), 14), (given.Forecast().Finish, given.Forecast().WorkingDays));
        Assert.Equal(14, given.With(_monday, new Revocation("A")).Forecast().WorkingDays);
    }

    [Fact]
    public void What_is_revoked_is_to_be_done_once_more_and_what_builds_on_it_waits()
    {
        var given = new Given([Item("A", 5), Item("B", 3)], [new("A", "B")])
            .With(new(2026, 2, 26), new Submission("A", []), new Acceptance("A", [], Given.Terms(5)), new ItemDecision("A", DecisionOutcome.Approved, null, []))
            .With(_monday, new Revocation("A"));
        Assert.Equal((8, "A B"), (given.Forecast().WorkingDays, string.Join(' ', given.Forecast().CriticalPath)));
    }

    [Fact]
    public void Construction_waits_for_a_milestone_that_was_revoked_before_the_permit()
    {
        var given = new Given([Item("A", 5, stage: "S3", milestone: true), Item("B", 3, stage: "S3", milestone: true), Item("C", 2, stage: "S4")], [], construction: 12)
            .With(new(2026, 2, 26), new Submission("A", []), new Acceptance("A", [], Given.Terms(5)), new ItemDecision("A", DecisionOutcome.Approved, null, []))
            .With(_monday, new Revocation("A"));
        Assert.Equal((17, "A C"), (given.Forecast().WorkingDays, string.Join(' ', given.Forecast().CriticalPath)));
    }

    [Fact]
    public void Construction_that_nothing_waits_for_does_not_move_the_finish() =>
        Assert.Equal(5, new Given([Item("A", 5, stage: "S3", milestone: true)], [], construction: 400).Forecast().WorkingDays);

    [Fact]
    public void Where_any_milestone_will_do_construction_waits_for_the_first()
    {
        var view = new Given([Item("A", 5, stage: "S3", milestone: true), Item("B", 3, stage: "S3", milestone: true), Item("C", 2, stage: "S4")], [], construction: 4, rule: MilestoneRule.Any).Forecast();
        Assert.Equal(["B", "C"], view.CriticalPath);
        Assert.Equal((7, 2), (view.WorkingDays, view.Items[0].SlackDays));
    }

    [Fact]
    public void An_item_before_the_permit_does_not_wait_for_construction_whatever_its_stage()
    {
        var view = new Given([Item("C", 2, stage: "S4"), Item("A", 5, stage: "S3", milestone: true), Item("D", 1, stage: "S4")], [new("C", "A")], construction: 5).Forecast();
        Assert.Equal(["C", "A", "D"], view.CriticalPath);
        Assert.Equal(11, view.WorkingDays);
    }

    [Fact]
    public void What_is_overdue_is_expected_today_and_a_paused_project_as_if_it_went_on()
    {
        var given = new Given([Item("A", 5), Item("B", 3)], [new("A", "B")]).With(new(2026, 2, 9), new Submission("A", []), new Acceptance("A", [], Given.Terms(5)));
        Assert.Equal((3, new DateOnly(2026, 2, 9)), (given.Forecast().WorkingDays, given.Forecast().Items[0].EarliestStart));
        Assert.Equal(["A", "B"], given.Forecast().CriticalPath);
        Assert.Equal(3, given.With(_monday, new ProjectPaused(null)).Forecast().WorkingDays);
    }

    [Fact]
    public void Once_over_the_limit_the_promise_is_the_day_on_which_it_was_reached()
    {
        // Two working days, weeks without any, then two more, and seven to come.
        var given = new Given([Item("A", 2), Item("B", 9)], [], total: 2)
            .With(new(2026, 1, 7), new Submission("A", []), new Acceptance("A", [], Given.Terms(2)))
            .With(new(2026, 1, 9), new ItemDecision("A", DecisionOutcome.Approved, null, []))
            .With(new(2026, 2, 27), new Submission("B", []), new Acceptance("B", [], Given.Terms(9)));
        Assert.Equal((new(2026, 1, 9), -9), (given.Forecast().Promised, given.Forecast().PromisedSlackDays));
    }

    [Fact]
    public void Where_nothing_is_open_nothing_is_left()
    {
        var done = new Given([Item("A", 5)], []).With(new(2026, 2, 26), new Submission("A", []), new Acceptance("A", [], Given.Terms(5)), new ItemDecision("A", DecisionOutcome.Approved, null, []), new ProjectCompleted());
        var ended = new Given([Item("A", 5)], [], construction: 100).With(_monday, new ProjectTerminated(null));
        Assert.Equal((new(2026, 2, 26), 0, 0), (done.Forecast().Finish, done.Forecast().WorkingDays, done.Forecast().Items.Length));
        Assert.Equal((_monday, 0, 0), (ended.Forecast().Finish, ended.Forecast().WorkingDays, ended.Forecast().CriticalPath.Length));
    }

    [Fact]
    public void A_forecast_into_a_year_without_an_arrangement_is_provisional() =>
        Assert.True(new Given([Item("A", 300)], []).Forecast().Provisional);

    internal static FlowItem Item(string code, int days, DayUnit unit = DayUnit.WorkingDays, string stage = "S1", bool milestone = false) => new(
        new(code, code, null, null, stage, "ZJJ", [], days, unit, null, null, StatutoryStart.Acceptance, 0, true, milestone, false, [], null, null), null, []);

    /// <summary>A project of these items.</summary>
    internal sealed class Given
    {
        private ProjectState _state;

        public Given(ImmutableArray<FlowItem> items, ImmutableArray<Edge> edges, ImmutableArray<Edge>? tolerant = null, int? construction = null, MilestoneRule rule = MilestoneRule.All, int total = 30, DateOnly? registered = null)
        {
            Plans.Add(new(
                "F", 1, "f", null, new(2020, 1, 1), total, construction, [.. ((string[])["S1", "S2", "S3", "S4"]).Select(s => new FlowStage(s, s, null, "ZJJ", 10, rule))],
                [], items, edges, tolerant ?? [], [], []));
            var details = new ProjectDetails("n", "o", "c", "d", KeyLevel.Other, null, null, null, []);
            _state = ProjectState.None;
            With(registered ?? new(2026, 1, 5), new ProjectRegistered("p", "F", 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details));
        }

        public PlanBook Plans { get; } = new();

        public static Terms Terms(int days) => new("d", days, DayUnit.WorkingDays, 0, null, null, StatutoryStart.Acceptance);

        public Given With(DateOnly day, params ProjectFact[] facts)
        {
            foreach (var fact in facts) _state = _state.With([new(_state.Version + 1, fact, new(day, new(4, 0), TimeSpan.Zero), day, new("o", Role.Office), null, "c", 1, Act.NoTexts)]);
            return this;
        }

        public ForecastBasis Basis(int window = 0, int ownerLag = 0) =>
            new(new(_state, PlanTimeline.Of(_state, Plans.Of(_state.Plan!), Plans), _monday, Shipped.Calendar, LightRule.Default), new(window, ownerLag));

        public ForecastView Forecast(int window = 0, int ownerLag = 0) => Agency.Forecasts.Forecast.Of(Basis(window, ownerLag));
    }
}
