using Agency.Calendar;

namespace Agency.Reminders;

/// <summary>When something may be sent (domain 12: quiet outside working hours).</summary>
internal static class WorkingHours
{
    /// <summary>The first instant from <paramref name="at"/> on that is in working hours; null if that is one itself.</summary>
    public static DateTimeOffset? From(DateTimeOffset at, ReminderRules rules, WorkingCalendar calendar)
    {
        var local = TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (calendar.IsWorkingDay(day) && time < rules.WorkTo) return time >= rules.WorkFrom ? null : ShanghaiTime.InstantOf(day, rules.WorkFrom);
        return ShanghaiTime.InstantOf(calendar.Add(day, 1), rules.WorkFrom);
    }
}
