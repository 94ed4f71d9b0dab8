using System.Collections.Immutable;

namespace Agency.Calendar;

/// <summary>Working days 工作日 by the State Council's arrangements, make-up days included, over all of <see cref="DateOnly"/>; a year
/// without an arrangement has weekends alone and is provisional. Immutable; every question is O(log n) in the number of
/// exceptional days and allocates nothing.</summary>
public sealed class WorkingCalendar
{
    /// <summary>The calendar's version, from 1.</summary>
    public int Version { get; }

    public WorkingCalendar(int version, ImmutableSortedDictionary<int, YearArrangement> years) => Version = version;

    public bool IsWorkingDay(DateOnly day) => throw new NotSupportedException();

    /// <summary>How many working days d there are with <paramref name="from"/> &lt; d ≤ <paramref name="to"/>; if
    /// <paramref name="to"/> is before <paramref name="from"/>, the negative number of those with to &lt; d ≤ from.</summary>
    public int Count(DateOnly from, DateOnly to) => throw new NotSupportedException();

    /// <summary>The <paramref name="days"/>-th working day after <paramref name="from"/>; for a negative number the working day so many before; for 0 <paramref name="from"/> itself.</summary>
    public DateOnly Add(DateOnly from, int days) => throw new NotSupportedException();

    /// <summary><paramref name="day"/> if it is a working day, else the next one.</summary>
    public DateOnly OnOrAfter(DateOnly day) => throw new NotSupportedException();

    /// <summary>Whether counting between the two days (either order, both included) touches a year without an arrangement.</summary>
    public bool IsProvisional(DateOnly from, DateOnly to) => throw new NotSupportedException();
}

/// <summary>A year's arrangement 放假调休安排.</summary>
/// <param name="Off">Days off, weekends among them or not.</param>
/// <param name="Work">Make-up working days: weekend days that are worked.</param>
/// <param name="Source">Where it was published; null if not said.</param>
[GenerateSerializer, Immutable, Alias("agency.year-arrangement")]
public sealed record YearArrangement(
    [property: Id(0)] ImmutableArray<DateOnly> Off,
    [property: Id(1)] ImmutableArray<DateOnly> Work,
    [property: Id(2)] string? Source);
