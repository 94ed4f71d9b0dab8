using System.Text.Json;

namespace Agency.Tests.Oracle;

/// <summary>Rule 7 counted by hand, by the calendar of February 2026: Saturdays 14 and 28 are working days, 15 to 23 are off.</summary>
public sealed class SlowLedgerTests
{
    private static readonly SlowCalendar _calendar = Shipped();
    private static readonly SlowActor _fgw = SlowActor.Of("511300-FGW");

    private static SlowCalendar Shipped()
    {
        using JsonDocument years = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("data", "holidays.json")));
        JsonElement year = years.RootElement.GetProperty("2026");
        return new SlowCalendar(
            year.GetProperty("off").EnumerateArray().Select(d => DateOnly.Parse(d.GetString()!, System.Globalization.CultureInfo.InvariantCulture)),
            year.GetProperty("work").EnumerateArray().Select(d => DateOnly.Parse(d.GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static DateOnly Feb(int day) => new(2026, 2, day);

    private static DateOnly Mar(int day) => new(2026, 3, day);

    private static SlowPlanItem Item(string code, string stage = "S1") => new(code, stage, 10) { Department = "511300-FGW", MaxExtensionDays = 10 };

    private static SlowPlanItem Asked(string code, string condition) => Item(code) with { Condition = condition };

    /// <summary>Undetermined for ever: keeps a project from being complete, and holds nobody.</summary>
    private static readonly SlowPlanItem _open = Asked("Z01", "NEVER");

    private static SlowFlow Flow(params SlowPlanItem[] items) => new() { Items = items, Stages = [new("S1", 20), new("S2", 20), new("S3", 20), new("S4", 20)], Edges = [] };

    private static SlowPlan Plan(DateOnly registeredOn, params SlowPlanItem[] items) =>
        new() { RegisteredOn = registeredOn, Flow = Flow(items), Procedures = new Dictionary<string, int?> { ["TZ"] = 20 } };

    private static SlowProject Project(params SlowPlanItem[] items) => new(_calendar, Plan(Feb(2), items));

    private static SlowStep On(SlowKind kind, DateOnly day, string item = "A01") => new(kind, day) { Item = item, Approved = true };

    private static SlowStep Of(SlowKind kind, DateOnly day) => new(kind, day);

    /// <summary>Records what is accepted, each on its own day unless said otherwise.</summary>
    private static void Record(SlowProject project, List<SlowStep> history, params SlowStep[] steps)
    {
        foreach (SlowStep step in steps)
            RecordOn(step.OccurredOn, project, history, step);
    }

    private static void RecordOn(DateOnly today, SlowProject project, List<SlowStep> history, params SlowStep[] steps)
    {
        foreach (SlowStep step in steps)
        {
            SlowVerdict verdict = project.Judge(history, step, today);
            Assert.Null(verdict.Refusal);
            history.AddRange(verdict.Facts);
        }
    }

    /// <summary>"02-04..02-05 Window, 02-06 Owner": runs of days that follow each other without a gap.</summary>
    private static string Runs<T>(IReadOnlyDictionary<DateOnly, T> days)
        where T : struct, Enum
    {
        List<(DateOnly From, DateOnly To, T Holder)> runs = [];
        foreach (var (day, holder) in days.OrderBy(d => d.Key))
        {
            if (runs.Count > 0 && runs[^1].Holder.Equals(holder) && runs[^1].To.AddDays(1) == day)
                runs[^1] = runs[^1] with { To = day };
            else
                runs.Add((day, day, holder));
        }
        return string.Join(", ", runs.Select(r => r.From == r.To ? $"{r.From:MM-dd} {r.Holder}" : $"{r.From:MM-dd}..{r.To:MM-dd} {r.Holder}"));
    }

    private static string ItemDays(SlowProject project, List<SlowStep> history, DateOnly asOf, string item = "A01")
    {
        string runs = Runs(project.ItemLedgers(history, asOf)[item].Days);
        if (project.State(history, asOf).Items.TryGetValue(item, out SlowItemReport? report))
            Assert.Equal(runs, Runs(report.Clock.Holders));
        return runs;
    }

    private static string ProjectDays(SlowProject project, List<SlowStep> history, DateOnly asOf) => Runs(project.Ledger(history, asOf).Days);

    [Fact]
    public void A_suspension_is_charged_to_the_procedure()
    {
        SlowProject p = Project(Item("A01"));
        List<SlowStep> h = [];
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(3)),
            On(SlowKind.Accept, Feb(4)),
            On(SlowKind.Suspend, Feb(6)) with { Procedure = "TZ", AnnouncedDays = 5 },
            On(SlowKind.Resume, Feb(10)),
            On(SlowKind.Decide, Feb(12)));
        Assert.Equal(
            "02-03 Owner, 02-04 Window, 02-05..02-06 Department, 02-07..02-08 NonWorking, 02-09..02-10 Procedure, 02-11..02-12 Department",
            ItemDays(p, h, Feb(20)));
        Assert.Equal("02-04 Window, 02-05..02-06 Department, 02-09..02-10 Procedure, 02-11..02-12 Department", ProjectDays(p, h, Feb(20)));
        SlowProjectLedger ledger = p.Ledger(h, Feb(20));
        Assert.Equal((Feb(3), Feb(12), 7), (ledger.From!.Value, ledger.To, ledger.WorkingDays));
        Assert.Equal((4, 1, 2, 0), (ledger.Totals[SlowProjectHolder.Department], ledger.Totals[SlowProjectHolder.Window], ledger.Totals[SlowProjectHolder.Procedure], ledger.Totals[SlowProjectHolder.Nobody]));
        Assert.Equal((4, 9), (p.State(h, Feb(20)).ApprovalDays, p.State(h, Feb(20)).SpanDays));
        Assert.Equal((4, 2), (p.ItemLedgers(h, Feb(20))["A01"].Totals[SlowHolder.Department], p.ItemLedgers(h, Feb(20))["A01"].Totals[SlowHolder.NonWorking]));
    }

    [Fact]
    public void A_supplement_is_owed_by_the_owner_until_it_is_received()
    {
        SlowProject p = Project(Item("A01"));
        List<SlowStep> h = [];
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(3)),
            On(SlowKind.RequestSupplement, Feb(5)),
            On(SlowKind.Supplement, Feb(9)),
            On(SlowKind.Accept, Feb(10)),
            On(SlowKind.Decide, Feb(11)) with { Approved = false });
        Assert.Equal(
            "02-03 Owner, 02-04..02-05 Window, 02-06 Owner, 02-07..02-08 NonWorking, 02-09 Owner, 02-10 Window, 02-11 Department, 02-12..02-13 Owner",
            ItemDays(p, h, Feb(13)));
        Assert.Equal("02-04..02-05 Window, 02-06 Owner, 02-09 Owner, 02-10 Window, 02-11 Department, 02-12..02-13 Owner", ProjectDays(p, h, Feb(13)));
        Assert.Equal((8, 4), (p.Ledger(h, Feb(13)).WorkingDays, p.Ledger(h, Feb(13)).Totals[SlowProjectHolder.Owner]));
    }

    [Fact]
    public void A_pause_over_a_weekend_is_the_owners_but_its_days_off_are_nobodys_fault()
    {
        SlowProject p = Project(Item("A01"), Item("A02") with { Unit = SlowUnit.Natural });
        List<SlowStep> h = [];
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(3)),
            On(SlowKind.Submit, Feb(3), "A02"),
            On(SlowKind.Accept, Feb(4)),
            On(SlowKind.Accept, Feb(4), "A02"),
            Of(SlowKind.Pause, Feb(5)),
            Of(SlowKind.Continue, Feb(9)));
        Assert.Equal(
            "02-03 Owner, 02-04 Window, 02-05 Department, 02-06 Owner, 02-07..02-08 NonWorking, 02-09 Owner, 02-10..02-11 Department",
            ItemDays(p, h, Feb(11)));
        Assert.Equal("02-03 Owner, 02-04 Window, 02-05 Department, 02-06..02-09 Owner, 02-10..02-11 Department", ItemDays(p, h, Feb(11), "A02"));
        Assert.Equal("02-04 Window, 02-05 Department, 02-06 Owner, 02-09 Owner, 02-10..02-11 Department", ProjectDays(p, h, Feb(11)));
    }

    [Fact]
    public void A_make_up_day_is_a_working_day_and_the_festival_is_not()
    {
        SlowProject p = new(_calendar, Plan(Feb(12), Item("A01")));
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Submit, Feb(12)), On(SlowKind.Accept, Feb(13)));
        Assert.Equal(
            "02-13 Window, 02-14 Department, 02-15..02-23 NonWorking, 02-24..02-28 Department, 03-01 NonWorking, 03-02 Department",
            ItemDays(p, h, Mar(2)));
        Assert.Equal("02-13 Window, 02-14 Department, 02-24..02-28 Department, 03-02 Department", ProjectDays(p, h, Mar(2)));
        Assert.Equal((8, 7), (p.Ledger(h, Mar(2)).WorkingDays, p.State(h, Mar(2)).ApprovalDays));
    }

    [Fact]
    public void A_struck_item_holds_nobody_until_it_is_restored()
    {
        SlowProject p = Project(Item("A01"), _open);
        List<SlowStep> h = [];
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(3)),
            On(SlowKind.Withdraw, Feb(4)),
            On(SlowKind.Strike, Feb(5)),
            On(SlowKind.Restore, Feb(10)));
        Assert.Equal("02-03 Owner, 02-04 Window, 02-05 Owner, 02-11..02-12 Owner", ItemDays(p, h, Feb(12)));
        Assert.Equal("02-04 Window, 02-05 Owner, 02-06 Nobody, 02-09..02-10 Nobody, 02-11..02-12 Owner", ProjectDays(p, h, Feb(12)));
        Assert.Equal("02-03 Owner, 02-04 Window, 02-05 Owner", ItemDays(p, h, Feb(8)));
        Assert.Equal(Feb(2), p.ItemLedgers(h, Feb(12))["A01"].ReadyOn);
    }

    [Fact]
    public void An_open_round_is_charged_although_its_item_does_not_apply_any_more()
    {
        SlowProject p = new(_calendar, Plan(Feb(2), Asked("A01", "Q"), _open) with { Answers = new Dictionary<string, bool> { ["Q"] = true } });
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Submit, Feb(3)), Of(SlowKind.Answer, Feb(4)) with { Condition = "Q" }, On(SlowKind.Withdraw, Feb(9)));
        Assert.Equal("02-03 Owner, 02-04..02-06 Window, 02-07..02-08 NonWorking, 02-09 Window", ItemDays(p, h, Feb(12)));
    }

    [Fact]
    public void What_has_become_undetermined_is_charged_as_the_reading_says()
    {
        SlowPlan plan = Plan(Feb(2), Item("A01"), Asked("A02", "Q"), Item("A03") with { AppliesIf = ["A01", "A02"] });
        SlowProject p = new(_calendar, plan);
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Strike, Feb(4)));
        Assert.Equal(SlowItemState.Undetermined, p.State(h, Feb(5)).Items["A03"].State);
        Assert.Equal("02-03..02-04 Owner", ItemDays(p, h, Feb(6), "A03"));
        SlowProject other = new(_calendar, plan, new SlowReadings { UndeterminedIsCharged = true });
        Assert.Equal("02-03..02-06 Owner", ItemDays(other, h, Feb(6), "A03"));
    }

    [Fact]
    public void After_its_ready_day_an_item_is_the_owners_although_a_prerequisite_was_revoked()
    {
        SlowPlan plan = Plan(Feb(2), Item("A01"), Item("A02"));
        SlowProject p = new(_calendar, plan with { Flow = plan.Flow with { Edges = [new("A01", "A02")] } });
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Submit, Feb(3)), On(SlowKind.Accept, Feb(3)), On(SlowKind.Decide, Feb(4)), On(SlowKind.Revoke, Feb(6)));
        Assert.Equal(SlowItemState.NotReady, p.State(h, Feb(9)).Items["A02"].State);
        Assert.Equal("02-05..02-06 Owner, 02-07..02-08 NonWorking, 02-09 Owner", ItemDays(p, h, Feb(9), "A02"));
        Assert.Equal("02-03 Owner, 02-04 Department, 02-07..02-08 NonWorking, 02-09 Owner", ItemDays(p, h, Feb(9))); // the revoked one too
    }

    [Fact]
    public void Construction_lies_between_the_start_permit_and_the_report()
    {
        SlowPlan plan = Plan(Feb(2), Item("C01", "S3") with { Milestone = true }, Item("D01", "S4"), Item("D02", "S4"), Item("D03", "S4"));
        SlowProject p = new(_calendar, plan with { Flow = plan.Flow with { Edges = [new("C01", "D01")] } });
        List<SlowStep> h = [];
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(3), "C01"),
            On(SlowKind.Accept, Feb(3), "C01"),
            On(SlowKind.Decide, Feb(5), "C01"));
        Assert.Equal("02-06 Construction, 02-07..02-08 NonWorking, 02-09..02-13 Construction", ItemDays(p, h, Feb(13), "D01"));
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(9), "D03"),
            On(SlowKind.Withdraw, Feb(10), "D03"),
            Of(SlowKind.WorksFinished, Feb(11)),
            On(SlowKind.Submit, Feb(12), "D02"));
        Assert.Equal("02-06 Construction, 02-07..02-08 NonWorking, 02-09..02-11 Construction, 02-12..02-13 Owner", ItemDays(p, h, Feb(13), "D01"));
        Assert.Equal(
            "02-03..02-05 Owner, 02-06 Construction, 02-07..02-08 NonWorking, 02-09..02-11 Construction, 02-12 Owner, 02-13 Window",
            ItemDays(p, h, Feb(13), "D02")); // ready before the permit
        Assert.Equal(
            "02-03..02-05 Owner, 02-06 Construction, 02-07..02-08 NonWorking, 02-09 Construction, 02-10 Window, 02-11..02-13 Owner",
            ItemDays(p, h, Feb(13), "D03")); // submitted once
        Assert.Equal(
            "02-04..02-05 Department, 02-06 Construction, 02-09 Construction, 02-10 Window, 02-11 Construction, 02-12 Owner, 02-13 Window",
            ProjectDays(p, h, Feb(13)));
        Assert.Equal("02-06 Construction, 02-07..02-08 NonWorking, 02-09..02-10 Construction", ItemDays(p, h, Feb(10), "D01"));
    }

    [Fact]
    public void What_has_left_the_plan_keeps_its_days()
    {
        SlowProject p = Project(Item("A01"), Item("A02"), Item("B01", "S2"), _open);
        List<SlowStep> h = [];
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(2)),
            On(SlowKind.Strike, Feb(2), "B01"),
            Of(SlowKind.Divide, Feb(3)),
            On(SlowKind.Withdraw, Feb(3)),
            On(SlowKind.Strike, Feb(3)),
            Of(SlowKind.Move, Feb(4)) with { Flow = Flow(Item("A01"), Item("B01", "S2"), _open) },
            Of(SlowKind.Merge, Feb(6)) with { Work = 2 });
        Assert.Equal("02-03..02-04 Owner", ItemDays(p, h, Feb(10), "A02"));
        Assert.Equal("02-04..02-06 Owner", ItemDays(p, h, Feb(10), "B01@2"));
        Assert.Equal("02-04..02-05 Owner", ItemDays(p, h, Feb(5), "B01@2"));
        Assert.Equal((false, false, true), (p.ItemLedgers(h, Feb(10))["A02"].InPlan, p.ItemLedgers(h, Feb(10))["B01@2"].InPlan, p.ItemLedgers(h, Feb(5))["B01@2"].InPlan));
        Assert.DoesNotContain("B01@2", p.State(h, Feb(10)).Items.Keys);
        Assert.Equal("02-03 Window, 02-04..02-06 Owner, 02-09..02-10 Nobody", ProjectDays(p, h, Feb(10)));
    }

    [Fact]
    public void A_step_dated_before_the_flow_that_has_its_item_keeps_it_in_the_plan()
    {
        SlowProject p = Project(Item("A01"), _open);
        List<SlowStep> h = [];
        RecordOn(Feb(9), p, h, Of(SlowKind.Move, Feb(9)) with { Flow = Flow(Item("A02"), _open) }, On(SlowKind.Submit, Feb(4), "A02"), On(SlowKind.Withdraw, Feb(5), "A02"));
        Assert.Equal("02-05 Window, 02-06 Owner, 02-07..02-08 NonWorking, 02-09..02-10 Owner", ItemDays(p, h, Feb(10), "A02"));
        Assert.Equal("02-05 Window", ItemDays(p, h, Feb(5), "A02"));
        Assert.Equal(SlowItemState.Submitted, p.State(h, Feb(4), Feb(9)).Items["A02"].State);
    }

    [Fact]
    public void A_flow_moved_to_later_says_nothing_of_earlier_days()
    {
        SlowProject p = Project(Item("A01"));
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Submit, Feb(3)), On(SlowKind.Accept, Feb(3)), Of(SlowKind.Move, Feb(9)) with { Flow = Flow(Item("A01") with { CountsInTotal = false, Unit = SlowUnit.Natural }) });
        Assert.Equal("02-03 Owner, 02-04..02-06 Department, 02-07..02-08 NonWorking, 02-09..02-15 Department", ItemDays(p, h, Feb(15)));
        Assert.Equal("02-04..02-06 Department, 02-09 Department, 02-10..02-14 Outside", ProjectDays(p, h, Feb(15)));
        Assert.Equal(4, p.State(h, Feb(15)).ApprovalDays);
    }

    [Fact]
    public void Ledgers_and_span_end_at_termination()
    {
        SlowProject p = Project(Item("A01"));
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Submit, Feb(3)), On(SlowKind.Accept, Feb(4)), Of(SlowKind.Terminate, Feb(10)));
        Assert.Equal("02-03 Owner, 02-04 Window, 02-05..02-06 Department, 02-07..02-08 NonWorking, 02-09..02-10 Department", ItemDays(p, h, Feb(20)));
        Assert.Equal("02-04 Window, 02-05..02-06 Department, 02-09..02-10 Department", ProjectDays(p, h, Feb(20)));
        Assert.Equal((7, 5, 4), (p.State(h, Feb(20)).SpanDays, p.Ledger(h, Feb(20)).WorkingDays, p.State(h, Feb(20)).ApprovalDays));
        Assert.Equal((6, 4), (p.State(h, Feb(9)).SpanDays, p.Ledger(h, Feb(9)).WorkingDays));
    }

    [Fact]
    public void The_last_decision_ends_a_complete_project_whatever_it_decided()
    {
        SlowProject p = Project(Item("A01"), Item("A02"));
        List<SlowStep> h = [];
        Record(
            p,
            h,
            On(SlowKind.Submit, Feb(3)),
            On(SlowKind.Accept, Feb(3)),
            On(SlowKind.Decide, Feb(5)),
            On(SlowKind.Submit, Feb(6), "A02"),
            On(SlowKind.Accept, Feb(6), "A02"));
        List<SlowStep> other = [.. h];
        Record(p, h, On(SlowKind.Decide, Feb(9), "A02") with { Approved = false }, On(SlowKind.Strike, Feb(11), "A02"));
        Assert.Equal((Feb(10), Feb(9), 6), (p.Ledger(h, Feb(10)).To, p.Ledger(h, Feb(11)).To, p.State(h, Feb(20)).SpanDays));
        Assert.Equal("02-04..02-05 Department, 02-06 Owner, 02-09 Department", ProjectDays(p, h, Feb(20)));

        // completed by a strike: the days since the last decision are gone, approval days among them (L3, L8)
        Record(p, other, On(SlowKind.Withdraw, Feb(10), "A02"), On(SlowKind.Strike, Feb(11), "A02"));
        Assert.Equal("02-04..02-05 Department, 02-06 Owner, 02-09..02-10 Department", ProjectDays(p, other, Feb(10)));
        Assert.Equal("02-04..02-05 Department", ProjectDays(p, other, Feb(11)));
        Assert.Equal((4, 2), (p.State(other, Feb(10)).ApprovalDays, p.State(other, Feb(11)).ApprovalDays));
        Assert.Equal(4, new SlowProject(_calendar, Plan(Feb(2), Item("A01"), Item("A02")), new SlowReadings { ApprovalDaysEndWithTheSpan = false }).State(other, Feb(11)).ApprovalDays);
    }

    [Fact]
    public void A_project_that_began_on_paper_is_ready_on_the_day_of_its_registration()
    {
        SlowPlan plan = Plan(Feb(9), Item("A01"), Item("A02"), Item("A03"));
        SlowProject p = new(_calendar, plan with { Flow = plan.Flow with { Edges = [new("A01", "A02")] } });
        List<SlowStep> h = [];
        RecordOn(Feb(9), p, h, On(SlowKind.Submit, Feb(3)), On(SlowKind.Accept, Feb(3)), On(SlowKind.Decide, Feb(5)), On(SlowKind.Submit, Feb(6), "A03"));
        Assert.Equal("02-04..02-05 Department", ItemDays(p, h, Feb(11)));
        Assert.Equal("02-10..02-11 Owner", ItemDays(p, h, Feb(11), "A02"));
        Assert.Equal("02-07..02-08 NonWorking, 02-09..02-11 Window", ItemDays(p, h, Feb(11), "A03"));
        Assert.Equal("02-04..02-05 Department, 02-06 Nobody, 02-09..02-11 Window", ProjectDays(p, h, Feb(11)));
        SlowAnswer before = p.Ask(h, h.Count, Feb(11), Feb(6));
        Assert.Equal((SlowItemState.NotReady, SlowItemState.Approved, 0), (before.Report.Items["A02"].State, before.Report.Items["A01"].State, before.Items["A02"].Days.Count));
    }

    [Fact]
    public void A_deemed_acceptance_is_shown_after_W_when_a_sweep_might_have_recorded_it()
    {
        SlowProject p = Project(Item("A01") with { DeemedAcceptance = true });
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Submit, Feb(3))); // W is 10
        Assert.Equal("02-04..02-06 Window, 02-09..02-10 Window", Runs(p.Ask(h, 1, Feb(11), Feb(10)).Ledger.Days));
        Assert.Equal("02-04..02-06 Department, 02-09..02-11 Department", Runs(p.Ask(h, 1, Feb(11), Feb(11)).Ledger.Days));
        Assert.Equal("02-04..02-06 Window, 02-09..02-11 Window", Runs(p.Ask(h, 1, Feb(10), Feb(11)).Ledger.Days)); // on 10 it could still be answered

        List<SlowStep> late = [];
        RecordOn(Feb(12), p, late, On(SlowKind.Submit, Feb(3))); // five working days after 12: 13, 14, 24, 25, 26
        Assert.Equal("02-04..02-06 Window, 02-09..02-11 Window", Runs(p.Ask(late, 1, Feb(25), Feb(11)).Ledger.Days));
        Assert.Equal("02-04..02-06 Department, 02-09..02-11 Department", Runs(p.Ask(late, 1, Feb(26), Feb(11)).Ledger.Days));
        Assert.Equal(6, p.Ask(late, 1, Feb(26), Feb(11)).Report.ApprovalDays);
    }

    [Fact]
    public void What_was_known_before_a_correction_does_not_know_it()
    {
        SlowProject p = Project(Item("A01"));
        List<SlowStep> h = [];
        Record(p, h, On(SlowKind.Submit, Feb(3)), On(SlowKind.Accept, Feb(3)), On(SlowKind.Decide, Feb(5)));
        RecordOn(Feb(12), p, h, Of(SlowKind.Correct, Feb(12)) with { Target = 2, Instead = h[2] with { OccurredOn = Feb(9) } });
        Assert.Equal("02-04..02-05 Department", Runs(p.Ask(h, 3, Feb(10), Feb(10)).Ledger.Days));
        Assert.Equal("02-04..02-06 Department, 02-09 Department", Runs(p.Ask(h, 4, Feb(12), Feb(10)).Ledger.Days));
        Assert.Equal("02-04..02-06 Department", Runs(p.Ask(h, 4, Feb(12), Feb(6)).Ledger.Days));
        Assert.Equal("02-03 Owner, 02-04 Department", Runs(p.Ask(h, 2, Feb(4), Feb(4)).Items["A01"].Days));
    }

    [Fact]
    public void Back_filled_is_what_was_recorded_more_than_one_working_day_later()
    {
        SlowProject p = Project(Item("A01") with { DeemedAcceptance = true }, Item("A02"), Item("A03"));
        List<SlowStep> h = [];
        RecordOn(Feb(9), p, h, On(SlowKind.Submit, Feb(6))); // 0: the working day after
        RecordOn(Feb(10), p, h, On(SlowKind.Submit, Feb(6), "A02")); // 1: 9, 10
        RecordOn(Feb(10), p, h, On(SlowKind.Submit, Feb(6), "A03")); // 2
        h.AddRange(p.Sweep(h, Feb(26))); // 3: the system's
        RecordOn(Feb(26), p, h, Of(SlowKind.Correct, Feb(26)) with { Target = 2, Instead = h[2] with { OccurredOn = Feb(9) } }); // 4
        Assert.True(h[3].BySystem);
        SlowAnswer then = p.Ask(h, 3, Feb(10), Feb(10));
        Assert.Equal([1, 2], then.BackFilled);
        Assert.Equal(3, then.Entries);
        SlowAnswer now = p.Ask(h, h.Count, Feb(26), Feb(26));
        Assert.Equal([1], now.BackFilled);
        Assert.Equal(3, now.Entries);
        Assert.Equal((1, 2), (p.Ask(h, h.Count, Feb(26), Feb(8)).BackFilled.Count, p.Ask(h, h.Count, Feb(26), Feb(8)).Entries));
    }
}
