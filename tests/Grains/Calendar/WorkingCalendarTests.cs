using System.Collections.Immutable;
using System.Globalization;
using Agency.Calendar;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Calendar;

[Properties(Arbitrary = [typeof(Calendars)], MaxTest = 500)]
public class WorkingCalendarTests
{
    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // What Count and Add promise, day by day.
    private static int SlowCount(WorkingCalendar calendar, DateOnly from, DateOnly to)
    {
        if (to < from) return -SlowCount(calendar, to, from);
        var count = 0;
        for (var day = from; day < to;)
        {
            day = day.AddDays(1);
            if (calendar.IsWorkingDay(day)) count++;
        }

        return count;
    }

    private static DateOnly SlowAdd(WorkingCalendar calendar, DateOnly from, int days)
    {
        for (var left = Math.Abs(days); left > 0;)
        {
            from = from.AddDays(Math.Sign(days));
            if (calendar.IsWorkingDay(from)) left--;
        }

        return from;
    }

    [Property]
    public bool Counting_is_counting_day_by_day(WorkingCalendar calendar, DateOnly from, DateOnly to) =>
        calendar.Count(from, to) == SlowCount(calendar, from, to);

    [Property]
    public bool Adding_is_walking_day_by_day(WorkingCalendar calendar, DateOnly from, short days) =>
        calendar.Add(from, days % 800) == SlowAdd(calendar, from, days % 800);

    [Property]
    public bool Counting_undoes_adding(WorkingCalendar calendar, DateOnly from, short days)
    {
        var n = days % 800;
        return (n < 0 && !calendar.IsWorkingDay(from)) || calendar.Count(from, calendar.Add(from, n)) == n;
    }

    [Property]
    public bool Adding_back_leads_back_to_a_working_day(WorkingCalendar calendar, DateOnly from, short days)
    {
        var start = calendar.OnOrAfter(from);
        return calendar.Add(calendar.Add(start, days % 800), -(days % 800)) == start;
    }

    [Property]
    public bool Added_in_two_parts_or_at_once_is_the_same(WorkingCalendar calendar, DateOnly from, byte first, byte second) =>
        calendar.Add(calendar.Add(from, first), second) == calendar.Add(from, first + second)
        && calendar.Add(calendar.Add(from, -first), -second) == calendar.Add(from, -first - second);

    [Property]
    public bool A_later_start_never_ends_earlier(WorkingCalendar calendar, DateOnly from, byte later, sbyte days) =>
        calendar.Add(from, days) <= calendar.Add(from.AddDays(later), days);

    [Property]
    public bool Counts_of_adjoining_stretches_add_up(WorkingCalendar calendar, DateOnly a, DateOnly b, DateOnly c) =>
        calendar.Count(a, b) + calendar.Count(b, c) == calendar.Count(a, c);

    [Property]
    public bool On_or_after_is_the_nearest_working_day_from_there_on(WorkingCalendar calendar, DateOnly day)
    {
        var found = calendar.OnOrAfter(day);
        return calendar.IsWorkingDay(found) && found >= day && SlowCount(calendar, day.AddDays(-1), found) == 1;
    }

    [Fact]
    public void A_day_is_what_its_arrangement_says_else_what_its_weekday_says()
    {
        var calendar = Shipped.Calendar;
        for (var day = Day("2017-01-01"); day < Day("2029-01-01"); day = day.AddDays(1))
        {
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var year = Shipped.Years.GetValueOrDefault(day.Year);
            var expected = year is not null && year.Off.Contains(day) ? DayKind.Holiday
                : year is not null && year.Work.Contains(day) ? DayKind.MakeUpDay
                : weekend ? DayKind.Weekend
                : DayKind.WorkingDay;
            Assert.Equal(expected, calendar.KindOf(day));
            Assert.Equal(expected is DayKind.WorkingDay or DayKind.MakeUpDay, calendar.IsWorkingDay(day));
        }
    }

    [Fact]
    public void On_the_shipped_years_every_count_is_that_of_the_walk()
    {
        var calendar = Shipped.Calendar;
        for (var day = Day("2017-12-01"); day < Day("2027-02-01"); day = day.AddDays(1))
        {
            foreach (var days in (ReadOnlySpan<int>)[-30, -5, -1, 0, 1, 5, 7, 30]) Assert.Equal(SlowAdd(calendar, day, days), calendar.Add(day, days));
            Assert.Equal(SlowCount(calendar, day, day.AddDays(45)), calendar.Count(day, day.AddDays(45)));
        }
    }

    // 2026: off 15–23 February, worked on Saturday 14 and Saturday 28. Counted on paper.
    [Theory]
    [InlineData("2026-02-10", 5, "2026-02-24")] // 11, 12, 13, 14 (make-up), 24
    [InlineData("2026-02-24", -5, "2026-02-10")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-14", 1, "2026-02-24")]
    [InlineData("2026-02-27", 1, "2026-02-28")]
    [InlineData("2026-02-28", 1, "2026-03-02")]
    [InlineData("2025-09-26", 2, "2025-09-29")] // 28 is a worked Sunday
    [InlineData("2025-09-30", 1, "2025-10-09")]
    [InlineData("2025-09-30", 2, "2025-10-10")]
    [InlineData("2025-09-30", 3, "2025-10-11")]
    [InlineData("2025-09-30", 4, "2025-10-13")]
    [InlineData("2020-01-23", 1, "2020-02-03")]
    public void The_arrangements_of_record_are_kept(string from, int days, string to)
    {
        Assert.Equal(Day(to), Shipped.Calendar.Add(Day(from), days));
        Assert.Equal(days, Shipped.Calendar.Count(Day(from), Day(to)));
    }

    // Known from the notices: the days of the year less weekends and days off, plus make-up days.
    [Theory]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_its_known_number_of_working_days(int year, int days) =>
        Assert.Equal(days, Shipped.Calendar.Count(new(year - 1, 12, 31), new(year, 12, 31)));

    [Theory]
    [InlineData("2017-12-31", "2018-01-02", true)]
    [InlineData("2018-01-01", "2026-12-31", false)]
    [InlineData("2026-12-31", "2018-01-01", false)]
    [InlineData("2026-12-31", "2027-01-01", true)]
    [InlineData("2027-01-01", "2026-12-31", true)]
    [InlineData("2030-05-01", "2030-05-01", true)]
    [InlineData("2017-06-01", "2027-06-01", true)]
    public void What_touches_a_year_without_an_arrangement_is_provisional(string from, string to, bool provisional)
    {
        Assert.Equal(provisional, Shipped.Calendar.IsProvisional(Day(from), Day(to)));
        Assert.Equal(provisional, Enumerable.Range(Math.Min(Day(from).Year, Day(to).Year), Math.Abs(Day(from).Year - Day(to).Year) + 1).Any(y => !Shipped.Calendar.IsArranged(y)));
    }

    [Fact]
    public void A_gap_between_arranged_years_is_provisional_when_it_is_crossed()
    {
        var calendar = new WorkingCalendar(1, Shipped.Years.Remove(2021));
        Assert.True(calendar.IsProvisional(Day("2020-06-01"), Day("2022-06-01")));
        Assert.False(calendar.IsProvisional(Day("2022-06-01"), Day("2023-06-01")));
    }

    [Fact]
    public void A_year_without_an_arrangement_has_weekends_alone()
    {
        var calendar = new WorkingCalendar(1, ImmutableSortedDictionary<int, YearArrangement>.Empty);
        Assert.True(calendar.IsWorkingDay(Day("2026-10-01")));
        Assert.False(calendar.IsWorkingDay(Day("2026-10-10")));
        Assert.Equal(261, calendar.Count(Day("2025-12-31"), Day("2026-12-31")));
    }

    [Fact]
    public void At_the_ends_of_time_there_is_no_day_and_no_wrong_one()
    {
        var (calendar, first, last) = (Shipped.Calendar, DateOnly.MinValue, DateOnly.MaxValue); // a Monday and a Friday
        Assert.Equal(first, calendar.Add(first, 0));
        Assert.Equal(last, calendar.OnOrAfter(last));
        Assert.Equal(last, calendar.Add(last.AddDays(-1), 1));
        Assert.Equal(first, calendar.Add(first.AddDays(1), -1));
        Assert.Equal(last, calendar.Add(first, calendar.Count(first, last)));
        Assert.Equal(first, calendar.Add(last, -calendar.Count(first, last)));
        foreach (var (from, days) in (ReadOnlySpan<(DateOnly, int)>)[(last, 1), (first, -1), (first, int.MaxValue), (last, int.MinValue), (last, int.MaxValue), (first, int.MinValue)])
        {
            Assert.False(calendar.TryAdd(from, days, out var same));
            Assert.Equal(from, same);
        }

        Assert.Contains("9999-12-31", Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Add(last, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (calendar, from) = (Shipped.Calendar, Day("2026-02-10"));
        Ask(calendar, from);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Ask(calendar, from);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Ask(WorkingCalendar calendar, DateOnly from)
    {
        var to = calendar.Add(from, 120);
        return calendar.Count(from, to) + calendar.OnOrAfter(calendar.Add(to, -7)).DayNumber + (int)calendar.KindOf(to)
            + (calendar.IsProvisional(from, to) ? 1 : 0) + (calendar.IsWorkingDay(to) ? 1 : 0) + (calendar.IsArranged(2027) ? 1 : 0);
    }
}
