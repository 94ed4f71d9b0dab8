using System.Collections.Immutable;
using Agency.EventSourcing;

namespace Agency.Calendar;

/// <summary>Every version of the calendar, the oldest first.</summary>
public sealed record CalendarState(ImmutableList<CalendarState.Version> Versions)
{
    public static CalendarState Initial { get; } = new([]);

    // Nobody lists calendars: there is one.
    internal static StreamFold<CalendarFact, CalendarState> Fold { get; } = new(
        CalendarFact.Kind, CalendarFact.Codec, Initial, (state, entries) => entries.Aggregate(state, (s, e) => s.Evolve(e)), _ => "{}"u8.ToArray());

    /// <summary>The newest version's number; 0 before the first.</summary>
    public int Newest => Versions.Count;

    /// <summary>The arrangements as they are now.</summary>
    public ImmutableSortedDictionary<int, YearArrangement> Years => Versions.IsEmpty ? ImmutableSortedDictionary<int, YearArrangement>.Empty : Versions[^1].Years;

    public CalendarState Evolve(Entry<CalendarFact> entry)
    {
        var (years, changed) = entry.Fact switch
        {
            CalendarFact.Arranged f => (f.Years, f.Years.Keys.ToImmutableArray()),
            CalendarFact.YearChanged f => (Years.SetItem(f.Year, f.Arrangement), [f.Year]),
            _ => throw new NotSupportedException($"The calendar does not know {entry.Fact.GetType().Name}."),
        };
        return new(Versions.Add(new(new((int)entry.Version, entry.RecordedAt, changed, entry.Actor), years)));
    }

    /// <summary>A version by its number; null if there is none.</summary>
    public CalendarSnapshot? Snapshot(int version) =>
        version > 0 && version <= Newest ? new(version, Versions[version - 1].Years) : null;

    /// <summary>A year as it is in a version; null if there is no such version or the year has no arrangement in it.</summary>
    public CalendarYear? Year(int year, int version) =>
        Snapshot(version)?.Years.TryGetValue(year, out var arrangement) is true ? new(year, version, ChangedIn(year, version), arrangement) : null;

    /// <summary>The version that made the year's arrangement as it is in <paramref name="version"/>; 0 if it has none.</summary>
    public int ChangedIn(int year, int version) => Versions.Take(version).LastOrDefault(v => v.Info.ChangedYears.Contains(year))?.Info.Version ?? 0;

    /// <summary>One version.</summary>
    public sealed record Version(CalendarVersion Info, ImmutableSortedDictionary<int, YearArrangement> Years);
}
