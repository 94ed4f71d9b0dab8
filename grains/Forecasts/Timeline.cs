using Agency.Calendar;
using Agency.Catalogue;

namespace Agency.Forecasts;

/// <summary>Days as positions: 0 is the end of the day <paramref name="AsOf"/>, k the end of the k-th working day after it.</summary>
/// <param name="AsOf">The day from which it is forecast; it need not be a working day.</param>
internal readonly record struct Timeline(DateOnly AsOf, WorkingCalendar Calendar)
{
    /// <summary>The day of a position; the last one that there is for what lies behind it.</summary>
    public DateOnly Day(int position) => Calendar.TryAdd(AsOf, position, out var day) ? day : DateOnly.MaxValue;

    /// <summary>The position of a day: that of the last working day up to it. Negative for what was before.</summary>
    public int At(DateOnly day) => Calendar.Count(AsOf, day);

    /// <summary>The position at which <paramref name="days"/> that begin after <paramref name="position"/> are over.</summary>
    public int After(int position, int days, DayUnit unit) =>
        unit == DayUnit.WorkingDays ? position + days : Math.Max(position, AfterNatural(Day(position), days));

    /// <summary>The position at which natural days that begin after <paramref name="day"/> are over: on a working day (domain 6.3).</summary>
    public int AfterNatural(DateOnly day, int days) =>
        At(Calendar.OnOrAfter(DateOnly.FromDayNumber((int)Math.Min((long)day.DayNumber + days, DateOnly.MaxValue.DayNumber))));
}
