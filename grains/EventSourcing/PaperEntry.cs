using Agency.Calendar;
using Agency.People;

namespace Agency.EventSourcing;

/// <summary>What happened on paper before it was entered 补录 (domain 5.7).</summary>
internal static class PaperEntry
{
    /// <summary>Why the day of a command or its paper members are refused; null if they are in order.</summary>
    public static Refusal? Check(Act act, Moment moment)
    {
        if (act.Actor.Role != Role.Office)
            return act.OccurredOn is not null || act.OnBehalfOf is not null || act.Text(Act.LateReason) is not null ? Refusal.Of("paper-entry-office-only") : null;
        var day = act.OccurredOn ?? moment.Today;
        if (CheckDay(day, moment) is { } impossible) return impossible;
        return day < moment.Today && !act.Gives(Act.LateReason) ? Refusal.Of("late-reason-missing", ("day", day)) : null;
    }

    /// <summary>Why nothing can have happened on that day: it is to come, or before the years that the calendar can have; null if it can.</summary>
    public static Refusal? CheckDay(DateOnly day, Moment moment)
    {
        if (day > moment.Today) return Refusal.Of("future-day", ("day", day), ("today", moment.Today));
        return day.Year < CalendarDecider.FirstYear ? Refusal.Of("day-too-early", ("day", day), ("first", CalendarDecider.FirstYear)) : null;
    }
}
