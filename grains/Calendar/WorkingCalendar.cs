using System.Collections.Immutable;

namespace Agency.Calendar;

/// <summary>Working days 工作日 by the State Council's arrangements, make-up days included, over all of <see cref="DateOnly"/>; a year
/// without an arrangement has weekends alone and is provisional. Immutable; every question is O(log n) in the number of
/// exceptional days and allocates nothing.</summary>
public sealed class WorkingCalendar
{
    private const int Week = 7;
    private const int Weekdays = 5;

    private readonly int[] _years;

    // The days that an arrangement names, by day number; what each changes in the count of weekdays (make-up day +1, weekday off −1,
    // weekend day off 0) is the step in _changes, which begins with the 0 before the first.
    private readonly int[] _named;
    private readonly int[] _changes;

    /// <param name="version">The calendar's version, from 1.</param>
    /// <param name="years">The arrangements by year; what they name that changes nothing (a weekday as a make-up day) is passed over.</param>
    public WorkingCalendar(int version, ImmutableSortedDictionary<int, YearArrangement> years)
    {
        Version = version;
        _years = [.. years.Keys];

        var changes = new SortedDictionary<int, int>();
        foreach (var day in years.Values.SelectMany(y => y.Off)) changes[day.DayNumber] = IsWeekday(day.DayNumber) ? -1 : 0;
        foreach (var day in years.Values.SelectMany(y => y.Work).Where(d => !IsWeekday(d.DayNumber))) changes[day.DayNumber] = 1;
        _named = [.. changes.Keys];
        _changes = new int[_named.Length + 1];
        foreach (var (i, change) in changes.Values.Index()) _changes[i + 1] = _changes[i] + change;
    }

    /// <summary>The calendar's version, from 1.</summary>
    public int Version { get; }

    public bool IsWorkingDay(DateOnly day) => KindOf(day) is DayKind.WorkingDay or DayKind.MakeUpDay;

    /// <summary>What the day is, and so why it does not count, where it does not.</summary>
    public DayKind KindOf(DateOnly day)
    {
        var i = Array.BinarySearch(_named, day.DayNumber);
        if (i < 0) return IsWeekday(day.DayNumber) ? DayKind.WorkingDay : DayKind.Weekend;
        return _changes[i + 1] > _changes[i] ? DayKind.MakeUpDay : DayKind.Holiday;
    }

    /// <summary>How many working days d there are with <paramref name="from"/> &lt; d ≤ <paramref name="to"/>; if
    /// <paramref name="to"/> is before <paramref name="from"/>, the negative number of those with to &lt; d ≤ from.</summary>
    public int Count(DateOnly from, DateOnly to) => UpTo(to.DayNumber) - UpTo(from.DayNumber);

    /// <summary>The <paramref name="days"/>-th working day after <paramref name="from"/>; for a negative number the working day so many before; for 0 <paramref name="from"/> itself.</summary>
    /// <remarks><c>Count(from, Add(from, n))</c> is n for every n ≥ 0, and for every n when <paramref name="from"/> is a working day.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">That day is outside of <see cref="DateOnly"/>; see <see cref="TryAdd"/>.</exception>
    public DateOnly Add(DateOnly from, int days) => TryAdd(from, days, out var day)
        ? day
        : throw new ArgumentOutOfRangeException(nameof(days), days, $"No date is {days} working days from {from:yyyy-MM-dd}.");

    /// <summary>As <see cref="Add"/>; false when that day is outside of <see cref="DateOnly"/>.</summary>
    public bool TryAdd(DateOnly from, int days, out DateOnly day)
    {
        day = from;
        if (days == 0) return true;

        // The place of the day sought among all working days, from 1.
        var place = days > 0 ? (long)UpTo(from.DayNumber) + days : (long)UpTo(from.DayNumber - 1) + days + 1;
        if (place < 1) return false;
        var number = DayAt(place);
        if (number > DateOnly.MaxValue.DayNumber) return false;
        day = DateOnly.FromDayNumber((int)number);
        return true;
    }

    /// <summary><paramref name="day"/> if it is a working day, else the next one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none up to <see cref="DateOnly.MaxValue"/>.</exception>
    public DateOnly OnOrAfter(DateOnly day) => IsWorkingDay(day) ? day : Add(day, 1);

    /// <summary>Whether the year has an arrangement.</summary>
    public bool IsArranged(int year) => Array.BinarySearch(_years, year) >= 0;

    /// <summary>Whether counting between the two days (either order, both included) touches a year without an arrangement.</summary>
    public bool IsProvisional(DateOnly from, DateOnly to)
    {
        var (first, last) = from <= to ? (from.Year, to.Year) : (to.Year, from.Year);
        var i = Array.BinarySearch(_years, first);
        var j = i + last - first;
        return i < 0 || j >= _years.Length || _years[j] != last;
    }

    private static bool IsWeekday(int number) => number % Week < Weekdays; // day 0, 0001-01-01, is a Monday

    private static int WeekdaysUpTo(int number) => ((number + 1) / Week * Weekdays) + Math.Min((number + 1) % Week, Weekdays);

    private static long WeekdayAt(long place) => ((place - 1) / Weekdays * Week) + ((place - 1) % Weekdays);

    // How many working days there are up to and with the day of this number; -1 is the day before the first.
    private int UpTo(int number)
    {
        var i = Array.BinarySearch(_named, number);
        return WeekdaysUpTo(number) + _changes[i < 0 ? ~i : i + 1];
    }

    // The day with so many working days up to and with it, itself a working day. Between two named days weekdays alone count, so the
    // first named day by which the place is reached is the day itself (a make-up day) or has it in the stretch of weekdays before.
    private long DayAt(long place)
    {
        var (low, high) = (0, _named.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (WeekdaysUpTo(_named[middle]) + _changes[middle + 1] < place) low = middle + 1;
            else high = middle;
        }

        var day = WeekdayAt(place - _changes[low]);
        return low < _named.Length ? Math.Min(day, _named[low]) : day;
    }
}

/// <summary>What a day is for counting.</summary>
public enum DayKind
{
    /// <summary>A weekday that is worked.</summary>
    WorkingDay,

    /// <summary>A weekend day that is worked 调休上班.</summary>
    MakeUpDay,

    /// <summary>A Saturday or Sunday of no arrangement.</summary>
    Weekend,

    /// <summary>A day off by the year's arrangement, on a weekday or a weekend day.</summary>
    Holiday,
}

/// <summary>A year's arrangement 放假调休安排.</summary>
/// <param name="Off">Days off, weekends among them or not.</param>
/// <param name="Work">Make-up working days: weekend days that are worked.</param>
/// <param name="Source">Where it was published; null if not said.</param>
[GenerateSerializer, Immutable, Alias("agency.year-arrangement")]
public sealed record YearArrangement(
    [property: Id(0)] ImmutableArray<DateOnly> Off,
    [property: Id(1)] ImmutableArray<DateOnly> Work,
    [property: Id(2)] string? Source = null);
