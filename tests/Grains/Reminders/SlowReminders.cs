using Agency.Notifications;
using Agency.Reminders;

namespace Agency.Tests.Grains.Reminders;

/// <summary>Who is told what, worked out day by day from the rules alone: on a working day each recipient is told the newest of a rule's occurrences that have come and are
/// addressed to it, if it was not told it before.</summary>
internal sealed class SlowReminders(Func<DateOnly, bool> isWorkingDay)
{
    private const int Horizon = 120;

    public HashSet<(Recipient To, string Rule, Matter Matter, int Days)> All { get; } = [];

    /// <summary>What is new on this day.</summary>
    public IEnumerable<(Recipient To, string Rule, Matter Matter, int Days)> On(DateOnly today, IEnumerable<Matter> matters, IEnumerable<ReminderRule> rules, ReminderSubject subject)
    {
        var told = new List<(Recipient, string, Matter, int)>();
        foreach (var matter in matters.Where(m => m.Until is null || today <= m.Until))
        {
            foreach (var rule in rules.Where(r => r.About == matter.Kind))
            {
                var come = Occurrences(rule).Where(o => DayOf(matter, o.Days) <= today).OrderByDescending(o => o.Days).ToArray();
                foreach (var recipient in come.SelectMany(o => o.To.SelectMany(to => subject.Recipients(to, matter))).Distinct())
                {
                    var newest = come.First(o => o.To.Any(to => subject.Recipients(to, matter).Contains(recipient)));
                    if (newest.Days < 0 && today > matter.Day) continue;
                    if (All.Add((recipient, rule.Code, matter, newest.Days))) told.Add((recipient, rule.Code, matter, newest.Days));
                }
            }
        }

        return told;
    }

    public DateOnly DayOf(Matter matter, int days)
    {
        var (day, step) = (matter.Day, days);
        if (days == 0)
        {
            var direction = matter.Kind is MatterKind.ItemYellow or MatterKind.ProblemRisen or MatterKind.Progress ? 1 : -1;
            while (!isWorkingDay(day)) day = day.AddDays(direction);
            return day;
        }

        while (step != 0)
        {
            day = day.AddDays(Math.Sign(days));
            if (isWorkingDay(day)) step -= Math.Sign(days);
        }

        return day;
    }

    private static IEnumerable<(int Days, IEnumerable<ReminderTo> To)> Occurrences(ReminderRule rule)
    {
        foreach (var step in rule.Steps)
        {
            yield return (step.Days, step.To);
            if (step.Every is not { } every) continue;
            for (var days = step.Days + every; days <= Horizon; days += every) yield return (days, step.To);
        }
    }
}
