using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Calendar;

/// <summary>The rules of the working calendar.</summary>
public static class CalendarDecider
{
    /// <summary>The first year that can have an arrangement.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last year that can have an arrangement.</summary>
    public const int LastYear = 2100;

    /// <summary>The longest source.</summary>
    public const int LongestSource = 500;

    /// <summary>Gives a year its arrangement. The same again, in whatever order its days come, is no new version.</summary>
    public static Decision<CalendarFact> Put(CalendarState state, int year, YearArrangement arrangement, Act act, Moment moment)
    {
        if (Check(year, arrangement) is { } refusal) return refusal;
        var version = state.ChangedIn(year, state.Newest);
        if (act.IfVersion is { } expected && expected != version) return Refusal.Of(Refusals.VersionMismatch, ("version", version));
        var sorted = Sorted(arrangement);
        if (state.Years.TryGetValue(year, out var now) && Same(now, sorted)) return ImmutableArray<Entry<CalendarFact>>.Empty;
        return Entry(state.Newest + 1, new CalendarFact.YearChanged(year, sorted), act, moment);
    }

    /// <summary>Takes in what the service is shipped with: all of it into an empty record, later only the years that the record has not.</summary>
    public static Decision<CalendarFact> TakeShipped(CalendarState state, ShippedCalendar shipped, Act act, Moment moment) => state.Newest == 0
        ? Entry(1, new CalendarFact.Arranged(shipped.Years.ToImmutableSortedDictionary(y => y.Key, y => Sorted(y.Value))), act, moment)
        : shipped.Years
            .Where(y => !state.Years.ContainsKey(y.Key))
            .Select((y, i) => Entry(state.Newest + 1 + i, new CalendarFact.YearChanged(y.Key, Sorted(y.Value)), act, moment))
            .ToImmutableArray();

    /// <summary>Why this can be no year's arrangement; null if it can.</summary>
    public static Refusal? Check(int year, YearArrangement arrangement)
    {
        if (year is < FirstYear or > LastYear) return Refusal.Of(CalendarRefusals.YearOutOfRange, ("year", year), ("first", FirstYear), ("last", LastYear));
        var (off, work) = (arrangement.Off, arrangement.Work);
        return FirstDay("/off", off, (d, _) => d.Year != year, CalendarRefusals.DayOutsideYear)
            ?? FirstDay("/work", work, (d, _) => d.Year != year, CalendarRefusals.DayOutsideYear)
            ?? FirstDay("/off", off, (d, i) => off.IndexOf(d) < i, CalendarRefusals.DayTwice)
            ?? FirstDay("/work", work, (d, i) => work.IndexOf(d) < i, CalendarRefusals.DayTwice)
            ?? FirstDay("/work", work, (d, _) => off.Contains(d), CalendarRefusals.DayOffAndWork)
            ?? FirstDay("/work", work, (d, _) => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), CalendarRefusals.WorkOnWeekday)
            ?? (arrangement.Source?.Length > LongestSource ? At("/source", Refusal.Of(CalendarRefusals.SourceTooLong, ("max", LongestSource))) : null);

        Refusal? FirstDay(string pointer, ImmutableArray<DateOnly> among, Func<DateOnly, int, bool> isWrong, string code) =>
            among.Index().Where(d => isWrong(d.Item, d.Index)).Select(d => At($"{pointer}/{d.Index}", Refusal.Of(code, ("year", year), ("day", d.Item)))).FirstOrDefault();

        static Refusal At(string pointer, Refusal refusal) => refusal with { Faults = [new(pointer, refusal.Code, refusal.Arguments)] };
    }

    private static YearArrangement Sorted(YearArrangement arrangement) => arrangement with { Off = arrangement.Off.Sort(), Work = arrangement.Work.Sort() };

    private static bool Same(YearArrangement a, YearArrangement b) => a.Off.SequenceEqual(b.Off) && a.Work.SequenceEqual(b.Work) && a.Source == b.Source;

    private static Entry<CalendarFact> Entry(int version, CalendarFact fact, Act act, Moment moment) => new(
        version,
        fact,
        moment.Now,
        act.OccurredOn ?? moment.Today,
        act.Actor,
        act.OnBehalfOf,
        act.CommandId,
        CalendarVersion: null,
        act.Texts ?? ImmutableSortedDictionary<string, string?>.Empty);
}

/// <summary>Codes of the refusals of a year's arrangement; each is a value impossible by itself.</summary>
public static class CalendarRefusals
{
    /// <summary>The year is before <c>first</c> or after <c>last</c>.</summary>
    public const string YearOutOfRange = "calendar-year-out-of-range";

    /// <summary>The day lies in another year.</summary>
    public const string DayOutsideYear = "calendar-day-outside-year";

    /// <summary>The day is named both as off and as worked.</summary>
    public const string DayOffAndWork = "calendar-day-off-and-work";

    /// <summary>The day is named twice.</summary>
    public const string DayTwice = "calendar-day-twice";

    /// <summary>The make-up working day is a weekday, which is worked anyhow.</summary>
    public const string WorkOnWeekday = "calendar-work-on-weekday";

    /// <summary>The source has more than <c>max</c> characters.</summary>
    public const string SourceTooLong = "calendar-source-too-long";
}

/// <summary>The arrangements that the service is shipped with (data/holidays.json).</summary>
public sealed record ShippedCalendar(ImmutableSortedDictionary<int, YearArrangement> Years);
