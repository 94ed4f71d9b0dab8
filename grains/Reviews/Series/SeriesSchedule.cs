using System.Collections.Immutable;
using Agency.Calendar;

namespace Agency.Reviews.Series;

/// <summary>When the sessions of a series are to be, by its rule and the working calendar as they are now.</summary>
/// <remarks>Of occurrences that are shifted to one day one alone is held: they would be the same meeting, of the same people in the same room, and departments
/// would be called to it twice. The one that the series has a session for already stays, before that the one whose own day it is, before that the
/// earliest; so none is replaced only because another one comes into sight.</remarks>
internal static class SeriesSchedule
{
    private const int Shown = 3;

    /// <summary>The occurrences ahead: those of which a session is to be made, and all up to the last that the series has a session for. None if it has ended.</summary>
    public static ImmutableArray<DueSession> Of(ReviewSeries series, SeriesContext context)
    {
        if (series is not { Plan: { } plan, EndedOn: null }) return [];
        var horizon = Horizon(plan, context);
        var planned = series.Sessions.Values.Where(s => s.At.IsAhead(context.Moment)).Select(s => s.Occurrence).ToArray();
        var (first, last) = (planned.FirstOrDefault(context.Moment.Today), planned.LastOrDefault(horizon));
        return [.. Between(series, plan, Min(first, context.Moment.Today), Max(last, horizon), horizon, context)];
    }

    /// <summary>The last day on which a session that is made now may be.</summary>
    public static DateOnly Horizon(SeriesPlan plan, SeriesContext context) => context.Calendar.Add(context.Moment.Today, plan.AheadWorkingDays ?? context.Rules.AheadWorkingDays);

    /// <summary>The next occurrences, made or not, within a year.</summary>
    public static ImmutableArray<DueSession> Next(ReviewSeries series, SeriesContext context)
    {
        if (series is not { Plan: { Active: true } plan, EndedOn: null }) return [];
        var (today, last) = (context.Moment.Today, context.Moment.Today.AddYears(1));
        return [.. Between(series, plan, today, last, last, context).Where(d => d.Merged is null).Take(Shown)];
    }

    // From first to last working day around: an occurrence before may be shifted into the time looked at, and one after it, too.
    private static IEnumerable<DueSession> Between(ReviewSeries series, SeriesPlan plan, DateOnly first, DateOnly last, DateOnly horizon, SeriesContext context)
    {
        var occurrences = context.Recurrence.Between(plan.Recurrence, context.Calendar.Add(first, -1).AddDays(1), context.Calendar.Add(last, 1).AddDays(-1));
        foreach (var day in occurrences.Select(o => (Occurrence: o, Held: Shifted(o.Day, plan.Shift, context.Calendar))).GroupBy(o => o.Held))
        {
            var held = day.OrderBy(o => series.Sessions.ContainsKey(o.Occurrence.Day) ? 0 : 1).ThenBy(o => o.Occurrence.Day == o.Held ? 0 : 1).ThenBy(o => o.Occurrence.Day).First().Occurrence.Day;
            foreach (var (occurrence, on) in day)
            {
                var at = plan.Kind == ReviewKind.WrittenConsultation ? new SessionTime(null, on) : new(ShanghaiTime.InstantOf(on, occurrence.Time), null);
                if (!at.IsAhead(context.Moment)) continue;
                yield return new(occurrence.Day, at, on <= horizon, context.Calendar.IsProvisional(occurrence.Day, on), occurrence.Day == held ? null : held);
            }
        }
    }

    private static DateOnly Shifted(DateOnly day, DayShift shift, WorkingCalendar calendar) =>
        calendar.IsWorkingDay(day) ? day : calendar.Add(day, shift == DayShift.Before ? -1 : 1);

    private static DateOnly Min(DateOnly a, DateOnly b) => a < b ? a : b;

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}

/// <summary>When a session of a series is to be.</summary>
/// <param name="Occurrence">The day of the rule, before any shift to a working day.</param>
/// <param name="IsWithin">Whether the time has come to make it.</param>
/// <param name="Provisional">Whether the day was found without the arrangement of its year.</param>
/// <param name="Merged">The occurrence that is held on that day instead; null: this one is.</param>
internal sealed record DueSession(DateOnly Occurrence, SessionTime At, bool IsWithin, bool Provisional, DateOnly? Merged);
