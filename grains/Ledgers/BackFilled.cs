using Agency.Calendar;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;

namespace Agency.Ledgers;

/// <summary>补录: what was recorded later than it happened (domain 7).</summary>
internal static class BackFilled
{
    private const int DaysInTime = 1;

    /// <summary>Whether somebody recorded the fact more than one working day after its day.</summary>
    public static bool Is<TFact>(Entry<TFact> fact, WorkingCalendar calendar)
        where TFact : class =>
        Counts(fact) && calendar.Count(fact.OccurredOn, ShanghaiTime.DayOf(fact.RecordedAt)) > DaysInTime;

    /// <summary>The share among the facts in force up to <paramref name="day"/>.</summary>
    public static BackFilledShare Of(ProjectState state, DateOnly day, WorkingCalendar calendar) =>
        Of(state.By(day), calendar);

    /// <summary>The share among some facts.</summary>
    public static BackFilledShare Of(IEnumerable<Entry<ProjectFact>> facts, WorkingCalendar calendar)
    {
        var (late, all) = (0, 0);
        foreach (var fact in facts.Where(Counts))
        {
            all++;
            if (Is(fact, calendar)) late++;
        }

        return new(late, all);
    }

    private static bool Counts<TFact>(Entry<TFact> fact)
        where TFact : class => fact.Actor.Role != Role.System && fact.Fact is not Correction;
}
