using Agency.Calendar;
using Agency.Reviews;
using Agency.Reviews.Series;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Oracle;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Reviews.Series;

[Properties(Arbitrary = [typeof(Calendars)], MaxTest = 200)]
public sealed class SeriesScheduleTests
{
    private static readonly SeriesPlan _weekly = SeriesLife.Monthly with { Rule = "FREQ=WEEKLY;BYDAY=WE,FR", StartTime = new(9, 0), AheadWorkingDays = 30 };

    private readonly SeriesLife _series = new();

    [Theory]
    [InlineData(DayShift.Before, "09-25>09-24")]
    [InlineData(DayShift.After, "09-25>09-28")]
    public void A_day_off_is_shifted_to_the_working_day_before_or_after(DayShift shift, string held)
    {
        // 2026-09-25 is the Mid-Autumn Festival.
        _series.Now = SeriesLife.At(new(2026, 9, 1), 9);
        _series.Make(SeriesLife.Monthly with { Shift = shift });
        Assert.Equal([held], _series.Held);
    }

    [Fact]
    public void A_session_is_made_from_its_shifted_day_though_the_rule_is_past_or_far()
    {
        // Shifted over the National Day week: the day of the rule is behind, or beyond the horizon, the session is not.
        _series.Now = SeriesLife.At(new(2026, 10, 5), 9);
        _series.Make(_weekly with { Rule = "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=2", Shift = DayShift.After, AheadWorkingDays = 1 });
        Assert.Equal(["10-02>10-08"], _series.Held);
        _series.Now = SeriesLife.At(new(2026, 9, 29), 9);
        _series.Change(new() { Rule = new(true, "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=7"), Shift = new(true, DayShift.Before) });
        Assert.Equal(["10-07>09-30"], _series.Held);
    }

    [Fact]
    public void Of_days_that_are_shifted_to_one_the_series_meets_once()
    {
        _series.Now = SeriesLife.At(new(2026, 9, 21), 9);
        _series.Make(_weekly with { AheadWorkingDays = 10 });
        Assert.Equal(["09-23>09-23", "09-30>09-30", "10-09>10-09"], _series.Held.Where(h => h[..5] != "09-25"));
        Assert.Equal(["10-02 for 09-30", "10-07 for 09-30"], _series.Due.Where(d => d.Merged > new DateOnly(2026, 9, 29)).Select(d => $"{d.Occurrence:MM-dd} for {d.Merged:MM-dd}"));
    }

    [Fact]
    public void Which_of_them_stays_is_the_one_that_has_a_session_then_the_one_on_its_own_day_then_the_first()
    {
        _series.Now = SeriesLife.At(new(2026, 9, 28), 9);
        _series.Make(_weekly with { AheadWorkingDays = 5, Shift = DayShift.After });
        Assert.Equal(["09-30>09-30", "10-02>10-08", "10-09>10-09"], _series.Held);
        _series.Change(new() { Rule = new(true, "FREQ=WEEKLY;BYDAY=FR,TH") });
        Assert.Equal(["10-08>10-08", "10-09>10-09"], _series.Held.Where(h => h[..2] == "10"));
        _series.Change(new() { Rule = new(true, "FREQ=WEEKLY;BYDAY=FR") });
        _series.Plan();
        _series.Change(new() { Rule = new(true, "FREQ=WEEKLY;BYDAY=FR,TH") });
        Assert.Equal(["10-02>10-08", "10-09>10-09"], _series.Held.Where(h => h[..2] == "10"));
    }

    [Fact]
    public void What_has_begun_is_not_made_and_what_is_written_lasts_its_whole_day()
    {
        _series.Now = SeriesLife.At(new(2026, 3, 27), 9, 29);
        _series.Make(SeriesLife.Monthly with { AheadWorkingDays = 1 });
        Assert.Equal(["03-27>03-27"], _series.Held);
        _series.Now = SeriesLife.At(new(2026, 3, 27), 9, 30);
        Assert.Empty(_series.Held);

        var written = new SeriesLife { Now = SeriesLife.At(new(2026, 3, 27), 23) };
        written.Make(SeriesLife.Monthly with { Kind = ReviewKind.WrittenConsultation, AheadWorkingDays = 1 });
        Assert.Equal(new(null, new(2026, 3, 27)), written.Due.First().At);
    }

    [Fact]
    public void A_year_without_an_arrangement_is_said()
    {
        _series.Calendar = new(1, Shipped.Years.Remove(2026));
        _series.Make();
        Assert.All(_series.Due, d => Assert.True(d.Provisional));
        _series.Calendar = Shipped.Calendar;
        Assert.All(_series.Due, d => Assert.False(d.Provisional));
    }

    [Fact]
    public void What_is_planned_already_is_looked_at_though_sessions_are_no_longer_made_so_far_ahead()
    {
        _series.Make(SeriesLife.Monthly with { AheadWorkingDays = 70 });
        _series.Plan();
        _series.Change(new() { AheadWorkingDays = new(true, 1) });
        Assert.Equal(["03-27", "04-24", "05-29"], _series.Due.Select(d => $"{d.Occurrence:MM-dd}"));
        Assert.DoesNotContain(_series.Due, d => d.IsWithin);
    }

    [Property]
    public bool Every_day_is_held_on_the_working_day_that_it_is_shifted_to(WorkingCalendar calendar, DateOnly today, bool before, byte ahead)
    {
        if (Unworkable(calendar, today)) return true;
        var slow = new SlowCalendar(Days(today, -400, 800).Where(d => !calendar.IsWorkingDay(d)), Days(today, -400, 800).Where(calendar.IsWorkingDay));
        var plan = _weekly with { From = new(2019, 1, 1), Shift = before ? DayShift.Before : DayShift.After, AheadWorkingDays = (ahead % 40) + 1 };
        var series = new SeriesLife { Now = SeriesLife.At(today, 0), Calendar = calendar };
        series.Make(plan);

        var horizon = today;
        for (var i = 0; i < plan.AheadWorkingDays; i++) horizon = slow.Next(horizon);
        var expected = Days(today, -300, 600)
            .Where(d => d.DayOfWeek is DayOfWeek.Wednesday or DayOfWeek.Friday)
            .Select(d => slow.IsWorkingDay(d) ? d : before ? slow.Previous(d) : slow.Next(d))
            .Where(d => d >= today && d <= horizon)
            .Distinct();
        return series.Due.Where(d => d is { IsWithin: true, Merged: null }).Select(SeriesLife.DayOf).SequenceEqual(expected);
    }

    // Odd calendars may have no working day for very long.
    private static bool Unworkable(WorkingCalendar calendar, DateOnly today) => Days(today, -100, 400).Chunk(100).Any(days => !days.Any(calendar.IsWorkingDay));

    private static IEnumerable<DateOnly> Days(DateOnly around, int first, int count) => Enumerable.Range(first, count).Select(around.AddDays);
}
