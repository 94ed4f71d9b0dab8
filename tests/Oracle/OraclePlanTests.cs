namespace Agency.Tests.Oracle;

/// <summary>Plan changes, project facts, corrections and the project's ledger, counted by hand.</summary>
public partial class OracleTests
{
    private static SlowPlanItem Asked(string code, string condition) => Item(code) with { Applies = null, Condition = condition };

    private static SlowStep Plan(SlowKind kind, DateOnly day, string item = "") => new(kind, day) { Item = item };

    private static void Approve(SlowProject p, List<SlowStep> h, string item, DateOnly submitted, DateOnly decided)
    {
        Assert.Null(Live(p, h, SlowKind.Submit, submitted, item));
        Assert.Null(Live(p, h, SlowKind.Accept, submitted, item));
        Assert.Null(Live(p, h, SlowKind.Decide, decided, item));
    }

    [Fact]
    public void A_revocation_is_not_dated_before_a_dependants_submission()
    {
        SlowProject p = Project([Item("A01"), Item("A02"), Item("A03")], [new SlowEdge("A01", "A02"), new SlowEdge("A01", "A03")]);
        List<SlowStep> h = [];
        Approve(p, h, "A01", Feb(3), Feb(4));
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(6), "A02"));
        Assert.Equal("5 revoke before submission", Add(p, h, On(SlowKind.Revoke, Feb(5)), Feb(9)));
        Assert.Null(Add(p, h, On(SlowKind.Deliver, Feb(6)), Feb(6)));
        Assert.Null(Add(p, h, On(SlowKind.Revoke, Feb(9)), Feb(9)));
        SlowProjectReport s = p.State(h, Feb(9));
        Assert.Equal((SlowItemState.Revoked, SlowItemState.Submitted, SlowItemState.NotReady), (s.Items["A01"].State, s.Items["A02"].State, s.Items["A03"].State));
        Assert.Equal(SlowItemState.Ready, p.State(h, Feb(6), Feb(9)).Items["A03"].State);
        Assert.Null(Live(p, h, SlowKind.Accept, Feb(10), "A02"));
        Assert.Equal("4.3 prerequisite", Live(p, h, SlowKind.Decide, Feb(10), "A02"));
        Approve(p, h, "A01", Feb(10), Feb(11));
        Assert.Null(Live(p, h, SlowKind.Decide, Feb(11), "A02"));
    }

    [Fact]
    public void Answers_groups_and_dependent_items_decide_what_applies()
    {
        SlowProject p = new(_calendar, new SlowPlan
        {
            RegisteredOn = Feb(2),
            CatalogueItems = [Item("A09") with { Applies = null }],
            CatalogueEdges = [new SlowEdge("A03", "A09"), new SlowEdge("A09", "A04")],
            Flow = new SlowFlow
            {
                Stages = [new SlowStage("S1", 20)],
                Groups = [new SlowGroup(["A01", "A02"], true)],
                Items = [Asked("A01", "ONE"), Asked("A02", "TWO"), Item("A03") with { Applies = null, AppliesIf = ["A01"] }, Item("A04") with { Applies = null }],
            },
        });
        List<SlowStep> h = [];
        SlowProjectReport s = p.State(h, Feb(3));
        Assert.Equal([SlowItemState.Undetermined, SlowItemState.Undetermined, SlowItemState.Undetermined, SlowItemState.NotReady], s.Items.Values.Select(i => i.State));
        Assert.Null(Add(p, h, Plan(SlowKind.Answer, Feb(4)) with { Condition = "ONE", Yes = true }, Feb(4)));
        s = p.State(h, Feb(4));
        Assert.Equal([SlowItemState.Ready, SlowItemState.NotApplicable, SlowItemState.Ready, SlowItemState.NotReady], s.Items.Values.Select(i => i.State));
        Assert.Equal(["A03"], s.Items["A04"].Prerequisites.Keys); // through A09, which the flow lacks
        Assert.Equal("4.2 two yes", Add(p, h, Plan(SlowKind.Answer, Feb(5)) with { Condition = "TWO", Yes = true }, Feb(5)));
        Assert.Equal("5.1 who", Add(p, h, Plan(SlowKind.Strike, Feb(5), "A01") with { Actor = _fgw }, Feb(5)));
        Assert.Null(Add(p, h, Plan(SlowKind.Strike, Feb(5), "A01"), Feb(5)));
        s = p.State(h, Feb(5));
        Assert.Equal((SlowItemState.NotApplicable, SlowItemState.NotApplicable), (s.Items["A01"].State, s.Items["A03"].State));
        Assert.Equal(SlowItemState.Ready, p.State(h, Feb(4), Feb(5)).Items["A01"].State); // asOf counts a change from its own day
        Assert.Null(Add(p, h, Plan(SlowKind.Restore, Feb(6), "A01"), Feb(6)));
        Assert.Equal("4.2 not struck", Add(p, h, Plan(SlowKind.Restore, Feb(6), "A01"), Feb(6)));
        Assert.Null(Add(p, h, Plan(SlowKind.Add, Feb(6), "A09"), Feb(6)));
        s = p.State(h, Feb(6));
        Assert.Equal(["A09"], s.Items["A04"].Prerequisites.Keys);
        Assert.Equal(["A03"], s.Items["A09"].Prerequisites.Keys);
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(9)));
        Assert.Equal("4.2 strike", Add(p, h, Plan(SlowKind.Strike, Feb(9), "A01"), Feb(9)));
        Assert.Null(Live(p, h, SlowKind.Withdraw, Feb(10)));
        Assert.Null(Add(p, h, Plan(SlowKind.Strike, Feb(10), "A01"), Feb(10)));
        Assert.Equal(SlowItemState.NotApplicable, p.State(h, Feb(10)).Items["A01"].State);
    }

    [Fact]
    public void A_lowered_limit_counts_for_later_acceptances()
    {
        SlowProject p = Project([Item("A01"), Item("A02")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(3));
        Live(p, h, SlowKind.Accept, Feb(3));
        Assert.Equal("4.2 lower limit", Add(p, h, Plan(SlowKind.LowerLimit, Feb(4), "A02") with { Days = 5 }, Feb(4)));
        Assert.Null(Add(p, h, Plan(SlowKind.LowerLimit, Feb(4), "A01") with { Days = 2 }, Feb(4)));
        Assert.Equal(Feb(10), p.State(h, Feb(4)).Items["A01"].Clock.DueDate); // 4, 5, 6, 9, 10: fixed at its acceptance
        Live(p, h, SlowKind.Withdraw, Feb(5));
        Live(p, h, SlowKind.Submit, Feb(6));
        Live(p, h, SlowKind.Accept, Feb(6));
        Assert.Equal(Feb(10), p.State(h, Feb(6)).Items["A01"].Clock.DueDate); // 9, 10
    }

    [Fact]
    public void A_pause_stops_everything_but_withdrawal()
    {
        SlowProject p = Project([Item("A01"), Item("A02"), Item("A03")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(9));
        Live(p, h, SlowKind.Submit, Feb(9), "A02");
        Assert.Equal("5.8 before recorded steps", Add(p, h, Plan(SlowKind.Pause, Feb(6)), Feb(10)));
        Assert.Null(Add(p, h, Plan(SlowKind.Pause, Feb(10)), Feb(10)));
        Assert.Equal("5.9 paused already", Add(p, h, Plan(SlowKind.Pause, Feb(10)), Feb(10)));
        Assert.Equal("5.7 pause", Live(p, h, SlowKind.Accept, Feb(11)));
        Assert.Null(Live(p, h, SlowKind.Withdraw, Feb(11), "A02"));
        Assert.Null(Add(p, h, Plan(SlowKind.LowerLimit, Feb(11), "A01") with { Days = 4 }, Feb(11)));
        Assert.Null(Add(p, h, Plan(SlowKind.Continue, Feb(12)), Feb(12)));
        Assert.Equal("5.7 pause", Add(p, h, On(SlowKind.Submit, Feb(11), "A03"), Feb(24)));
        Assert.Null(Add(p, h, On(SlowKind.Submit, Feb(12), "A03"), Feb(24)));
        // W of A01: 10, 13, 14, 24, 25
        Assert.Null(p.Judge(h, On(SlowKind.RequestSupplement, Feb(25)) with { Actor = _fgw }, Feb(25)).Refusal);
        Assert.Equal("5.2", p.Judge(h, On(SlowKind.RequestSupplement, Feb(26)) with { Actor = _fgw }, Feb(26)).Refusal);
    }

    [Fact]
    public void A_termination_withdraws_what_is_open()
    {
        SlowProject p = Project([Item("A01"), Item("A02")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(9));
        Assert.Equal("5.8 before recorded steps", Add(p, h, Plan(SlowKind.Terminate, Feb(6)), Feb(10)));
        Assert.Null(Add(p, h, Plan(SlowKind.Terminate, Feb(10)), Feb(10)));
        Assert.Equal(SlowItemState.Withdrawn, p.State(h, Feb(11)).Items["A01"].State);
        Assert.Equal("5.9 terminated", Live(p, h, SlowKind.Submit, Feb(11), "A02"));
        // voided, the round is open again
        Assert.Null(Add(p, h, Plan(SlowKind.Correct, Feb(11)) with { Target = 1 }, Feb(11)));
        Assert.Equal(SlowItemState.Submitted, p.State(h, Feb(11)).Items["A01"].State);
        Assert.Null(Live(p, h, SlowKind.Accept, Feb(12)));
    }

    [Fact]
    public void Works_have_instances_of_their_own()
    {
        SlowPlanItem[] items =
        [
            Item("A01"), Item("B01", "S2"), Item("C01", "S3") with { Milestone = true }, Item("D01", "S4"), Item("P01", "SP"), Item("P02", "SP"), Item("A05"),
        ];
        SlowProject p = Project(items, [new("A01", "B01"), new("B01", "C01"), new("C01", "D01"), new("C01", "P01"), new("C01", "A05")]);
        List<SlowStep> h = [];
        Approve(p, h, "A01", Feb(3), Feb(3));
        Approve(p, h, "B01", Feb(3), Feb(4));
        Assert.Null(Add(p, h, Plan(SlowKind.Divide, Feb(5)), Feb(5)));
        SlowProjectReport s = p.State(h, Feb(5));
        Assert.Equal(["A01", "A05", "B01", "B01@2", "C01", "C01@2", "D01", "D01@2", "P01", "P01@2", "P02"], s.Items.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["A01"], s.Items["B01@2"].Prerequisites.Keys);
        Assert.Equal(["B01@2"], s.Items["C01@2"].Prerequisites.Keys);
        Assert.Equal(["C01", "C01@2"], s.Items["A05"].Prerequisites.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(SlowItemState.Ready, s.Items["B01@2"].State);
        Assert.Null(Add(p, h, Plan(SlowKind.Merge, Feb(6)) with { Work = 2 }, Feb(6)));
        Assert.Null(Add(p, h, Plan(SlowKind.Divide, Feb(6)), Feb(6)));
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(6), "B01@3")); // numbers are never reused
        Assert.Equal("404 unknown item", Live(p, h, SlowKind.Submit, Feb(6), "B01@2"));
        Assert.Equal("4.4 merge", Add(p, h, Plan(SlowKind.Merge, Feb(6)) with { Work = 3 }, Feb(6)));
        Approve(p, h, "C01", Feb(6), Feb(9));
        s = p.State(h, Feb(12));
        Assert.Null(s.Stages["S3"].ReachedOn); // work 3's milestone is missing
        Assert.Equal(SlowHolder.Construction, s.Items["D01"].Clock.Holders[Feb(10)]);
        Assert.Equal("7 before the milestone", Add(p, h, Plan(SlowKind.WorksFinished, Feb(12)) with { Work = 3 }, Feb(12)));
        Assert.Null(Add(p, h, Plan(SlowKind.WorksFinished, Feb(12)) with { Actor = SlowActor.Owner }, Feb(12)));
        Assert.Equal("7 reported once", Add(p, h, Plan(SlowKind.WorksFinished, Feb(13)), Feb(13)));
        s = p.State(h, Feb(13));
        Assert.Equal((SlowHolder.Construction, SlowHolder.Owner), (s.Items["D01"].Clock.Holders[Feb(12)], s.Items["D01"].Clock.Holders[Feb(13)]));
    }

    [Fact]
    public void A_correction_stands_at_its_targets_place_and_must_break_no_rule()
    {
        SlowProject p = Project([Item("A01"), Item("A02")], [new SlowEdge("A01", "A02")]);
        List<SlowStep> h = [];
        Approve(p, h, "A01", Feb(3), Feb(5)); // 0, 1, 2
        Live(p, h, SlowKind.Submit, Feb(6), "A02"); // 3
        Assert.Equal("5.8 breaks 3: 4.3 prerequisite", Add(p, h, Plan(SlowKind.Correct, Feb(9)) with { Target = 2, Instead = h[2] with { OccurredOn = Feb(9) } }, Feb(9)));
        Assert.Equal("5.8 breaks 3: 4.3 prerequisite", Add(p, h, Plan(SlowKind.Correct, Feb(9)) with { Target = 2 }, Feb(9)));
        // two wrong days as one act
        SlowStep act = Plan(SlowKind.Correct, Feb(9)) with
        {
            Act =
            [
                Plan(SlowKind.Correct, Feb(9)) with { Target = 2, Instead = h[2] with { OccurredOn = Feb(9) } },
                Plan(SlowKind.Correct, Feb(9)) with { Target = 3, Instead = h[3] with { OccurredOn = Feb(9) } },
            ],
        };
        Assert.Null(Add(p, h, act, Feb(9)));
        Assert.Equal(SlowItemState.Accepted, p.State(h, Feb(6), Feb(9)).Items["A01"].State);
        Assert.Equal(4, p.State(h, Feb(9)).ApprovalDays); // 4, 5, 6, 9
        // the correction of the submission can itself be voided: then the submission lies before the approval again
        Assert.Equal("5.8 breaks 3: 4.3 prerequisite", Add(p, h, Plan(SlowKind.Correct, Feb(10)) with { Target = 5 }, Feb(10)));
        // both corrections voided: the record as it was
        Assert.Null(Add(p, h, Plan(SlowKind.Correct, Feb(10)) with { Act = [Plan(SlowKind.Correct, Feb(10)) with { Target = 4 }, Plan(SlowKind.Correct, Feb(10)) with { Target = 5 }] }, Feb(10)));
        Assert.Equal(2, p.State(h, Feb(10)).ApprovalDays); // 4, 5
    }

    [Fact]
    public void A_correction_supersedes_the_systems_acceptance_that_no_longer_follows()
    {
        SlowProject p = Project([Item("A01")]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(3)); // 0
        h.AddRange(p.Sweep(h, Feb(11))); // 1: W is 10
        Assert.Equal("5.8 system fact", Add(p, h, Plan(SlowKind.Correct, Feb(11)) with { Target = 1 }, Feb(11)));
        Assert.Null(Add(p, h, Plan(SlowKind.Correct, Feb(11)) with { Target = 0, Instead = h[0] with { OccurredOn = Feb(2) } }, Feb(11)));
        Assert.Equal(4, h.Count); // received on 2, W is 9: superseded, and recorded anew
        Assert.Equal((true, (DateOnly?)Feb(2), Feb(10)), (h[3].BySystem, h[3].AcceptedOn, h[3].OccurredOn));
        Assert.Null(Add(p, h, Plan(SlowKind.Correct, Feb(11)) with { Target = 0, Instead = h[0] with { OccurredOn = Feb(9) } }, Feb(11)));
        Assert.Equal(SlowItemState.Submitted, p.State(h, Feb(11)).Items["A01"].State);
    }

    [Fact]
    public void A_projects_ledger_adds_up_to_the_working_days_of_its_span()
    {
        SlowProject p = Project([Item("A01"), Item("A02") with { CountsInTotal = false, DeemedAcceptance = false }], [new SlowEdge("A01", "A02")]);
        List<SlowStep> h = [];
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(3)));
        Assert.Null(Live(p, h, SlowKind.Accept, Feb(4)));
        Assert.Null(Live(p, h, SlowKind.Decide, Feb(6)));
        Assert.Null(Live(p, h, SlowKind.Submit, Feb(9), "A02"));
        Assert.Null(Live(p, h, SlowKind.Accept, Feb(10), "A02"));
        Assert.Null(Live(p, h, SlowKind.Decide, Feb(12), "A02"));
        IReadOnlyDictionary<DateOnly, SlowProjectHolder> ledger = p.Ledger(h, Feb(24)).Days;
        Assert.Equal(
            [
                SlowProjectHolder.Window, // 4
                SlowProjectHolder.Department, SlowProjectHolder.Department, // 5, 6
                SlowProjectHolder.Owner, // 9
                SlowProjectHolder.Window, // 10
                SlowProjectHolder.Outside, SlowProjectHolder.Outside, // 11, 12
            ],
            ledger.Values);
        Assert.Equal(2, p.State(h, Feb(24)).ApprovalDays);
    }

    [Fact]
    public void A_stage_shows_its_union_of_days_against_its_limit()
    {
        SlowProject p = Project([Item("A01", limit: 30) with { Milestone = true }, Item("A02") with { CountsInTotal = false }]);
        List<SlowStep> h = [];
        Live(p, h, SlowKind.Submit, Feb(2));
        Live(p, h, SlowKind.Accept, Feb(2));
        Assert.Equal((15, SlowLight.Green), (p.State(h, Mar(1)).Stages["S1"].UsedDays, p.State(h, Mar(1)).Stages["S1"].Light)); // 3–6, 9–14, 24–28
        Assert.Equal((16, SlowLight.Yellow), (p.State(h, Mar(2)).Stages["S1"].UsedDays, p.State(h, Mar(2)).Stages["S1"].Light)); // 4 left of 20
        Assert.Equal(SlowLight.Yellow, p.State(h, Mar(6)).Light); // 20
        Assert.Equal(SlowLight.Red, p.State(h, Mar(9)).Light); // 21
    }

    /// <summary>Random lives: whatever was accepted judges as sound again, and the figures agree with each other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_lives_keep_their_sums(int seed)
    {
        Random random = new(seed);
        SlowProject p = Project(
            [
                Item("A01", limit: 2) with { Milestone = true }, Item("A02") with { CountsInTotal = false, Unit = SlowUnit.Natural }, Item("B01", "S2", 3),
                Item("C01", "S3", 4) with { Milestone = true, DeemedAcceptance = false }, Item("D01", "S4"), Item("U01", "SP") with { Organ = SlowOrgan.Other, DeemedAcceptance = false },
            ],
            [new("A01", "B01"), new("A02", "B01"), new("B01", "C01"), new("C01", "D01"), new("U01", "C01")],
            [new("A02", "B01")]);
        string[] codes = ["A01", "A02", "B01", "B01@2", "C01", "C01@2", "D01", "U01"];
        SlowKind[] kinds = Enum.GetValues<SlowKind>();
        List<SlowStep> h = [];
        DateOnly today = Feb(2);
        int accepted = 0;
        for (int i = 0; i < 200; i++)
        {
            today = today.AddDays(random.Next(4) == 0 ? 1 : 0);
            SlowKind kind = random.Next(3) == 0 ? kinds[random.Next(kinds.Length)] : kinds[random.Next(6)];
            if (random.Next(4) == 0)
                kind = SlowKind.Decide;
            if (kind is SlowKind.Terminate or SlowKind.Move or SlowKind.Answer)
                continue;
            if (p.State(h, today).Paused && random.Next(2) == 0)
                kind = SlowKind.Continue;
            SlowStep step = new(kind, today.AddDays(-(random.Next(3) == 0 ? random.Next(6) : 0)))
            {
                Item = kind is SlowKind.Pause or SlowKind.Continue or SlowKind.WorksFinished or SlowKind.Divide or SlowKind.Merge ? "" : codes[random.Next(codes.Length)],
                Approved = random.Next(4) != 0,
                Procedure = random.Next(2) == 0 ? "TZ" : "ZJPS",
                AnnouncedDays = 3,
                Days = 1,
                GrantedBy = "head",
            };
            if (kind == SlowKind.Correct)
            {
                if (h.Count == 0)
                    continue;
                int target = random.Next(h.Count);
                step = new SlowStep(kind, today) { Target = target, Instead = random.Next(3) == 0 ? null : h[target] with { OccurredOn = h[target].OccurredOn.AddDays(random.Next(-2, 3)), Supersedes = [] } };
            }
            SlowVerdict verdict = p.Judge(h, step, today);
            h.AddRange(verdict.Facts);
            accepted += verdict.Facts.Count;
            if (random.Next(10) == 0)
                h.AddRange(p.Sweep(h, today));
            if (verdict.Accepted)
            {
                SlowProjectReport report = p.State(h, today);
                IReadOnlyDictionary<DateOnly, SlowProjectHolder> ledger = p.Ledger(h, today).Days;
                Assert.Equal(report.ApprovalDaySet, ledger.Where(d => d.Value == SlowProjectHolder.Department).Select(d => d.Key));
                Assert.All(p.Broken(h, today), b => Assert.Contains("4.3 prerequisite", b, StringComparison.Ordinal)); // P16
            }
        }
        Assert.True(accepted > 5, $"only {accepted} accepted");
    }
}
