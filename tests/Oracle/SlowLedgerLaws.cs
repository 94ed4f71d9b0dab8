using FsCheck.Xunit;

namespace Agency.Tests.Oracle;

/// <summary>What holds of every ledger, whatever was recorded, known and asked: on the slow model alone.</summary>
public sealed class SlowLedgerLaws
{
    private const int Commands = 70;

    private static readonly SlowItemState[] _holdsNobody = [SlowItemState.Approved, SlowItemState.NotApplicable, SlowItemState.Undetermined];

    /// <summary>The same question for every day from before the registration to the day of knowing.</summary>
    private static SortedDictionary<DateOnly, SlowAnswer> Days(SlowLife life, int recorded, DateOnly knowingDay)
    {
        SortedDictionary<DateOnly, SlowAnswer> answers = [];
        for (DateOnly day = life.RegisteredOn.AddDays(-8); day <= knowingDay; day = day.AddDays(1))
            answers[day] = life.Project.Ask(life.History, recorded, knowingDay, day);
        return answers;
    }

    /// <summary>The record as it stands, and as it was known after one of its commits.</summary>
    private static IEnumerable<SortedDictionary<DateOnly, SlowAnswer>> Questions(SlowLife life, int seed)
    {
        yield return Days(life, life.History.Count, life.Today);
        if (life.Commits.Count == 0)
            yield break;
        (int recorded, DateOnly day) = life.Commits[new Random(seed).Next(life.Commits.Count)];
        yield return Days(life, recorded, day);
    }

    [Property(MaxTest = 10)]
    public static void The_holders_days_are_the_working_days_of_the_span_and_those_of_the_department_the_approval_days(int seed)
    {
        SlowLife life = new(seed, Commands);
        foreach (var answers in Questions(life, seed))
            foreach (SlowAnswer answer in answers.Values)
            {
                SlowProjectLedger ledger = answer.Ledger;
                Assert.Equal(ledger.WorkingDays, ledger.Totals.Values.Sum());
                Assert.All(ledger.Days.Keys, d => Assert.True(SlowLife.Calendar.IsWorkingDay(d) && d > ledger.From && d <= ledger.To));
                Assert.Equal(ledger.From is null ? 0 : ledger.To.DayNumber - ledger.From.Value.DayNumber, answer.Report.SpanDays);
                Assert.Equal(answer.Report.ApprovalDays, ledger.Totals[SlowProjectHolder.Department]);
                Assert.Equal(answer.Report.ApprovalDaySet, ledger.Days.Where(d => d.Value == SlowProjectHolder.Department).Select(d => d.Key).Order());
            }
    }

    [Property(MaxTest = 10)]
    public static void The_ledgers_of_a_day_are_the_beginnings_of_the_next_days(int seed)
    {
        SlowLife life = new(seed, Commands);
        foreach (var answers in Questions(life, seed))
            foreach (var (day, now) in answers.Skip(1))
            {
                SlowAnswer before = answers[day.AddDays(-1)];
                HashSet<DateOnly> deemed = [];
                foreach (var (code, ledger) in before.Items)
                {
                    HashSet<DateOnly> own = Deemed(before, now, code, day);
                    deemed.UnionWith(own);
                    if (ledger.ReadyOn is null && !now.Items.ContainsKey(code))
                        continue; // was never ready, and has left the plan
                    SlowItemLedger later = now.Items[code];
                    Assert.Equal(ledger.ReadyOn ?? (later.ReadyOn is null ? null : day), later.ReadyOn);
                    Assert.Equal(ledger.Days.Keys.Order(), later.Days.Keys.Where(d => d < day).Order());
                    Assert.All(ledger.Days.Where(d => !own.Contains(d.Key)), d => Assert.Equal(d.Value, later.Days[d.Key]));
                }

                if (before.Ledger.From is null)
                    continue;
                Assert.Equal(before.Ledger.From, now.Ledger.From);
                Assert.True(now.Ledger.To >= before.Ledger.To || (now.Report.Complete && !before.Report.Complete)); // L3
                Assert.All(
                    before.Ledger.Days.Where(d => d.Key <= now.Ledger.To && !deemed.Contains(d.Key)),
                    d => Assert.Equal(d.Value, now.Ledger.Days[d.Key]));
            }
    }

    /// <summary>The days between receipt and W of a round that was deemed accepted on the day.</summary>
    private static HashSet<DateOnly> Deemed(SlowAnswer before, SlowAnswer now, string code, DateOnly day)
    {
        HashSet<DateOnly> days = [];
        if (now.Report.Items.TryGetValue(code, out SlowItemReport? item)
            && item.Rounds is [.., { AcceptedBySystem: true, AcceptedOn: { } receivedOn }]
            && before.Report.Items[code].Rounds is [.., { AcceptedOn: null }])
        {
            for (DateOnly d = receivedOn.AddDays(1); d < day; d = d.AddDays(1))
                days.Add(d);
        }
        return days;
    }

    [Property(MaxTest = 10)]
    public static void A_day_is_charged_by_how_the_item_stood_at_its_eve(int seed)
    {
        SlowLife life = new(seed, Commands);
        foreach (var answers in Questions(life, seed))
        {
            SlowAnswer last = answers.Values.Last();
            foreach (DateOnly day in answers.Keys.Skip(1))
                foreach (var (code, ledger) in last.Items)
                {
                    SlowAnswer before = answers[day.AddDays(-1)];
                    bool planned = before.Report.Items.TryGetValue(code, out SlowItemReport? eve);
                    bool within = ledger.ReadyOn < day && !(last.Report.TerminatedOn < day);
                    bool revoked = eve?.State == SlowItemState.Revoked; // applies or not: its state does not say
                    if (!revoked)
                        Assert.True((within && planned && !_holdsNobody.Contains(eve!.State)) == ledger.Days.ContainsKey(day), $"{code} on {day}: {eve?.State}");
                    if (!ledger.Days.TryGetValue(day, out SlowHolder holder) || holder == SlowHolder.NonWorking || before.Report.Paused)
                        continue;
                    SlowHolder[] right = eve!.State switch
                    {
                        SlowItemState.Submitted => [DeemedLater(last, code, day) ? SlowHolder.Department : SlowHolder.Window],
                        SlowItemState.Accepted => [SlowHolder.Department],
                        SlowItemState.Suspended => [SlowHolder.Procedure],
                        SlowItemState.Ready or SlowItemState.NotReady => [SlowHolder.Owner, SlowHolder.Construction],
                        _ => [SlowHolder.Owner],
                    };
                    Assert.Contains(holder, right);
                }
        }
    }

    /// <summary>Does the day lie in a round that was deemed accepted?</summary>
    private static bool DeemedLater(SlowAnswer last, string code, DateOnly day) =>
        last.Report.Items[code].Rounds.Any(r => r.AcceptedBySystem && r.AcceptedOn < day && !(r.EndedOn < day));

    [Property(MaxTest = 10)]
    public static void What_was_known_stays_what_was_known(int seed)
    {
        SlowLife half = new(seed, Commands / 2);
        SlowLife whole = new(seed, Commands);
        SlowAnswer then = half.Project.Ask(half.History, half.History.Count, half.Today, half.Today);
        SlowAnswer later = whole.Project.Ask(whole.History, half.History.Count, half.Today, half.Today);
        Assert.Equal(then.Ledger.Days.OrderBy(d => d.Key), later.Ledger.Days.OrderBy(d => d.Key));
        Assert.Equal(then.Ledger.To, later.Ledger.To);
        Assert.Equal(then.Items.Keys.Order(), later.Items.Keys.Order());
        Assert.All(then.Items, i => Assert.Equal(i.Value.Days.OrderBy(d => d.Key), later.Items[i.Key].Days.OrderBy(d => d.Key)));
        Assert.Equal(then.BackFilled, later.BackFilled);
    }

    [Fact]
    public void The_random_lives_get_somewhere()
    {
        SlowLife[] lives = [.. Enumerable.Range(0, 150).Select(seed => new SlowLife(seed, Commands))];
        SlowAnswer[] answers = [.. lives.Select(l => l.Project.Ask(l.History, l.History.Count, l.Today, l.Today))];
        Assert.True(lives.Average(l => l.History.Count) > 15);
        Assert.All(Enum.GetValues<SlowProjectHolder>(), h => Assert.Contains(answers, a => a.Ledger.Totals[h] > 0));
        Assert.All(Enum.GetValues<SlowHolder>(), h => Assert.Contains(answers, a => a.Items.Values.Any(i => i.Totals[h] > 0)));
        Assert.All(Enum.GetValues<SlowKind>(), k => Assert.Contains(lives, l => l.History.Any(f => f.Kind == k)));
        Assert.Contains(answers, a => a.Report.Complete && a.Ledger.From is not null);
        Assert.Contains(answers, a => a.Items.Values.Any(i => !i.InPlan && i.Days.Count > 0));
        Assert.Contains(answers, a => a.BackFilled.Count > 0 && a.BackFilled.Count < a.Entries);
        Assert.Contains(lives, l => l.History.Any(f => f.BySystem && f.Kind == SlowKind.Accept));
    }
}
