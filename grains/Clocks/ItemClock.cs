using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;

namespace Agency.Clocks;

/// <summary>The clock of one round (domain 6.1–6.5).</summary>
internal static class ItemClock
{
    /// <summary>Working days in which an application must be answered (行政许可法 art. 32).</summary>
    public const int AnswerDays = 5;

    /// <summary>How the round's clock stands at the end of <paramref name="today"/>.</summary>
    /// <param name="limit">The item's limit, for a round that has not been accepted yet.</param>
    public static Clock Of(Round? round, (int Days, DayUnit Unit) limit, Standstill standstill, DateOnly today, WorkingCalendar calendar, LightRule lights)
    {
        if (round?.Terms is not { } terms || round.AcceptedOn is not { } accepted)
            return new(ClockState.None, limit.Unit, limit.Days, 0, 0, limit.Days, null, null, false, Light.Grey, false);

        var total = terms.LimitDays + round.ExtensionDays;
        var state = round.EndedOn is not null ? ClockState.Ended : round.Status == RoundStatus.Suspended || standstill.IsOpen ? ClockState.Stopped : ClockState.Running;
        var count = Count.Of(Counted(round, standstill, today), total, terms.Unit, calendar);
        var statutory = Statutory(round, terms, standstill, today, calendar);

        // While it stands there is no due date to tell, nor is there for a round that ended while it was suspended.
        var told = state == ClockState.Stopped || round.RunningProcedures.Any() ? null : count.Due;
        return new(
            state,
            terms.Unit,
            terms.LimitDays,
            round.ExtensionDays,
            count.Used,
            count.Remaining(total),
            told,
            told is null ? null : statutory?.Due,
            statutory?.Overdue ?? false,
            standstill.IsOpen ? Light.Grey : LightOf(state, count, total, lights),
            told is { } due && calendar.IsProvisional(accepted, statutory?.Due > due ? statutory.Value.Due.Value : due));
    }

    /// <summary>The intervals that count: those charged to the department.</summary>
    public static IEnumerable<(DateOnly From, DateOnly To)> Counted(Round round, Standstill standstill, DateOnly today) =>
        standstill.Outside(round.HeldBy(Holder.Department, today));

    /// <summary>Whether the round's clock is past its due date on <paramref name="day"/>.</summary>
    public static bool IsOverdue(Round round, Standstill standstill, DateOnly day, WorkingCalendar calendar) =>
        round.Terms is { } terms && Count.Of(Counted(round, standstill, day), terms.LimitDays + round.ExtensionDays, terms.Unit, calendar).Overdue;

    /// <summary>The last day for an answer, W of domain 5.2: the fifth working day after receipt, paused ones not counted; null while a pause keeps it away.</summary>
    public static DateOnly? AnswerDue(DateOnly received, Standstill standstill, WorkingCalendar calendar) => standstill.Add(received, AnswerDays, calendar);

    private static Count? Statutory(Round round, Terms terms, Standstill standstill, DateOnly today, WorkingCalendar calendar)
    {
        if (terms.StatutoryDays is not { } days) return null;
        var counted = round.HeldBy(Holder.Department, today);
        if (terms.StatutoryStart == StatutoryStart.Receipt && round.AcceptedOn > round.ReceivedOn)
            counted = Intervals.Union([(round.ReceivedOn, round.AcceptedOn.Value), .. counted]);
        counted = standstill.Outside(counted);
        return Count.Of(counted, days + round.ExtensionDays, terms.StatutoryUnit ?? DayUnit.WorkingDays, calendar);
    }

    private static Light LightOf(ClockState state, Count count, int total, LightRule lights) => state switch
    {
        ClockState.Stopped => Light.Blue,
        ClockState.Ended => count.Overdue ? Light.Red : Light.Grey,
        _ => lights.Of(count.Remaining(total), total, count.Overdue),
    };
}
