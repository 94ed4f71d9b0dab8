using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Calendar;

/// <summary>What happens to the working calendar. Every fact makes one version: the calendar's version is its place in the stream.</summary>
public abstract record CalendarFact
{
    /// <summary>The kind of the streams.</summary>
    internal const string Kind = "calendar";

    private CalendarFact()
    {
    }

    /// <summary>How the calendar's facts are stored.</summary>
    public static FactCodec<CalendarFact> Codec { get; } = new(("calendar-arranged", typeof(Arranged)), ("calendar-year-changed", typeof(YearChanged)));

    /// <summary>Where a calendar's facts lie.</summary>
    public static StreamId StreamOf(string key) => new(Kind, key);

    /// <summary>The service started for the first time, with these arrangements.</summary>
    public sealed record Arranged(ImmutableSortedDictionary<int, YearArrangement> Years) : CalendarFact;

    /// <summary>A year has this arrangement from now on, in place of the one it had, if it had one.</summary>
    public sealed record YearChanged(int Year, YearArrangement Arrangement) : CalendarFact;
}
