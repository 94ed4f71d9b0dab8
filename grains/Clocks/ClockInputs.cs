using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;

namespace Agency.Clocks;

/// <summary>What a clock belongs to.</summary>
public enum ClockScope
{
    Item,
    Stage,
    Total,
}

/// <summary>What a clock counts by, whatever the day and whatever the calendar: from it the clock of any later day is told, as long as
/// nothing happens.</summary>
/// <param name="Code">Code of the item or the stage; empty for the total.</param>
/// <param name="Department">Code of the item's department; null for stage and total.</param>
/// <param name="Counted">Whether it has a say in the project's light.</param>
/// <param name="LimitDays">The limit with the extension.</param>
/// <param name="Closed">What was counted and counts no more: day numbers, from and to by turns, each the days d with from &lt; d ≤ to.</param>
/// <param name="Since">It counts from the day after; null while it stands or has ended.</param>
/// <param name="Open">Whether it can go on; one that has ended keeps its light, if that was red.</param>
[GenerateSerializer, Immutable, Alias("agency.clock-inputs")]
public sealed record ClockInputs(
    [property: Id(0)] ClockScope Scope,
    [property: Id(1)] string Code,
    [property: Id(2)] string? Department,
    [property: Id(3)] bool Counted,
    [property: Id(4)] int LimitDays,
    [property: Id(5)] DayUnit Unit,
    [property: Id(6)] ImmutableArray<int> Closed,
    [property: Id(7)] DateOnly? Since,
    [property: Id(8)] bool Open)
{
    /// <summary>How it stands at the end of <paramref name="today"/>.</summary>
    internal ClockStanding At(DateOnly today, WorkingCalendar calendar, LightRule lights)
    {
        var count = Count.Of(Intervals(today), LimitDays, Unit, calendar);
        var overdue = Scope == ClockScope.Item ? count.Overdue : count.Used > LimitDays;
        var left = Scope == ClockScope.Item ? count.Remaining(LimitDays) : LimitDays - count.Used;
        var light = !Open ? Light.Grey : Scope == ClockScope.Item && Since is null ? Light.Blue : lights.Of(left, LimitDays, overdue);
        var due = Since is null ? null : count.Due;
        return new(light, due, left, count.Used, Since is null || light == Light.Red ? null : NextChange(today, light, left, due!.Value, calendar, lights));
    }

    /// <summary>The first day on which its light is yellow, as long as nothing happens; null while it stands.</summary>
    internal DateOnly? YellowOn(WorkingCalendar calendar, LightRule lights)
    {
        if (Since is not { } since) return null;
        var green = Math.Max(0, LimitDays - At(since, calendar, lights).Used - lights.YellowFrom(LimitDays));
        return Unit == DayUnit.WorkingDays ? calendar.Add(since, green) : since.AddDays(green);
    }

    // The first day after today on which the light can be another one. In natural days days off count, so it is looked at every day.
    private DateOnly NextChange(DateOnly today, Light light, int left, DateOnly due, WorkingCalendar calendar, LightRule lights)
    {
        if (Unit == DayUnit.NaturalDays) return today.AddDays(1);
        if (light == Light.Yellow) return due > today ? due.AddDays(1) : today.AddDays(1);
        return calendar.Add(today, Math.Max(1, left - lights.YellowFrom(LimitDays)));
    }

    private IEnumerable<(DateOnly From, DateOnly To)> Intervals(DateOnly today)
    {
        for (var i = 0; i < Closed.Length; i += 2) yield return (DateOnly.FromDayNumber(Closed[i]), DateOnly.FromDayNumber(Closed[i + 1]));
        if (Since is { } since) yield return (since, today > since ? today : since);
    }
}

/// <summary>How a clock stands, in short.</summary>
/// <param name="Due">The last day in time; null while it does not count.</param>
/// <param name="NextChange">The first later day on which its light may be another; null if only a fact changes it.</param>
internal readonly record struct ClockStanding(Light Light, DateOnly? Due, int Remaining, int Used, DateOnly? NextChange);
