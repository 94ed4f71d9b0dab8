using Agency.Calendar;
using Agency.Catalogue;

namespace Agency.Clocks;

/// <summary>What has been counted over a clock's intervals, and when its limit is reached.</summary>
/// <param name="Used">Days counted.</param>
/// <param name="Due">The last day in time, were the last interval to go on; null without an interval.</param>
/// <param name="Overdue">Whether an interval goes past the due date, be it by a day that does not count.</param>
/// <param name="Overrun">Days counted past the due date.</param>
internal readonly record struct Count(int Used, DateOnly? Due, bool Overdue, int Overrun)
{
    /// <summary>Counts intervals in order of time, each the days d with From &lt; d ≤ To, against a limit.</summary>
    /// <remarks>The due date is the day on which the counted days reach the limit (domain 6.2); with no day left at the start of an
    /// interval it is the day on which that begins. In natural days it moves to the next working day (6.3).</remarks>
    /// <param name="withdrawn">Whether the clock may have ended while it stood: then a date that was reached stays.</param>
    public static Count Of(IEnumerable<(DateOnly From, DateOnly To)> intervals, int limit, DayUnit unit, WorkingCalendar calendar, bool withdrawn = false)
    {
        var count = default(Count);
        foreach (var (from, to) in intervals)
        {
            if (withdrawn && from == to && count.Due is not null && count.Used >= limit) continue;
            var due = count.Overdue ? count.Due : Reached(from, Math.Max(0, limit - count.Used), unit, calendar);
            var overdue = count.Overdue || to > due;
            var late = count.Overdue ? from : due!.Value;
            count = new(
                count.Used + Days(from, to, unit, calendar),
                due,
                overdue,
                overdue ? count.Overrun + Days(late, to, unit, calendar) : 0);
        }

        return count;
    }

    /// <summary>Days left of the limit, the due day included; negative by the days overrun.</summary>
    public int Remaining(int limit) => Overdue ? -Overrun : Math.Max(0, limit - Used);

    /// <summary>The day on which <paramref name="days"/> that begin after <paramref name="from"/> are over.</summary>
    public static DateOnly Reached(DateOnly from, int days, DayUnit unit, WorkingCalendar calendar) =>
        unit == DayUnit.WorkingDays ? calendar.Add(from, days) : calendar.OnOrAfter(from.AddDays(days));

    private static int Days(DateOnly from, DateOnly to, DayUnit unit, WorkingCalendar calendar) =>
        unit == DayUnit.WorkingDays ? calendar.Count(from, to) : to.DayNumber - from.DayNumber;
}
