namespace Agency.Tests.Oracle;

/// <summary>
/// The working calendar, one day at a time (domain 2 "working day", 6.6). A day is a working day when the arrangement
/// names it as one, else a day off when the arrangement names it as one, else Monday to Friday.
/// </summary>
public sealed class SlowCalendar(IEnumerable<DateOnly> off, IEnumerable<DateOnly> work)
{
    private readonly HashSet<DateOnly> _off = [.. off];
    private readonly HashSet<DateOnly> _work = [.. work];

    public bool IsWorkingDay(DateOnly day)
    {
        if (_work.Contains(day))
            return true;
        if (_off.Contains(day))
            return false;
        return day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday); // 6.6: without an arrangement, weekends alone
    }

    /// <summary>The first working day after the day.</summary>
    public DateOnly Next(DateOnly day)
    {
        do
            day = day.AddDays(1);
        while (!IsWorkingDay(day));
        return day;
    }

    /// <summary>The last working day before the day.</summary>
    public DateOnly Previous(DateOnly day)
    {
        do
            day = day.AddDays(-1);
        while (!IsWorkingDay(day));
        return day;
    }

    /// <summary>The day itself if it is a working day, else the next one (6.3).</summary>
    public DateOnly OnOrAfter(DateOnly day) => IsWorkingDay(day) ? day : Next(day);

    /// <summary>The n-th working day after the day; the day itself for n = 0.</summary>
    public DateOnly WorkingDaysAfter(DateOnly day, int n)
    {
        for (int i = 0; i < n; i++)
            day = Next(day);
        return day;
    }

    /// <summary>Working days d with from &lt; d ≤ to (6.1).</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        int n = 0;
        for (DateOnly d = from.AddDays(1); d <= to; d = d.AddDays(1))
            if (IsWorkingDay(d))
                n++;
        return n;
    }

    /// <summary>W: the fifth working day after receipt (5.2); paused days do not count (5.9). Null while an open pause keeps it away.</summary>
    public DateOnly? W(DateOnly receivedOn, IReadOnlyList<SlowPause> pauses)
    {
        int n = 0;
        DateOnly d = receivedOn;
        while (n < 5)
        {
            d = d.AddDays(1);
            if (pauses.Any(p => p.From < d && p.To is null))
                return null;
            if (IsWorkingDay(d) && !pauses.Any(p => p.Charges(d)))
                n++;
        }
        return d;
    }
}
