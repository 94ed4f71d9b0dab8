using Agency.Calendar;
using Agency.Reminders;

namespace Agency.Notifications;

/// <summary>When somebody may be reminded, and something be sent.</summary>
public static class WorkingHours
{
    /// <summary>Whether an instant is in working hours of a working day.</summary>
    public static bool IsWorking(this ReminderRules rules, WorkingCalendar calendar, DateTimeOffset instant) => rules.NextWorking(calendar, instant) == instant;

    /// <summary>The instant itself in working hours of a working day, else the next start of working hours.</summary>
    public static DateTimeOffset NextWorking(this ReminderRules rules, WorkingCalendar calendar, DateTimeOffset instant)
    {
        var (day, time) = (ShanghaiTime.DayOf(instant), TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, ShanghaiTime.Zone).DateTime));
        if (calendar.IsWorkingDay(day) && time >= rules.WorkFrom && time < rules.WorkTo) return instant;
        return ShanghaiTime.InstantOf(calendar.OnOrAfter(time < rules.WorkFrom ? day : day.AddDays(1)), rules.WorkFrom);
    }
}
