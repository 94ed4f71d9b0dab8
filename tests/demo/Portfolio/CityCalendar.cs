namespace Agency.Demo.Portfolio;

/// <summary>The city's working days over some years, counted here by the arrangements that the service gives.</summary>
internal sealed class CityCalendar
{
    private readonly DateOnly[] _working;

    /// <param name="first">The first day that is asked about.</param>
    /// <param name="last">The last one.</param>
    /// <param name="years">The arrangements; a year without one has weekends alone.</param>
    public CityCalendar(DateOnly first, DateOnly last, IEnumerable<YearAnswer> years)
    {
        var arranged = years.ToList();
        var (off, work) = (arranged.SelectMany(y => y.Off).ToHashSet(), arranged.SelectMany(y => y.Work).ToHashSet());
        _working =
        [
            .. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)
                .Where(d => work.Contains(d) || (!off.Contains(d) && d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))),
        ];
    }

    /// <summary>The <paramref name="days"/>-th working day after <paramref name="from"/>; <see cref="DateOnly.MaxValue"/> if it is past the last.</summary>
    public DateOnly After(DateOnly from, int days) => days == 0 ? from : At(UpTo(from) + days - 1);

    /// <summary>The working day so many before <paramref name="to"/>.</summary>
    public DateOnly Before(DateOnly to, int days) => days == 0 ? to : At(UpTo(to.AddDays(-1)) - days);

    /// <summary><paramref name="day"/> if it is a working day, else the next one.</summary>
    public DateOnly OnOrAfter(DateOnly day) => At(UpTo(day.AddDays(-1)));

    private DateOnly At(int index) => index < 0 ? _working[0] : index < _working.Length ? _working[index] : DateOnly.MaxValue;

    // How many working days there are up to and with the day.
    private int UpTo(DateOnly day) => Array.BinarySearch(_working, day) is var i && i < 0 ? ~i : i + 1;
}
