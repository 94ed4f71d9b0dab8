using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Calendar;

/// <summary>The record of the working calendar, one for all (<see cref="Key"/>). Who only counts asks <see cref="ICalendarSource"/>.</summary>
[Alias("agency.calendar"), GrainInterfaceType("agency.calendar")]
public interface ICalendarGrain : IGrainWithStringKey
{
    /// <summary>The one calendar's key.</summary>
    const string Key = "cn";

    /// <summary>Gives a year its arrangement, and answers when every active silo counts by it, or after
    /// <see cref="CalendarChange.Patience"/> with those that do not yet. The same again makes no version, but is announced again.</summary>
    /// <returns>A refusal of <see cref="CalendarRefusals"/> or <see cref="Refusals"/>, or the year as it stands; its version is that
    /// of the calendar in which it was last changed.</returns>
    [Alias("put"), ResponseTimeout(LongCall.Patience)]
    Task<Answer<CalendarChange>> Put(int year, YearArrangement arrangement, Act act);

    /// <summary>A year's arrangement in a version of the calendar, or in the newest; null if there is no such version or the year has none in it.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<CalendarYear?> Get(int year, int? version = null);

    /// <summary>Every version, the oldest first.</summary>
    [Alias("versions"), AlwaysInterleave]
    Task<ImmutableArray<CalendarVersion>> Versions();

    /// <summary>The newest version; null if <paramref name="have"/> is that or newer.</summary>
    [Alias("newest"), AlwaysInterleave]
    Task<CalendarSnapshot?> Newest(int have);

    /// <summary>A version by its number; null if there is none.</summary>
    [Alias("snapshot"), AlwaysInterleave]
    Task<CalendarSnapshot?> Snapshot(int version);
}

/// <summary>A year's arrangement as it is in a version of the calendar.</summary>
/// <param name="Version">The calendar's version that was asked for.</param>
/// <param name="ChangedIn">The version that made the arrangement: the version of this resource.</param>
[GenerateSerializer, Immutable, Alias("agency.calendar-year")]
public sealed record CalendarYear(
    [property: Id(0)] int Year,
    [property: Id(1)] int Version,
    [property: Id(2)] int ChangedIn,
    [property: Id(3)] YearArrangement Arrangement);

/// <summary>A year that was put.</summary>
/// <param name="Behind">The active silos, by name, that did not have it within <see cref="Patience"/>; they read it anew by themselves.</param>
[GenerateSerializer, Immutable, Alias("agency.calendar-change")]
public sealed record CalendarChange([property: Id(0)] CalendarYear Year, [property: Id(1)] ImmutableArray<string> Behind)
{
    /// <summary>How long a change waits for the silos.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
}

/// <summary>A version of the calendar, and who made it.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="ChangedYears">The years that it changed, in order: all that had an arrangement for the first, one for every other.</param>
[GenerateSerializer, Immutable, Alias("agency.calendar-version")]
public sealed record CalendarVersion(
    [property: Id(0)] int Version,
    [property: Id(1)] DateTimeOffset RecordedAt,
    [property: Id(2)] ImmutableArray<int> ChangedYears,
    [property: Id(3)] Actor Actor);

/// <summary>All arrangements of one version.</summary>
[GenerateSerializer, Immutable, Alias("agency.calendar-snapshot")]
public sealed record CalendarSnapshot([property: Id(0)] int Version, [property: Id(1)] ImmutableSortedDictionary<int, YearArrangement> Years)
{
    public WorkingCalendar ToCalendar() => new(Version, Years);
}
