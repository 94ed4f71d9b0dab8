using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>Which opinions on an agenda entry count, who owes one, and whose silence is agreement (domain 11.4).</summary>
internal static class EntryOpinions
{
    /// <summary>The opinion of a department that counts: its last before the deadline, or of all once the chair has reopened the entry; else its
    /// deemed agreement. What came after the conclusion changes nothing.</summary>
    public static Opinion? Counting(AgendaEntry entry, string department, ReviewPlan plan)
    {
        var own = entry.Opinions.Where(o => o.Department == department && o.Version > entry.AskedAt && o.Version <= (entry.ConcludedAt ?? long.MaxValue)).ToArray();
        return own.LastOrDefault(o => !o.Deemed && (entry.ReopenedAt is not null || IsInTime(entry, o, plan))) ?? own.LastOrDefault(o => o.Deemed);
    }

    /// <summary>The opinions of a department on what is asked that came too late.</summary>
    public static IEnumerable<Opinion> Late(AgendaEntry entry, string department, ReviewPlan plan) =>
        entry.Opinions.Where(o => o.Department == department && !o.Deemed && o.Version > entry.AskedAt && (!IsInTime(entry, o, plan) || o.Version > (entry.ConcludedAt ?? long.MaxValue)));

    /// <summary>The departments concerned of which no opinion counts.</summary>
    public static IEnumerable<string> Silent(AgendaEntry entry, ReviewPlan plan) => entry.Subject.Departments.Where(d => Counting(entry, d, plan) is null);

    /// <summary>The departments that owe an opinion on some open entry, in order.</summary>
    public static IEnumerable<string> Owing(Review review) => review.Agenda.Where(e => e.Outcome is null).SelectMany(e => Silent(e, review.Plan)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Those of the silent whose silence is agreement at a moment: the deadline has passed, and they were told of entry and time as they are, as far ahead
    /// as is due, and reminded after that. Whoever is above the city is never bound by it, nor anybody in what the city has reserved.</summary>
    public static IEnumerable<string> Deemed(AgendaEntry entry, Review review, Moment moment, CityData city, WorkingCalendar calendar, DepartmentCodes departments)
    {
        if (entry.Outcome is not null || !review.IsUnderWay || !review.Plan.IsPast(moment) || IsReserved(entry.Subject, city) || !IsToldAhead(entry, review, city.Reviews, calendar)) return [];
        return Silent(entry, review.Plan).Where(d => departments.Find(d)?.Kind == OrganKind.Department && IsReminded(entry, d, review));
    }

    /// <summary>Whether an opinion came before the deadline; of a concluded entry the one by which it was concluded.</summary>
    public static bool IsInTime(AgendaEntry entry, Opinion opinion, ReviewPlan plan) => (entry.ConcludedUnder ?? plan).IsInTime(opinion.At, opinion.Day);

    /// <summary>Whether a department has been reminded of an entry as it is. Whoever is told of a session is told of each change in the same commit: a reminder after the last change is after
    /// the notice of it.</summary>
    public static bool IsReminded(AgendaEntry entry, string department, Review review) =>
        review.NotifiedAt.GetValueOrDefault(department) > entry.ChangedAt
        && review.RemindedAt.GetValueOrDefault(department) > AskedAt(entry, review);

    /// <summary>Version since which an entry, and the time by which opinions on it are due, are as they are: a reminder before that was of something else.</summary>
    public static long AskedAt(AgendaEntry entry, Review review) => Math.Max(entry.ChangedAt, review.PlannedAt);

    // What was put to departments for a reason later than is due is answered, or it is not.
    private static bool IsToldAhead(AgendaEntry entry, Review review, ReviewRules rules, WorkingCalendar calendar) =>
        review.TimeToldOn is { } told && calendar.Count(told > entry.ChangedOn ? told : entry.ChangedOn, review.Plan.HeldOn!.Value) >= rules.NoticeOf(review);

    // Of works each has its own instance of an item; the catalogue has the item.
    private static bool IsReserved(AgendaSubject subject, CityData city)
    {
        IEnumerable<string?> touched = subject.Scenario is { } s
            ? [.. s.Strike, .. s.Durations.Keys, .. s.Tolerant.SelectMany(e => new[] { e.Before, e.After }), .. s.Decisions.Select(d => d.Item)]
            : [];
        return touched.Append(subject.Item).Append(subject.ProblemItem).Append(subject.ResolutionItem).OfType<string>().Any(i => city.Item(i.Split('@')[0]) is { Reserved: true });
    }
}
