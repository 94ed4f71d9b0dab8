using Agency.Calendar;
using Agency.Notifications;

namespace Agency.Reminders;

/// <summary>Who is to be reminded of what stands, and when (domain 12): pure, and the same thing decided twice has the same id.</summary>
internal static class ReminderDecider
{
    /// <summary>What is to be told up to the end of a day: of a rule's occurrences that have come to each recipient the newest that is addressed to it; older ones that
    /// were missed are told no more.</summary>
    /// <param name="since">Up to this day everything was told already; null: nothing was.</param>
    public static IEnumerable<(Recipient To, Notice Notice)> Due(IEnumerable<Matter> matters, ReminderSubject subject, ReminderRules rules, WorkingCalendar calendar, DateOnly today, DateOnly? since)
    {
        foreach (var matter in matters)
        {
            if (today > matter.Until) continue;
            foreach (var rule in rules.Rules.Where(r => r.About == matter.Kind))
            {
                var told = new HashSet<Recipient>();
                foreach (var step in rule.Steps.Reverse())
                {
                    if (Newest(step, matter, calendar, today) is not { } days) continue;
                    var (day, lapsed) = (DayOf(matter, days, calendar), days < 0 && today > matter.Day);
                    foreach (var recipient in step.To.SelectMany(to => subject.Recipients(to, matter)))
                    {
                        if (told.Add(recipient) && !lapsed && !(day <= since)) yield return (recipient, subject.Notice(recipient, matter, rule.Code, days, day));
                    }
                }
            }
        }
    }

    /// <summary>The first day after <paramref name="today"/> on which one of them has an occurrence; null: none has.</summary>
    public static DateOnly? Next(IEnumerable<Matter> matters, ReminderRules rules, WorkingCalendar calendar, DateOnly today)
    {
        DateOnly? next = null;
        foreach (var matter in matters)
        {
            foreach (var step in rules.Rules.Where(r => r.About == matter.Kind).SelectMany(r => r.Steps))
            {
                var days = Newest(step, matter, calendar, today) is not { } newest ? step.Days : step.Every is { } every ? newest + every : (int?)null;
                if (days is not { } first) continue;
                var day = DayOf(matter, first, calendar);
                if (!(day > matter.Until) && day < (next ?? DateOnly.MaxValue)) next = day;
            }
        }

        return next;
    }

    /// <summary>The working day of an occurrence. On the matter's day itself, where that is a day off, it is the working day before, as long as there is time; of what has
    /// come to pass it is the one after.</summary>
    /// <param name="days">Working days from the matter's day.</param>
    public static DateOnly DayOf(Matter matter, int days, WorkingCalendar calendar) =>
        days != 0 ? calendar.Add(matter.Day, days)
        : matter.Kind is MatterKind.ItemYellow or MatterKind.ProblemRisen or MatterKind.Progress ? calendar.OnOrAfter(matter.Day)
        : calendar.IsWorkingDay(matter.Day) ? matter.Day : calendar.Add(matter.Day, -1);

    // The days of a step's last occurrence up to a day; null: there was none.
    private static int? Newest(ReminderStep step, Matter matter, WorkingCalendar calendar, DateOnly today)
    {
        if (DayOf(matter, step.Days, calendar) > today) return null;
        if (step.Every is not { } every) return step.Days;
        var days = step.Days + (Math.Max(0, calendar.Count(matter.Day, today) - step.Days) / every * every);
        while (DayOf(matter, days + every, calendar) <= today) days += every;
        while (days > step.Days && DayOf(matter, days, calendar) > today) days -= every;
        return days;
    }
}
