namespace Agency.Tests.Oracle;

// Readings (where domain.md leaves it open, the most literal one):
//  C1  remainingDays = limit + extension − usedDays, always. It is negative when more days were counted than allowed. For a
//      natural-day item whose due date moves to a working day it may be ≤ 0 (even negative) although nothing is overdue yet:
//      overdue, and red, follow the moved due date alone (6.3, 6.5). On a day off right after a working-day due date it is
//      0 and red, since overdue begins on the calendar day after (6.5).
//  C2  "days left" of the yellow rule are remainingDays: the due day is the last of them (6.5 "the due day included").
//  C3  While the project is paused an open clock is stopped, grey and, like a suspended one, has no due date (5.9, 6.2):
//      nobody knows when it goes on. Paused goes before suspended: grey, not blue (6.5).
//  C4  The due date is the day on which the counted days reach the limit; a clock that was stopped by that day and goes on
//      later, with no day left, is due on the day it goes on: a suspension of n days begun by the due date moves it by n.
//  C5  An ended clock keeps the due date it had; where the days never reached the limit, the date they would have reached it
//      had the clock gone on from its end. Ended while suspended: none. Withdrawn while it stood, or on the day on which it
//      would have gone on (nobody decides then, so that nothing waits for the day, C4): the one it had when it stopped, if its days had been used up.
//  C6  A round never accepted has no clock: state none, no days, no dates (6.8), also where the statutory limit runs from
//      receipt: that limit is "kept beside the committed one" (6.4) and appears with it.
//  C7  The extension is added as a number to both limits, whatever the unit of the statutory one (5.4).
//  C8  limit + extension = 0 is due on the acceptance day (6.2) even if that is a day off, unless the item counts natural
//      days: then it moves to the next working day (6.3).
//  C9  The statutory limit is breached on the calendar day after its due date; a clock that stopped (suspended, paused,
//      ended) earlier is not breached. A natural-day statutory due date moves to the next working day too.
//  C10 Holders: a day off is nonWorking before anything else, then a pause makes it the owner's. After a revocation the
//      owner holds the item (the table names only refusal, denial and withdrawal); between approval and revocation nobody does.
//      Before all of it L1 (SlowLedger.cs): nobody is charged while the item does not apply.
//  C11 "construction" is for an S4 item never submitted; after a round that ended the owner holds it.
//  C12 usedDays of a clock are those of the last round alone.
//  C13 A statutory limit from receipt counts the days since receivedOn, so a supplement starts it anew (5.2, 6.4).
//  C14 "while the project is paused it is grey" (6.5) is said of every clock, one that ended red included.

public sealed record SlowClockInput
{
    public required SlowCalendar Calendar { get; init; }

    public required int LimitDays { get; init; }

    public SlowUnit Unit { get; init; } = SlowUnit.Working;

    public int ExtensionCap { get; init; }

    /// <summary>Null: no statutory limit.</summary>
    public int? StatutoryDays { get; init; }

    public SlowUnit StatutoryUnit { get; init; } = SlowUnit.Working;

    public SlowStart StatutoryStart { get; init; } = SlowStart.Acceptance;

    /// <summary>True: the clock itself puts in the acceptance of 5.2 where no answer came by W.</summary>
    public bool DeemedAcceptance { get; init; }

    /// <summary>In effective order.</summary>
    public IReadOnlyList<SlowStep> Steps { get; init; } = [];

    public IReadOnlyList<SlowPause> Pauses { get; init; } = [];

    /// <summary>The ready day of rule 7; left out: the day of the first step.</summary>
    public DateOnly? ReadyOn { get; init; }

    /// <summary>Rule 7 construction: S3's milestone and the day the works were reported finished; for S4 items.</summary>
    public DateOnly? ConstructionFrom { get; init; }

    public DateOnly? ConstructionTo { get; init; }

    /// <summary>L1: is the item in the plan at the end of a day, and does it apply? Left out: always.</summary>
    public Func<DateOnly, bool> AppliesOn { get; init; } = _ => true;

    /// <summary>L2: the unit that the plan of a day gives the item, for its ledger alone. Left out: Unit.</summary>
    public Func<DateOnly, SlowUnit>? UnitOn { get; init; }

    /// <summary>Rule 7: ledgers end at termination.</summary>
    public DateOnly? TerminatedOn { get; init; }

    public required DateOnly Today { get; init; }
}

public sealed record SlowClockOutput
{
    public SlowClockState State { get; init; }

    public int UsedDays { get; init; }

    public int RemainingDays { get; init; }

    public int ExtensionDays { get; init; }

    public DateOnly? DueDate { get; init; }

    public DateOnly? StatutoryDueDate { get; init; }

    public bool StatutoryBreached { get; init; }

    /// <summary>Today is after the due date of an open clock, or it ended after it.</summary>
    public bool Overdue { get; init; }

    public SlowLight Light { get; init; }

    /// <summary>Rule 7: each day after the ready day, up to the decision or today, save those of L1 that nobody is charged with.</summary>
    public IReadOnlyDictionary<DateOnly, SlowHolder> Holders { get; init; } = new Dictionary<DateOnly, SlowHolder>();

    public required SlowItemLife Life { get; init; }
}

public static class SlowItemClock
{
    private const int FarEnough = 4000;

    public static SlowClockOutput Run(SlowClockInput input)
    {
        DateOnly today = input.Today;
        List<SlowPause> pauses = [.. input.Pauses
            .Where(p => p.From <= today)
            .Select(p => p.To > today ? p with { To = null } : p)]; // what ends later is open today
        SlowItemLife life = SlowItemLife.Read(input.Steps, input.Calendar, pauses, input.DeemedAcceptance, today);
        var holders = Holders(input, life, pauses);
        SlowRound? round = life.Round;
        if (round?.AcceptedOn is not { } acceptedOn)
            return new SlowClockOutput { State = SlowClockState.None, Light = SlowLight.Grey, Life = life, Holders = holders };

        int extension = round.ExtensionDays;
        if (extension > (round.FixedCap ?? input.ExtensionCap))
            throw new ArgumentException("an extension beyond the cap");
        int allowed = (round.FixedLimit ?? input.LimitDays) + extension; // 5.4
        bool ended = round.EndedOn is not null;
        bool paused = !ended && pauses.Any(p => p.To is null);
        bool suspended = round.SuspendedSince is not null; // when it ended, if it has ended
        bool withdrawn = ended && life.State == SlowItemState.Withdrawn;
        DateOnly last = ended && round.EndedOn < today ? round.EndedOn!.Value : today;

        // 6.2: one loop over the days after the acceptance. Up to `last` as charged; after it as if the clock went on.
        int used = 0;
        int counted = 0;
        DateOnly? reached = allowed == 0 ? acceptedOn : null;
        DateOnly lastCharged = acceptedOn;
        DateOnly stoppedOn = acceptedOn; // if it did not go on to the end
        for (DateOnly d = acceptedOn.AddDays(1); d <= last || (reached is null && d < last.AddDays(FarEnough)); d = d.AddDays(1))
        {
            bool charged = d > last || (life.StateAtStartOf(d) == SlowItemState.Accepted && !pauses.Any(p => p.Charges(d)));
            if (!charged)
                continue;
            if (reached is { } was && lastCharged < d.AddDays(-1) && lastCharged <= Moved(was, input.Unit, input.Calendar))
                reached = d.AddDays(-1); // C4
            lastCharged = d;
            if (d <= last)
                stoppedOn = d;
            if (!Counts(input.Unit, input.Calendar, d))
                continue;
            counted++;
            if (d <= last)
                used = counted;
            if (reached is null && counted == allowed)
                reached = d;
        }
        bool goesOn = !suspended && !withdrawn && !pauses.Any(p => p.Charges(last.AddDays(1)));
        if (goesOn && reached is { } before && lastCharged < last && lastCharged <= Moved(before, input.Unit, input.Calendar))
            reached = last; // C4, on that very day
        DateOnly? due = reached is { } r ? Moved(r, input.Unit, input.Calendar) : null; // 6.3

        // The first day of the stop that still holds, for C9 and for an end while it stood.
        DateOnly judgedOn = suspended || paused || withdrawn ? stoppedOn : last;

        // 6.4: the statutory one beside it.
        DateOnly? statutoryDue = null;
        bool breached = false;
        if (input.StatutoryDays is { } statutoryDays)
        {
            DateOnly start = input.StatutoryStart == SlowStart.Receipt ? round.ReceivedOn : acceptedOn;
            int statutoryAllowed = statutoryDays + extension;
            int statutoryCounted = 0;
            DateOnly? statutoryReached = statutoryAllowed == 0 ? start : null;
            lastCharged = start;
            for (DateOnly d = start.AddDays(1); d <= last || (statutoryReached is null && d < last.AddDays(FarEnough)); d = d.AddDays(1))
            {
                bool charged = d > last
                    || (life.StateAtStartOf(d) is SlowItemState.Accepted or SlowItemState.Submitted && !pauses.Any(p => p.Charges(d)));
                if (!charged)
                    continue;
                if (statutoryReached is { } was && lastCharged < d.AddDays(-1) && lastCharged <= Moved(was, input.StatutoryUnit, input.Calendar))
                    statutoryReached = d.AddDays(-1); // C4
                lastCharged = d;
                if (Counts(input.StatutoryUnit, input.Calendar, d) && ++statutoryCounted == statutoryAllowed)
                    statutoryReached = d;
            }
            if (goesOn && statutoryReached is { } earlier && lastCharged < last && lastCharged <= Moved(earlier, input.StatutoryUnit, input.Calendar))
                statutoryReached = last;
            statutoryDue = statutoryReached is { } s ? Moved(s, input.StatutoryUnit, input.Calendar) : null;
            breached = statutoryDue < judgedOn;
        }

        bool overdue = due < judgedOn;
        int remaining = allowed - used;
        SlowLight light;
        if (pauses.Any(p => p.To is null))
            light = SlowLight.Grey; // 6.5, C14
        else if (ended)
            light = overdue ? SlowLight.Red : SlowLight.Grey; // 6.5
        else if (suspended)
            light = SlowLight.Blue;
        else if (overdue)
            light = SlowLight.Red;
        else
            light = remaining <= Math.Max(1, CeilingOfFifth(allowed)) ? SlowLight.Yellow : SlowLight.Green;

        return new SlowClockOutput
        {
            State = ended ? SlowClockState.Ended : suspended || paused ? SlowClockState.Stopped : SlowClockState.Running,
            UsedDays = used,
            RemainingDays = remaining,
            ExtensionDays = extension,
            DueDate = suspended || paused ? null : due,
            StatutoryDueDate = suspended || paused ? null : statutoryDue,
            StatutoryBreached = breached,
            Overdue = overdue,
            Light = light,
            Holders = holders,
            Life = life,
        };
    }

    /// <summary>6.3: in natural days a due date on a day off moves to the next working day.</summary>
    private static DateOnly Moved(DateOnly day, SlowUnit unit, SlowCalendar calendar) => unit == SlowUnit.Natural ? calendar.OnOrAfter(day) : day;

    /// <summary>⌈days / 5⌉, by counting.</summary>
    private static int CeilingOfFifth(int days)
    {
        int n = 0;
        while (n * 5 < days)
            n++;
        return n;
    }

    private static bool Counts(SlowUnit unit, SlowCalendar calendar, DateOnly day) => unit == SlowUnit.Natural || calendar.IsWorkingDay(day);

    /// <summary>Rule 7, for one item.</summary>
    private static Dictionary<DateOnly, SlowHolder> Holders(SlowClockInput input, SlowItemLife life, List<SlowPause> pauses)
    {
        Dictionary<DateOnly, SlowHolder> holders = [];
        DateOnly? start = input.ReadyOn;
        if (life.Steps.Count > 0 && (start is null || life.Steps[0].OccurredOn < start))
            start = life.Steps[0].OccurredOn; // never after its own first submission
        if (start is null)
            return holders;
        DateOnly end = input.TerminatedOn is { } t && t < input.Today ? t : input.Today;
        for (DateOnly d = start.Value.AddDays(1); d <= end; d = d.AddDays(1))
        {
            SlowItemState? state = life.StateAtStartOf(d);
            if (state == SlowItemState.Approved)
                continue; // up to its decision
            DateOnly eve = d.AddDays(-1);
            bool open = state is SlowItemState.Submitted or SlowItemState.SupplementRequested or SlowItemState.Accepted or SlowItemState.Suspended;
            if (!open && !input.AppliesOn(eve))
                continue; // L1
            SlowUnit unit = input.UnitOn is null ? input.Unit : input.UnitOn(eve);
            if (unit == SlowUnit.Working && !input.Calendar.IsWorkingDay(d))
                holders[d] = SlowHolder.NonWorking;
            else if (pauses.Any(p => p.Charges(d)))
                holders[d] = SlowHolder.Owner;
            else if (state == SlowItemState.Submitted)
                holders[d] = SlowHolder.Window;
            else if (state == SlowItemState.Suspended)
                holders[d] = SlowHolder.Procedure;
            else if (state == SlowItemState.Accepted)
                holders[d] = SlowHolder.Department;
            else if (state is null && input.ConstructionFrom < d && !(input.ConstructionTo < d))
                holders[d] = SlowHolder.Construction;
            else
                holders[d] = SlowHolder.Owner;
        }
        return holders;
    }
}
