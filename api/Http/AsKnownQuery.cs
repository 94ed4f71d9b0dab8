using System.ComponentModel;
using Agency.Api.Http.Problems;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.Projects;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Http;

/// <summary>Of when, and as known when, a project is asked about; bound with <c>[AsParameters]</c>.</summary>
/// <param name="Clock">The server's clock.</param>
/// <param name="Grains">Where the calendar's versions are.</param>
/// <param name="AsOf">Only what had happened by this day, clocks at its end; left out: today.</param>
/// <param name="RecordedBy">Only what was recorded by this instant; left out: now.</param>
/// <param name="CalendarVersion">The calendar version to count by; left out: the current one.</param>
public sealed record AsKnownQuery(
    TimeProvider Clock,
    IGrainFactory Grains,
    [property: FromQuery(Name = "asOf"), Description("Only what had happened by this day, as corrected since; clocks at its end. Left out: today.")] DateOnly? AsOf,
    [property: FromQuery(Name = "recordedBy"), Description("Only what was recorded by this instant. Left out: now.")] DateTimeOffset? RecordedBy,
    [property: FromQuery(Name = "calendarVersion"), Description("The calendar version to count by. Left out: the current one.")] int? CalendarVersion)
{
    /// <summary>The same, checked: nothing of the future, and a calendar version that there is.</summary>
    public async Task<AsKnown> Checked()
    {
        var now = Clock.GetUtcNow();
        if (AsOf is { } day && day > ShanghaiTime.DayOf(now)) throw RequestRefusedException.At("asOf", Refusal.Of("past-only", ("day", day), ("today", ShanghaiTime.DayOf(now))));
        if (RecordedBy is { } instant && instant > now) throw RequestRefusedException.At("recordedBy", Refusal.Of("past-only", ("day", ShanghaiTime.DayOf(instant)), ("today", ShanghaiTime.DayOf(now))));
        if (CalendarVersion is { } version && await Grains.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Snapshot(version) is null)
            throw RequestRefusedException.At("calendarVersion", Refusal.Of("unknown-calendar-version", ("version", version)));
        return new(AsOf, RecordedBy, CalendarVersion);
    }
}
