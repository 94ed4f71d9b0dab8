using System.Collections.Immutable;
using Orleans.Services;

namespace Agency.Calendar;

/// <summary>The silos that count by the calendar.</summary>
public interface ICalendarSilos
{
    /// <summary>Hands a version to every active silo, and waits until all have it or <paramref name="patience"/> is over.</summary>
    /// <returns>The names of those that have it not, in order.</returns>
    Task<ImmutableArray<string>> Announce(CalendarSnapshot newest, TimeSpan patience);
}

/// <summary>The calendar's end in each silo.</summary>
[Alias("agency.calendar-silo"), GrainInterfaceType("agency.calendar-silo")]
public interface ICalendarSilo : IGrainService
{
    /// <summary>From the answer on, this silo counts by this version or a newer one.</summary>
    [Alias("take")]
    Task Take(CalendarSnapshot newest);
}
