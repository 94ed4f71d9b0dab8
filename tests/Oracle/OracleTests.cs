namespace Agency.Tests.Oracle;

/// <summary>The oracle against examples counted by hand, around the Spring Festival of 2026.</summary>
public partial class OracleTests
{
    // Working days: 2–6, 9–13, Saturday 14, 24–27, Saturday 28 February; 2–6, 9–13, 16–20 March.
    private static readonly SlowCalendar _calendar = new(
        Enumerable.Range(15, 9).Select(Feb),
        [Feb(14), Feb(28)]);

    private static DateOnly Feb(int day) => new(2026, 2, day);

    private static DateOnly Mar(int day) => new(2026, 3, day);

    private static SlowStep On(SlowKind kind, DateOnly day, string item = "A01") => new(kind, day) { Item = item };

    private static SlowClockOutput Clock(int limit, DateOnly today, params SlowStep[] steps) =>
        SlowItemClock.Run(new SlowClockInput { Calendar = _calendar, LimitDays = limit, ExtensionCap = 10, Steps = steps, Today = today });

    // ------------------------------------------------------------ calendar

    [Fact]
    public void The_calendar_knows_the_festival_and_its_make_up_days()
    {
        Assert.True(_calendar.IsWorkingDay(Feb(13)));
        Assert.True(_calendar.IsWorkingDay(Feb(14)));
        Assert.False(_calendar.IsWorkingDay(Feb(16)));
        Assert.False(_calendar.IsWorkingDay(Feb(22)));
        Assert.True(_calendar.IsWorkingDay(Feb(28)));
        Assert.False(_calendar.IsWorkingDay(Mar(1)));
        Assert.Equal(Feb(24), _calendar.Next(Feb(14)));
        Assert.Equal(Feb(14), _calendar.Previous(Feb(24)));
        Assert.Equal(5, _calendar.WorkingDaysBetween(Feb(10), Feb(24)));
    }

    [Fact]
    public void W_is_the_fifth_working_day_after_receipt()
    {
        Assert.Equal(Feb(24), _calendar.W(Feb(10), []));
        Assert.Equal(Feb(26), _calendar.W(Feb(12), []));
        Assert.Equal(Feb(13), _calendar.W(Feb(8), [])); // received on a Sunday: 9, 10, 11, 12, 13
    }

    [Fact]
    public void Paused_days_do_not_count_towards_W()
    {
        // 10 counts (it began before the pause), 11 and 12 do not; then 13, 14, 24, 25.
        Assert.Equal(Feb(25), _calendar.W(Feb(9), [new SlowPause(Feb(10), Feb(12))]));
        Assert.Null(_calendar.W(Feb(9), [new SlowPause(Feb(10), null)]));
        Assert.Equal(Feb(14), _calendar.W(Feb(9), [new SlowPause(Feb(14), null)]));
    }

    // ------------------------------------------------------------ clock of an item

    [Fact]
    public void A_running_clock_counts_the_days_after_the_acceptance()
    {
        SlowStep[] steps = [On(SlowKind.Submit, Feb(9)), On(SlowKind.Accept, Feb(10))];
        SlowClockOutput c = Clock(7, Feb(14), steps); // 11, 12, 13, 14
        Assert.Equal((SlowClockState.Running, 4, 3, SlowLight.Green), (c.State, c.UsedDays, c.RemainingDays, c.Light));
        Assert.Equal(Feb(26), c.DueDate); // 11, 12, 13, 14, 24, 25, 26
        c = Clock(7, Feb(24), steps);
        Assert.Equal((5, 2, SlowLight.Yellow), (c.UsedDays, c.RemainingDays, c.Light)); // max(1, ⌈7/5⌉) = 2
        c = Clock(7, Feb(26), steps);
        Assert.Equal((7, 0, SlowLight.Yellow), (c.UsedDays, c.RemainingDays, c.Light));
        c = Clock(7, Feb(27), steps);
        Assert.Equal((8, -1, SlowLight.Red), (c.UsedDays, c.RemainingDays, c.Light));
        Assert.Equal(SlowHolder.Window, c.Holders[Feb(10)]);
        Assert.Equal(SlowHolder.Department, c.Holders[Feb(11)]);
        Assert.Equal(SlowHolder.NonWorking, c.Holders[Feb(15)]);
        Assert.False(c.Holders.ContainsKey(Feb(9)));
    }

    [Fact]
    public void A_suspended_clock_is_blue_and_has_no_due_date()
    {
        SlowStep suspend = On(SlowKind.Suspend, Feb(12)) with { Procedure = "ZJPS", AnnouncedDays = 5 };
        SlowStep resume = On(SlowKind.Resume, Feb(25));
        SlowClockOutput c = Clock(7, Feb(24), On(SlowKind.Submit, Feb(9)), On(SlowKind.Accept, Feb(10)), suspend);
        Assert.Equal((SlowClockState.Stopped, 2, SlowLight.Blue, (DateOnly?)null), (c.State, c.UsedDays, c.Light, c.DueDate));
        c = Clock(7, Mar(2), On(SlowKind.Submit, Feb(9)), On(SlowKind.Accept, Feb(10)), suspend, resume);
        Assert.Equal(6, c.UsedDays); // 11, 12; 26, 27, 28, 2 March
        Assert.Equal(Mar(3), c.DueDate);
        Assert.Equal(SlowHolder.Department, c.Holders[Feb(12)]);
        Assert.Equal(SlowHolder.Procedure, c.Holders[Feb(13)]);
        Assert.Equal(SlowHolder.Procedure, c.Holders[Feb(25)]);
        Assert.Equal(SlowHolder.Department, c.Holders[Feb(26)]);
    }

    [Fact]
    public void The_clock_resumes_when_the_last_procedure_ends()
    {
        SlowClockOutput c = Clock(
            7,
            Feb(28),
            On(SlowKind.Submit, Feb(9)),
            On(SlowKind.Accept, Feb(9)),
            On(SlowKind.Suspend, Feb(10)) with { Procedure = "ZJPS" },
            On(SlowKind.Suspend, Feb(11)) with { Procedure = "GS" },
            On(SlowKind.Resume, Feb(13)) with { Procedure = "ZJPS" },
            On(SlowKind.Resume, Feb(26)) with { Procedure = "GS" });
        Assert.Equal(3, c.UsedDays); // 10; 27, 28
    }

    [Fact]
    public void Without_an_answer_the_item_is_accepted_from_the_day_of_receipt()
    {
        SlowClockInput input = new() { Calendar = _calendar, LimitDays = 3, DeemedAcceptance = true, Steps = [On(SlowKind.Submit, Feb(9))], Today = Feb(14) };
        SlowClockOutput c = SlowItemClock.Run(input);
        Assert.Equal(SlowClockState.None, c.State); // W is 14: an answer today is in time
        Assert.Equal(SlowHolder.Window, c.Holders[Feb(14)]);
        c = SlowItemClock.Run(input with { Today = Feb(15) });
        Assert.Equal((SlowClockState.Running, 5, -2, SlowLight.Red), (c.State, c.UsedDays, c.RemainingDays, c.Light));
        Assert.Equal(Feb(12), c.DueDate);
        Assert.Equal(Feb(9), c.Life.Round!.AcceptedOn);
        Assert.Equal(SlowHolder.Department, c.Holders[Feb(10)]);
        c = SlowItemClock.Run(input with { Today = Feb(15), DeemedAcceptance = false });
        Assert.Equal(SlowClockState.None, c.State);
    }

    [Fact]
    public void A_natural_day_due_date_on_a_day_off_moves_to_the_next_working_day()
    {
        SlowClockInput input = new()
        {
            Calendar = _calendar,
            LimitDays = 10,
            Unit = SlowUnit.Natural,
            Today = Feb(22),
            Steps = [On(SlowKind.Submit, Feb(9)), On(SlowKind.Accept, Feb(10))],
        };
        SlowClockOutput c = SlowItemClock.Run(input); // the tenth day is the 20th
        Assert.Equal((Feb(24), 12, -2, SlowLight.Yellow), (c.DueDate, c.UsedDays, c.RemainingDays, c.Light));
        Assert.Equal(SlowHolder.Department, c.Holders[Feb(22)]);
        Assert.Equal(SlowLight.Red, SlowItemClock.Run(input with { Today = Feb(25) }).Light);
    }

    [Fact]
    public void Overdue_begins_on_the_calendar_day_after_the_due_date()
    {
        SlowStep[] steps = [On(SlowKind.Submit, Feb(10)), On(SlowKind.Accept, Feb(10))];
        Assert.Equal(SlowLight.Yellow, Clock(4, Feb(14), steps).Light); // 11, 12, 13, 14
        Assert.Equal(SlowLight.Red, Clock(4, Feb(15), steps).Light);
        Assert.Equal(SlowLight.Yellow, Clock(0, Feb(10), steps).Light); // limit 0 is due on the acceptance day
        Assert.Equal(Feb(10), Clock(0, Feb(10), steps).DueDate);
        Assert.Equal(SlowLight.Red, Clock(0, Feb(11), steps).Light);
    }

    [Fact]
    public void An_extension_is_added_to_both_limits()
    {
        SlowClockInput input = new()
        {
            Calendar = _calendar,
            LimitDays = 3,
            ExtensionCap = 10,
            StatutoryDays = 20,
            StatutoryUnit = SlowUnit.Natural,
            StatutoryStart = SlowStart.Receipt,
            Steps = [On(SlowKind.Submit, Feb(9)), On(SlowKind.Accept, Feb(10))],
            Today = Feb(13),
        };
        SlowClockOutput c = SlowItemClock.Run(input);
        Assert.Equal(Feb(13), c.DueDate);
        Assert.Equal(Mar(2), c.StatutoryDueDate); // 20 days after 9 February is Sunday 1 March
        c = SlowItemClock.Run(input with { Steps = [.. input.Steps, On(SlowKind.Extend, Feb(13)) with { Days = 2, GrantedBy = "head" }] });
        Assert.Equal((Feb(24), 2, 2), (c.DueDate, c.ExtensionDays, c.RemainingDays)); // 14, 24
        Assert.Equal(Mar(3), c.StatutoryDueDate);
        Assert.False(SlowItemClock.Run(input with { Today = Mar(2) }).StatutoryBreached);
        Assert.True(SlowItemClock.Run(input with { Today = Mar(3) }).StatutoryBreached);
    }

    [Fact]
    public void A_pause_stops_the_clock_and_is_the_owners()
    {
        SlowClockInput input = new()
        {
            Calendar = _calendar,
            LimitDays = 5,
            Today = Feb(12),
            Pauses = [new SlowPause(Feb(11), Feb(13))],
            Steps = [On(SlowKind.Submit, Feb(9)), On(SlowKind.Accept, Feb(10))],
        };
        SlowClockOutput c = SlowItemClock.Run(input);
        Assert.Equal((SlowClockState.Stopped, SlowLight.Grey, 1, (DateOnly?)null), (c.State, c.Light, c.UsedDays, c.DueDate));
        c = SlowItemClock.Run(input with { Today = Feb(14) });
        Assert.Equal((SlowClockState.Running, 2, (DateOnly?)Feb(26)), (c.State, c.UsedDays, c.DueDate)); // 11, 14, 24, 25, 26
        Assert.Equal(SlowHolder.Department, c.Holders[Feb(11)]);
        Assert.Equal(SlowHolder.Owner, c.Holders[Feb(12)]);
        Assert.Equal(SlowHolder.Owner, c.Holders[Feb(13)]);
        Assert.Equal(SlowHolder.Department, c.Holders[Feb(14)]);
    }

    [Fact]
    public void An_ended_clock_stays_red_if_it_ended_late()
    {
        SlowStep[] steps = [On(SlowKind.Submit, Feb(9)), On(SlowKind.Accept, Feb(9))];
        Assert.Equal(SlowLight.Grey, Clock(3, Mar(10), [.. steps, On(SlowKind.Decide, Feb(12)) with { Approved = true }]).Light);
        SlowClockOutput late = Clock(3, Mar(10), [.. steps, On(SlowKind.Decide, Feb(13)) with { Approved = true }]);
        Assert.Equal((SlowClockState.Ended, SlowLight.Red, 4), (late.State, late.Light, late.UsedDays));
        Assert.Equal(4, late.Holders.Count); // 10, 11, 12, 13: up to its decision
    }

    [Fact]
    public void The_last_round_has_the_clock_and_the_owner_the_days_between()
    {
        SlowClockOutput c = Clock(
            7,
            Feb(26),
            On(SlowKind.Submit, Feb(9)),
            On(SlowKind.RequestSupplement, Feb(10)),
            On(SlowKind.Supplement, Feb(12)),
            On(SlowKind.Refuse, Feb(13)),
            On(SlowKind.Submit, Feb(24)));
        Assert.Equal(SlowClockState.None, c.State);
        Assert.Equal(SlowHolder.Window, c.Holders[Feb(10)]);
        Assert.Equal(SlowHolder.Owner, c.Holders[Feb(11)]);
        Assert.Equal(SlowHolder.Owner, c.Holders[Feb(12)]);
        Assert.Equal(SlowHolder.Window, c.Holders[Feb(13)]);
        Assert.Equal(SlowHolder.Owner, c.Holders[Feb(14)]);
        Assert.Equal(SlowHolder.Owner, c.Holders[Feb(24)]);
        Assert.Equal(SlowHolder.Window, c.Holders[Feb(25)]);
    }

    // ------------------------------------------------------------ a project

    private static readonly SlowActor _fgw = SlowActor.Of("511300-FGW");

    private static SlowPlanItem Item(string code, string stage = "S1", int limit = 5) => new(code, stage, limit)
    {
        Department = "511300-FGW",
        MaxExtensionDays = 10,
        DeemedAcceptance = true,
        NonEssential = ["copy"],
        Applies = SlowTri.Yes,
    };

    private static SlowProject Project(IReadOnlyList<SlowPlanItem> items, IReadOnlyList<SlowEdge>? edges = null, IReadOnlyList<SlowEdge>? tolerant = null) =>
        new(_calendar, new SlowPlan
        {
            RegisteredOn = Feb(2),
            Flow = new SlowFlow
            {
                Items = items,
                Stages = [new SlowStage("S1", 20), new SlowStage("S2", 20), new SlowStage("S3", 20), new SlowStage("S4", 20)],
                Edges = edges ?? [],
                TolerantEdges = tolerant ?? [],
            },
            Procedures = new Dictionary<string, int?> { ["TZ"] = 20, ["ZJPS"] = null },
        });

    private static string? Add(SlowProject project, List<SlowStep> history, SlowStep step, DateOnly today)
    {
        SlowVerdict verdict = project.Judge(history, step, today);
        history.AddRange(verdict.Facts);
        return verdict.Refusal;
    }

    private static string? Live(SlowProject project, List<SlowStep> history, SlowKind kind, DateOnly day, string item = "A01", bool approved = true) =>
        Add(project, history, On(kind, day, item) with { Approved = approved, Actor = kind is SlowKind.Submit or SlowKind.Supplement or SlowKind.Withdraw ? SlowActor.Owner : _fgw }, day);

    [Fact]
    public void An_item_waits_for_its_prerequisites_and_a_late_entry_too()
    {
        SlowProject p = Project([Item("A01"), Item("A02")], [new SlowEdge("A01", "A02")]);
        List<SlowStep> h = [];
        Assert.Equal("4.3 prerequisite", Live(p, h, SlowKind.Submit, Feb(3), "A02"));
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(3)));
        Assert.Null(Live(p, h, SlowKind.Accept, Feb(4)));
        Assert.Null(Live(p, h, SlowKind.Decide, Feb(6)));
        Assert.Equal("4.3 prerequisite", Add(p, h, On(SlowKind.Submit, Feb(5), "A02"), Feb(9)));
        Assert.Equal("5.7 office only", Add(p, h, On(SlowKind.Submit, Feb(6), "A02") with { Actor = SlowActor.Owner }, Feb(9)));
        Assert.Equal("5.7 future", Add(p, h, On(SlowKind.Submit, Feb(10), "A02"), Feb(9)));
        Assert.Null(Add(p, h, On(SlowKind.Submit, Feb(6), "A02"), Feb(9)));
        SlowProjectReport s = p.State(h, Feb(9));
        Assert.Equal(SlowItemState.Submitted, s.Items["A02"].State);
        Assert.Equal(Feb(6), s.Items["A02"].ReadyOn);
        Assert.Equal(SlowItemState.NotReady, p.State(h, Feb(5), Feb(9)).Items["A02"].State);
        Assert.Equal(2, s.ApprovalDays); // 5, 6
    }

    [Fact]
    public void A_tolerant_edge_holds_up_the_approval_alone()
    {
        SlowProject p = Project([Item("A01"), Item("A02")], [new SlowEdge("A01", "A02")], [new SlowEdge("A01", "A02")]);
        List<SlowStep> h = [];
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(3), "A02"));
        Assert.Null(Live(p, h, SlowKind.Accept, Feb(3), "A02"));
        Assert.Equal("4.3 prerequisite", Live(p, h, SlowKind.Decide, Feb(4), "A02"));
        Assert.Null(Live(p, h, SlowKind.Decide, Feb(4), "A02", approved: false));
    }

    [Fact]
    public void What_does_not_apply_is_replaced_by_its_own_prerequisites()
    {
        SlowPlanItem no = Item("A02") with { Applies = SlowTri.No };
        SlowProject p = Project([Item("A01"), no, Item("A03")], [new SlowEdge("A01", "A02"), new SlowEdge("A02", "A03")], [new SlowEdge("A01", "A02")]);
        Assert.Equal([new KeyValuePair<string, bool>("A01", true)], p.State([], Feb(3)).Items["A03"].Prerequisites);
        p = Project([Item("A01"), no, Item("A03")], [new SlowEdge("A01", "A02"), new SlowEdge("A02", "A03"), new SlowEdge("A01", "A03")], [new SlowEdge("A01", "A02")]);
        Assert.Equal([new KeyValuePair<string, bool>("A01", false)], p.State([], Feb(3)).Items["A03"].Prerequisites);
        Assert.Equal(SlowItemState.NotApplicable, p.State([], Feb(3)).Items["A02"].State);
        p = Project([Item("A01") with { Applies = SlowTri.Undetermined }, Item("A03")], [new SlowEdge("A01", "A03")]);
        Assert.Equal(SlowItemState.NotReady, p.State([], Feb(3)).Items["A03"].State);
    }

    [Fact]
    public void A_command_after_W_records_the_systems_acceptance_with_it()
    {
        SlowProject p = Project([Item("A01")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(9));
        Assert.Equal("5.2", p.Judge(h, On(SlowKind.Accept, Feb(15)) with { Actor = _fgw }, Feb(15)).Refusal);
        Assert.Equal("5.2", p.Judge(h, On(SlowKind.RequestSupplement, Feb(15)) with { Actor = _fgw }, Feb(15)).Refusal);
        SlowVerdict v = p.Judge(h, On(SlowKind.Decide, Feb(24)) with { Actor = _fgw, Approved = true }, Feb(24));
        Assert.True(v.Accepted);
        Assert.Equal(2, v.Facts.Count);
        Assert.Equal((true, Feb(15), (DateOnly?)Feb(9)), (v.Facts[0].BySystem, v.Facts[0].OccurredOn, v.Facts[0].AcceptedOn));
        h.AddRange(v.Facts);
        SlowItemReport item = p.State(h, Feb(24)).Items["A01"];
        Assert.Equal(6, item.Clock.UsedDays); // 10, 11, 12, 13, 14, 24
        Assert.Equal(SlowLight.Red, item.Clock.Light);
        // as of a day before, nothing of it had happened
        Assert.Equal(SlowItemState.Submitted, p.State(h, Feb(14), Feb(24)).Items["A01"].State);
    }

    [Fact]
    public void An_answer_in_time_takes_the_place_of_the_systems_acceptance()
    {
        SlowProject p = Project([Item("A01")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(9));
        h.AddRange(p.Sweep(h, Feb(15)));
        Assert.Equal(2, h.Count);
        Assert.Equal("5.7 order", Add(p, h, On(SlowKind.Withdraw, Feb(13)), Feb(24)));
        List<SlowStep> other = [.. h];
        Assert.Null(Add(p, h, On(SlowKind.RequestSupplement, Feb(14)), Feb(24)));
        Assert.Equal(SlowItemState.SupplementRequested, p.State(h, Feb(24)).Items["A01"].State);
        // with a later step of the round it is too late
        Assert.Null(Add(p, other, On(SlowKind.Decide, Feb(24)) with { Approved = true }, Feb(24)));
        Assert.Equal("5.2 later step", Add(p, other, On(SlowKind.Accept, Feb(14)), Feb(25)));
    }

    [Fact]
    public void A_sweep_waits_five_working_days_after_the_recording()
    {
        SlowProject p = Project([Item("A01")]);
        List<SlowStep> h = [];
        Assert.Null(Add(p, h, On(SlowKind.Submit, Feb(3)), Feb(12)));
        Assert.Empty(p.Sweep(h, Feb(25))); // 13, 14, 24, 25, 26
        Assert.Equal(SlowItemState.Submitted, p.State(h, Feb(25)).Items["A01"].State);
        Assert.Single(p.Sweep(h, Feb(26)));
        Assert.Equal(SlowItemState.Accepted, p.State(h, Feb(26)).Items["A01"].State);
        Assert.Equal(Feb(11), p.Sweep(h, Feb(26))[0].OccurredOn); // W is 10
        Assert.Null(Add(p, h, On(SlowKind.Accept, Feb(10)), Feb(25)));
    }

    [Fact]
    public void Supplements_are_asked_for_once_and_the_application_is_returned_after_the_notices_date()
    {
        SlowProject p = Project([Item("A01")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(3));
        Assert.Null(Live(p, h, SlowKind.RequestSupplement, Feb(4)));
        SlowStep returned = On(SlowKind.Refuse, Mar(6)) with { Refusal = SlowRefusal.Returned, Actor = _fgw };
        Assert.Equal("5 notice not passed", p.Judge(h, returned, Mar(6)).Refusal); // 30 days after 4 February
        Assert.Null(p.Judge(h, returned with { OccurredOn = Mar(7) }, Mar(7)).Refusal);
        Live(p, h, SlowKind.Supplement, Feb(5));
        Assert.Equal("5 once per round", Live(p, h, SlowKind.RequestSupplement, Feb(6)));
        Assert.Equal("5 competent authority", Add(p, h, On(SlowKind.Refuse, Feb(6)) with { Refusal = SlowRefusal.NotCompetent, Actor = _fgw }, Feb(6)));
        Assert.Equal("5.1 who", Add(p, h, On(SlowKind.Accept, Feb(6)) with { Actor = SlowActor.Of("511300-ZJJ") }, Feb(6)));
        Assert.Null(Live(p, h, SlowKind.Withdraw, Feb(6)));
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(9)));
        Assert.Null(Live(p, h, SlowKind.RequestSupplement, Feb(9)));
    }

    [Fact]
    public void Suspension_and_extension_keep_their_bounds()
    {
        SlowProject p = Project([Item("A01", limit: 3)]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(3));
        Live(p, h, SlowKind.Accept, Feb(3)); // due on 6
        SlowStep suspend = On(SlowKind.Suspend, Feb(6)) with { Procedure = "TZ", AnnouncedDays = 20, Actor = _fgw };
        Assert.Null(p.Judge(h, suspend, Feb(6)).Refusal);
        Assert.Equal("5 announced days", p.Judge(h, suspend with { AnnouncedDays = 21 }, Feb(6)).Refusal);
        Assert.Equal("6.2 overdue suspension", p.Judge(h, suspend with { OccurredOn = Feb(7) }, Feb(7)).Refusal);
        SlowStep extend = On(SlowKind.Extend, Feb(6)) with { Days = 10, GrantedBy = "head", Actor = _fgw };
        Assert.Equal("5.4 after the due date", p.Judge(h, extend with { OccurredOn = Feb(7) }, Feb(7)).Refusal);
        Assert.Equal("5.4 cap", p.Judge(h, extend with { Days = 11 }, Feb(6)).Refusal);
        Assert.Null(Add(p, h, extend, Feb(6)));
        Assert.Equal("5.4 once", p.Judge(h, extend with { Days = 1 }, Feb(6)).Refusal);
        Assert.Null(Add(p, h, suspend, Feb(6)));
        Assert.Equal("5 procedure runs", p.Judge(h, suspend, Feb(6)).Refusal);
        Assert.Equal("5 transition", Live(p, h, SlowKind.Decide, Feb(9)));
        Assert.Null(Add(p, h, On(SlowKind.Resume, Feb(9)) with { Actor = _fgw }, Feb(9)));
        Assert.Null(Live(p, h, SlowKind.Decide, Feb(9)));
    }

    [Fact]
    public void Tolerated_material_is_owed_before_the_committed_date_and_holds_up_the_approval()
    {
        SlowProject p = Project([Item("A01")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(9));
        SlowStep accept = On(SlowKind.Accept, Feb(10)) with { Actor = _fgw }; // due on 24
        Assert.Equal("5.3 essential", p.Judge(h, accept with { Tolerated = [new("seal", Feb(12))] }, Feb(10)).Refusal);
        Assert.Equal("5.3 due date", p.Judge(h, accept with { Tolerated = [new("copy", Feb(24))] }, Feb(10)).Refusal);
        Assert.Null(Add(p, h, accept with { Tolerated = [new("copy", Feb(23))] }, Feb(10)));
        Assert.Equal("5.3 owed", Live(p, h, SlowKind.Decide, Feb(11)));
        Assert.Null(p.Judge(h, On(SlowKind.Decide, Feb(11)) with { Actor = _fgw }, Feb(11)).Refusal); // denial does not wait
        Assert.Null(Add(p, h, On(SlowKind.HandIn, Feb(11)) with { Materials = ["copy"], Actor = SlowActor.Clerk }, Feb(11)));
        Assert.Null(Live(p, h, SlowKind.Decide, Feb(11)));
    }

    [Fact]
    public void Items_of_another_kind_wait_for_the_office_to_confirm()
    {
        SlowProject p = Project([Item("U01") with { Organ = SlowOrgan.Other, DeemedAcceptance = false }, Item("A02")], [new SlowEdge("U01", "A02")]);
        List<SlowStep> h = [];
        foreach (SlowKind kind in new[] { SlowKind.Submit, SlowKind.Accept, SlowKind.Decide })
            Assert.Null(Add(p, h, On(kind, Feb(3), "U01") with { Approved = true, Actor = SlowActor.Owner }, Feb(3)));
        Assert.Equal(SlowItemState.NotReady, p.State(h, Feb(4)).Items["A02"].State);
        Assert.Equal("5.1 who", Add(p, h, On(SlowKind.Confirm, Feb(5), "U01") with { Actor = SlowActor.Clerk }, Feb(5)));
        Assert.Null(Add(p, h, On(SlowKind.Confirm, Feb(5), "U01"), Feb(5)));
        Assert.Equal("5.1 nothing to confirm", Add(p, h, On(SlowKind.Confirm, Feb(5), "U01"), Feb(5)));
        Assert.Equal(Feb(5), p.State(h, Feb(6)).Items["A02"].ReadyOn);
    }

    [Fact]
    public void Parallel_items_share_days_and_a_stage_is_reached_with_its_milestones()
    {
        SlowProject p = Project([Item("A01") with { Milestone = true }, Item("A02") with { Milestone = true }, Item("A03") with { CountsInTotal = false }]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(9));
        Live(p, h, SlowKind.Accept, Feb(9));
        Live(p, h, SlowKind.Submit, Feb(10), "A02");
        Live(p, h, SlowKind.Accept, Feb(10), "A02");
        Live(p, h, SlowKind.Decide, Feb(12)); // 10, 11, 12
        Live(p, h, SlowKind.Decide, Feb(13), "A02"); // 11, 12, 13
        SlowStageReport s1 = p.State(h, Feb(24)).Stages["S1"];
        Assert.Equal((Feb(9), Feb(13), 4, false), (s1.StartedOn, s1.ReachedOn, s1.UsedDays, s1.Complete));
        Assert.Null(p.State(h, Feb(12), Feb(24)).Stages["S1"].ReachedOn);
        Live(p, h, SlowKind.Submit, Feb(24), "A03");
        Live(p, h, SlowKind.Accept, Feb(24), "A03");
        Live(p, h, SlowKind.Decide, Feb(26), "A03");
        SlowProjectReport s = p.State(h, Feb(27));
        Assert.Equal((4, true, true, 17), (s.ApprovalDays, s.Complete, s.Stages["S1"].Complete, s.SpanDays));
        Assert.False(s.Stages["S2"].Applicable);
    }
}
