using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;

namespace Agency.Clocks;

/// <summary>The clock of one round (domain 6.1–6.5).</summary>
internal static class ItemClock
{
    /// <summary>Working days in which an application must be answered (行政许可法 art. 32).</summary>
    public const int AnswerDays = 5;

    /// <summary>How the round's clock stands at the end of the day that its charges go to.</summary>
    /// <param name="charges">The item's charges, those of the round among them.</param>
    /// <param name="limit">The item's limit, for a round that has not been accepted yet.</param>
    /// <param name="paused">Whether the project is paused.</param>
    public static Clock Of(Round? round, ImmutableArray<Charge> charges, (int Days, DayUnit Unit) limit, bool paused, WorkingCalendar calendar, LightRule lights)
    {
        if (round?.Terms is not { } terms || round.AcceptedOn is not { } accepted)
            return new(ClockState.None, limit.Unit, limit.Days, 0, 0, limit.Days, null, null, false, Light.Grey, false);

        var total = terms.LimitDays + round.ExtensionDays;
        var state = round.EndedOn is not null ? ClockState.Ended : round.Status == RoundStatus.Suspended || paused ? ClockState.Stopped : ClockState.Running;

        // It has begun, though it may stand before it has counted a day.
        var count = Count.Of([(accepted, accepted), .. Counted(charges, round.Number)], total, terms.Unit, calendar, round.Status == RoundStatus.Withdrawn);
        var statutory = Statutory(round, charges, terms, calendar);

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
            paused ? Light.Grey : LightOf(state, count, total, lights),
            told is { } due && calendar.IsProvisional(accepted, statutory?.Due > due ? statutory.Value.Due.Value : due));
    }

    /// <summary>The intervals that count: those charged to the department.</summary>
    public static IEnumerable<(DateOnly From, DateOnly To)> Counted(ImmutableArray<Charge> charges, int round) =>
        charges.Where(c => c.Holder == Holder.Department && c.Round == round).Select(c => (c.From, c.To));

    /// <summary>Whether the round's clock is past its due date on <paramref name="day"/>.</summary>
    public static bool IsOverdue(Round round, Standstill standstill, DateOnly day, WorkingCalendar calendar) =>
        round.Terms is { } terms && Count.Of(Counted(Charges.Of(round, standstill, day), round.Number), terms.LimitDays + round.ExtensionDays, terms.Unit, calendar).Overdue;

    /// <summary>The last day for an answer, W of domain 5.2: the fifth working day after receipt, paused ones not counted; null while a pause keeps it away.</summary>
    public static DateOnly? AnswerDue(DateOnly received, Standstill standstill, WorkingCalendar calendar) => standstill.Add(received, AnswerDays, calendar);

    /// <summary>The first day on which silence can be recorded as acceptance: after the last day for an answer, and no earlier than five working days after the receipt was recorded (domain 5.2).</summary>
    /// <param name="due">The last day for an answer.</param>
    /// <param name="recordedOn">The day on which the receipt was recorded.</param>
    public static DateOnly SilenceOn(DateOnly due, DateOnly recordedOn, WorkingCalendar calendar) =>
        calendar.Add(recordedOn, AnswerDays) is var sure && sure > due ? sure : due.AddDays(1);

    /// <summary>The day on which a procedure was announced to end, in the unit of the round's limit (domain 6.3).</summary>
    public static DateOnly AnnouncedEnd(ProcedureRun run, Round round, WorkingCalendar calendar) => Count.Reached(run.SuspendedOn, run.AnnouncedDays, round.Terms!.Unit, calendar);

    private static Count? Statutory(Round round, ImmutableArray<Charge> charges, Terms terms, WorkingCalendar calendar)
    {
        if (terms.StatutoryDays is not { } days) return null;
        var (start, counted) = (round.AcceptedOn!.Value, Counted(charges, round.Number));
        if (terms.StatutoryStart == StatutoryStart.Receipt && start > round.ReceivedOn)
        {
            start = round.ReceivedOn;
            counted = Intervals.Union(charges.Where(c => c.Holder == Holder.Window && c.Round == round.Number && c.From >= start).Select(c => (c.From, c.To)).Concat(counted));
        }

        return Count.Of([(start, start), .. counted], days + round.ExtensionDays, terms.StatutoryUnit ?? DayUnit.WorkingDays, calendar, round.Status == RoundStatus.Withdrawn);
    }

    private static Light LightOf(ClockState state, Count count, int total, LightRule lights) => state switch
    {
        ClockState.Stopped => Light.Blue,
        ClockState.Ended => count.Overdue ? Light.Red : Light.Grey,
        _ => lights.Of(count.Remaining(total), total, count.Overdue),
    };
}
