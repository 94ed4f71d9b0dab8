using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Ledgers;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Projects;
using FsCheck.Xunit;
using static Agency.Tests.Grains.Forecasts.ForecastTests;

namespace Agency.Tests.Grains.Ledgers;

/// <summary>What holds of every ledger, over random projects, calendars and histories.</summary>
public sealed class LedgerLawsTests
{
    [Property(MaxTest = 200)]
    public static void The_holders_days_are_the_working_days_of_the_span_and_the_departments_days_the_approval_days(int seed)
    {
        var (life, random) = (Lived(seed), new Random(seed));
        foreach (var calendar in (WorkingCalendar?[])[null, RandomCalendar(random)])
        {
            var views = life.Views(new(life.Today.AddDays(-random.Next(30)), null, null), calendar);
            var (ledger, project) = (views.Ledger(), views.Project(Cities.Shipped.Service));
            var totals = ledger.Totals;
            Assert.Equal(ledger.WorkingDays, totals.Department + totals.Window + totals.Procedure + totals.Outside + totals.Construction + totals.Owner + totals.Nobody);
            Assert.Equal(ledger.WorkingDays, ledger.Days.Count(d => d.Holder != Holder.NonWorking));
            Assert.Equal(project.SpanDays ?? 0, ledger.Days.Length);
            Assert.Equal(project.Clock.UsedDays, totals.Department);
            Assert.Equal(totals.Department, ledger.Days.Count(d => d.Counted));
            foreach (var item in views.Plan().Items) Assert.Equal(views.Ledger(item.Code)!.Days.Select(d => d.Date).Distinct().Count(), views.Ledger(item.Code)!.Days.Length);
        }
    }

    [Property(MaxTest = 200)]
    public static void A_projects_day_names_the_items_whose_own_days_they_are_and_days_that_are_alike_share_them(int seed)
    {
        var life = Lived(seed);
        var views = life.Views(AsKnown.Now);
        var plan = views.Plan().Items;
        var own = plan.ToDictionary(i => i.Code, i => views.Ledger(i.Code)!.Days.ToDictionary(d => d.Date));
        var uncounted = plan.Where(i => !i.CountsInTotal).Select(i => i.Code).ToHashSet();
        var ledger = views.Ledger().Days;
        foreach (var day in ledger.Where(d => d.Holder != Holder.NonWorking && !d.Causes.Contains(new(Cause.Paused))))
        {
            var held = own.Where(i => i.Value.TryGetValue(day.Date, out var its) && HolderIn(its.Holder, uncounted.Contains(i.Key)) == day.Holder).ToArray();
            Assert.Equal(held.Select(i => i.Key).Order(), day.Items.Where(own.ContainsKey).Order());
            if (day.Items.All(own.ContainsKey)) Assert.Equal(held.SelectMany(i => i.Value[day.Date].Causes).ToHashSet(), day.Causes.ToHashSet());
        }

        // One day is another only where a fact has its day in between.
        var working = ledger.Where(d => !d.Items.IsEmpty).ToArray();
        Assert.InRange(working.Zip(working.Skip(1)).Count(two => two.First.Items != two.Second.Items), 0, life.State.Entries.Select(e => e.OccurredOn).Distinct().Count() + 2);
    }

    [Property(MaxTest = 200)]
    public static void A_ledger_is_the_beginning_of_every_later_one_save_for_silence_that_became_acceptance(int seed)
    {
        var (life, random) = (Lived(seed), new Random(seed));
        var day = life.Today.AddDays(-random.Next(1, 40));
        var (then, now) = (life.Views(new(day, null, null)), life.Views(AsKnown.Now));
        var plan = now.Plan();
        var silent = plan.Items.SelectMany(i => i.Rounds).Where(r => r.AcceptedBySystem && r.AcceptedOn <= day).Select(r => r.AcceptedOn!.Value).ToArray();
        bool Waited(DateOnly date) => silent.Any(from => from < date && date <= RandomLife.Calendar.Add(from, ItemClock.AnswerDays));

        foreach (var code in then.Plan().Items.Select(i => i.Code).Append(null))
        {
            var (before, after) = code is null ? (then.Ledger(), now.Ledger()) : (then.Ledger(code)!, now.Ledger(code)!);
            var later = after.Days.Where(d => d.Date <= day).ToDictionary(d => d.Date);

            // What completes a project by another way than a decision ends its span at the last decision before.
            foreach (var was in before.Days.Where(d => !Waited(d.Date) && !(code is null && d.Date > after.To)))
                Assert.True(later.TryGetValue(was.Date, out var holds) && holds.Holder == was.Holder, $"{code} {was.Date}: {was.Holder}, later {(later.TryGetValue(was.Date, out var l) ? l.Holder : "none")}");
            Assert.DoesNotContain(later.Keys.Except(before.Days.Select(d => d.Date)), d => !Waited(d));
        }
    }

    [Property(MaxTest = 200)]
    public static void Steps_of_different_items_are_entered_in_any_order_that_prerequisites_allow(int seed)
    {
        var (life, random) = (new RandomLife(seed), new Random(seed));
        for (var i = 0; i < 60; i++) life.StepAnItem();
        if (life.Entered(_ => 0) is not { } first || life.Entered(random.Next) is not { } second) return;
        var (one, other) = (first.Views(AsKnown.Now), second.Views(AsKnown.Now));
        Assert.Equal(first.State.Reached, second.State.Reached);
        Assert.Equal(one.Project(Cities.Shipped.Service).Clock, other.Project(Cities.Shipped.Service).Clock);
        Assert.Equal(Days(one.Ledger()), Days(other.Ledger()));
        foreach (var item in one.Plan().Items)
        {
            var same = other.Item(item.Code);
            Assert.Equal((item.State, item.Clock), (same.State, same.Clock));
            Assert.Equal(Days(one.Ledger(item.Code)!), Days(other.Ledger(item.Code)!));
        }
    }

    [Fact]
    public void The_random_steps_can_mostly_be_entered_in_another_order()
    {
        var lives = Enumerable.Range(0, 50).Select(seed =>
        {
            var life = new RandomLife(seed);
            for (var i = 0; i < 60; i++) life.StepAnItem();
            return life;
        }).ToArray();
        Assert.True(lives.Count(l => l.Entered(_ => 0) is not null) > 25);
        Assert.True(lives.Average(l => l.Accepted) > 10);
    }

    [Property(MaxTest = 1000)]
    public static void A_suspension_of_n_working_days_begun_by_the_due_date_moves_it_by_n(int seed)
    {
        var random = new Random(seed);
        var (calendar, accepted, limit) = (RandomCalendar(random), new DateOnly(2026, 1, 1).AddDays(random.Next(300)), random.Next(0, 20));
        Clock At(DateOnly day, params Hold[] holds) => ItemClock.Of(
            Round(accepted, limit, holds), Charges.Of(Round(accepted, limit, holds), Standstill.None, day), (limit, DayUnit.WorkingDays), false, calendar, LightRule.Default);

        var due = At(accepted, new Hold(accepted, Holder.Department)).DueDate!.Value;
        var suspended = accepted.AddDays(random.Next(due.DayNumber - accepted.DayNumber + 1));
        var resumed = suspended.AddDays(random.Next(40));
        var moved = At(resumed, new(accepted, Holder.Department), new(suspended, Holder.Procedure), new(resumed, Holder.Department)).DueDate!.Value;
        Assert.Equal(calendar.Count(suspended, resumed), calendar.Count(due, moved));
    }

    [Fact]
    public void What_can_be_submitted_anew_while_paused_is_charged_from_that_day_on()
    {
        var given = new Given([Item("A", 5, stage: "S3", milestone: true), Item("B", 5, stage: "S3", milestone: true), Item("C", 2, stage: "S4")], [])
            .With(new(2026, 2, 2), new Submission("A", []), new Acceptance("A", [], Given.Terms(5)), new ItemDecision("A", DecisionOutcome.Approved, null, []))
            .With(new(2026, 2, 3), new ItemStruck("C"))
            .With(new(2026, 2, 9), new ProjectPaused(null))
            .With(new(2026, 2, 10), new ItemStruck("B"))
            .With(new(2026, 2, 12), new ItemRestored("C"));
        var charges = given.Basis().Clocks.ChargesOf("C");
        Assert.All(charges, charge => Assert.True(charge.From <= charge.To));
        Assert.Equal([(new(2026, 1, 5), new(2026, 2, 3)), (new(2026, 2, 12), new DateOnly(2026, 3, 2))], charges.Where(c => c.From < c.To).Select(c => (c.From, c.To)));
    }

    private static Round Round(DateOnly accepted, int limit, Hold[] holds) => new()
    {
        Number = 1,
        Status = RoundStatus.Accepted,
        SubmittedOn = accepted,
        ReceivedOn = accepted,
        ReceiptRecordedAt = default,
        AcceptedOn = accepted,
        Terms = new("511300-ZJJ", limit, DayUnit.WorkingDays, 0, null, null, StatutoryStart.Acceptance),
        Holds = [.. holds],
    };

    private static RandomLife Lived(int seed)
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 60; i++) life.Step();
        return life;
    }

    private static WorkingCalendar RandomCalendar(Random random)
    {
        ImmutableArray<DateOnly> Days(int year, int share) => [.. Enumerable.Range(0, 365).Select(d => new DateOnly(year, 1, 1).AddDays(d)).Where(_ => random.Next(share) == 0)];
        return new(1, Enumerable.Range(2024, 4).ToImmutableSortedDictionary(y => y, y =>
        {
            var off = Days(y, 20);
            return new YearArrangement(off, [.. Days(y, 30).Except(off)]);
        }));
    }

    private static Holder HolderIn(Holder item, bool uncounted) => item == Holder.Department && uncounted ? Holder.Outside : item;

    private static IEnumerable<(DateOnly, Holder)> Days(LedgerView ledger) => ledger.Days.Select(d => (d.Date, d.Holder));
}
