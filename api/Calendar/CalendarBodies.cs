using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Agency.Calendar;

namespace Agency.Api.Calendar;

/// <summary>A year's arrangement 放假调休安排, as the State Council published it.</summary>
/// <param name="Off">Days off of that year, weekends among them or not.</param>
/// <param name="Work">Make-up working days: weekend days of that year that are worked.</param>
/// <param name="Source">Where it was published, at most 500 characters.</param>
public sealed record YearBody(ImmutableArray<DateOnly> Off, ImmutableArray<DateOnly> Work, string? Source = null)
{
    internal YearArrangement ToArrangement() => new(Off, Work, Source);
}

/// <summary>A year's arrangement as it is in a version of the calendar.</summary>
/// <param name="Version">The calendar's version that it was looked up in.</param>
/// <param name="ChangedIn">The version that made it; its ETag is of this version.</param>
/// <param name="Source">Where it was published; null if that was not said.</param>
/// <param name="PendingSilos">After a change: the servers that do not count by it yet; they will within seconds.</param>
public sealed record YearView(
    int Year,
    int Version,
    int ChangedIn,
    ImmutableArray<DateOnly> Off,
    ImmutableArray<DateOnly> Work,
    string? Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? PendingSilos = null)
{
    internal static YearView Of(CalendarYear year, IReadOnlyList<string>? pendingSilos = null) =>
        new(year.Year, year.Version, year.ChangedIn, year.Arrangement.Off, year.Arrangement.Work, year.Arrangement.Source, pendingSilos);
}

/// <summary>A version of the calendar.</summary>
/// <param name="ChangedYears">The years whose arrangement it changed.</param>
/// <param name="Actor">Opaque id of the person who made it; <c>system</c> for what the service came with.</param>
public sealed record CalendarVersionView(int Version, DateTimeOffset RecordedAt, ImmutableArray<int> ChangedYears, string Actor)
{
    internal static CalendarVersionView Of(CalendarVersion version) => new(version.Version, version.RecordedAt, version.ChangedYears, version.Actor.Id);
}

/// <summary>A count of working days.</summary>
/// <param name="From">Not counted.</param>
/// <param name="To">Counted, if it is a working day.</param>
/// <param name="Days">How many working days there are; negative where <paramref name="To"/> is before <paramref name="From"/>.</param>
/// <param name="Provisional">Whether a year that was touched has no arrangement yet, and its weekends alone are off.</param>
public sealed record WorkingDaysView(DateOnly From, DateOnly To, int Days, bool Provisional);
