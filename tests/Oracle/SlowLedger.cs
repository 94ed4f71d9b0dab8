namespace Agency.Tests.Oracle;

// Readings of rule 7 (where domain.md leaves it open, or two of its sentences meet):
//  L1  An item holds nobody on a day at whose eve (the end of the day before) it is not in the plan or does not apply, and has
//      no open round. A strike leaves the days up to and with its own, none after it, and after a restoration the ledger goes
//      on; its ready day stays. Whoever has steps by then is in the plan. An item that applies but is not ready any more (a
//      prerequisite was revoked) is still the owner's. Undetermined does not apply (SlowReadings.UndeterminedIsCharged). It
//      goes before everything else: no days off and no paused days either. "Keeps an item that already has steps" (4.2) holds
//      too for a step dated before the day of the move to the flow that has its item: as it was planned when it was submitted.
//  L2  Items that were in the plan and ready on some day and have left it since keep their days, in the project's ledger and in
//      one of their own: what a day is charged with follows from the facts up to its eve. Therefore also the unit and whether
//      the item counts are those of the plan of the eve, whatever a flow moved to later says.
//  L3  Span and ledger end at termination. The end of a complete project is its last decision, approved or denied, of whatever
//      item; without one, and of a project not complete, it is asOf. A project that is completed by something else than a
//      decision (a strike, an answer, a confirmation) so loses the days since its last decision: the one way in which a later
//      ledger is shorter than an earlier one.
//  L4  The registration always counts, whatever asOf. No item is ready before its day (until then it is notReady); steps dated
//      before it count, and a first submission is the ready day all the same.
//  L5  construction: an S4 item never submitted, after its ready day, on days d with permitted < d ≤ finished, or without end
//      while not reported. permitted: the first day at whose end S3's milestone was reached, of its work, by the plan of that
//      day and the stage's rule. finished: the day of the owner's report.
//  L6  recordedBy: the facts recorded by then alone. A deemed acceptance that is only looked at is shown as of asOf = d if the
//      day after W ≤ d and a sweep on the day of knowing might have recorded it.
//  L7  Back-filled: a fact in force (its day as corrected, its recording that of the fact itself), not the system's, not a
//      correction, recorded more than one working day after that day. With asOf: the facts of days up to it.
//  L8  "Those of department are the approval days" (7) wins over "all rounds" (6.8) where a round of an item that does not apply
//      any more runs on after the last decision of a complete project (SlowReadings.ApprovalDaysEndWithTheSpan).
//  L9  outside: the department's clock runs for uncounted items alone. What is decided "of any item" (window, procedure) is
//      so for uncounted items too.
//  L10 The first submission is that of any item, any round in force, also of an item that does not apply any more.

public enum SlowProjectHolder { Owner, Department, Window, Procedure, Outside, Construction, Nobody }

/// <summary>Days after From up to To, the working days alone; From null: nothing submitted.</summary>
public sealed record SlowProjectLedger(DateOnly? From, DateOnly To, int WorkingDays, IReadOnlyDictionary<DateOnly, SlowProjectHolder> Days)
{
    /// <summary>Days per holder; every holder is in it.</summary>
    public IReadOnlyDictionary<SlowProjectHolder, int> Totals { get; } = Enum.GetValues<SlowProjectHolder>().ToDictionary(h => h, h => Days.Values.Count(d => d == h));
}

/// <summary>InPlan: false for an item that has left the plan (L2).</summary>
public sealed record SlowItemLedger(DateOnly? ReadyOn, bool InPlan, IReadOnlyDictionary<DateOnly, SlowHolder> Days)
{
    /// <summary>Days per holder; every holder is in it.</summary>
    public IReadOnlyDictionary<SlowHolder, int> Totals { get; } = Enum.GetValues<SlowHolder>().ToDictionary(h => h, h => Days.Values.Count(d => d == h));
}

// The ledgers: domain 7.
public sealed partial class SlowProject
{
    /// <summary>
    /// Each working day from after the first submission to the last decision (once complete; else the day asked for), charged
    /// to one holder. Ends at termination.
    /// </summary>
    public SlowProjectLedger Ledger(IReadOnlyList<SlowStep> history, DateOnly asOf, DateOnly? today = null)
    {
        List<SlowStep> facts = Shown(history, asOf, today);
        Func<DateOnly, SlowPlanView> planOf = PlanOfEachDay(facts);
        List<SlowPause> pauses = Pauses(facts);
        (DateOnly? first, DateOnly last) = Span(facts, IsComplete(facts, PlanOf(facts, facts), asOf), asOf);
        Dictionary<DateOnly, SlowProjectHolder> days = [];
        if (first is null)
            return new SlowProjectLedger(null, last, 0, days);
        IReadOnlyDictionary<string, SlowItemLedger> items = ItemLedgers(facts, planOf, asOf);
        for (DateOnly d = first.Value.AddDays(1); d <= last; d = d.AddDays(1))
        {
            if (!calendar.IsWorkingDay(d))
                continue;
            SlowPlanView plan = planOf(d.AddDays(-1));
            List<(SlowPlanItem Item, SlowHolder Holder)> held = [.. items
                .Where(i => i.Value.Days.ContainsKey(d))
                .Select(i => (plan.Items[i.Key], i.Value.Days[d]))]; // L2
            if (pauses.Any(p => p.Charges(d)))
                days[d] = SlowProjectHolder.Owner;
            else if (held.Any(h => h.Item.CountsInTotal && h.Holder == SlowHolder.Department))
                days[d] = SlowProjectHolder.Department;
            else if (held.Any(h => h.Holder == SlowHolder.Window))
                days[d] = SlowProjectHolder.Window; // of any item
            else if (held.Any(h => h.Holder == SlowHolder.Procedure))
                days[d] = SlowProjectHolder.Procedure; // of any item
            else if (held.Any(h => h.Holder == SlowHolder.Department))
                days[d] = SlowProjectHolder.Outside; // only uncounted items run
            else if (held.Any(h => h.Holder == SlowHolder.Construction))
                days[d] = SlowProjectHolder.Construction;
            else if (held.Any(h => h.Holder == SlowHolder.Owner))
                days[d] = SlowProjectHolder.Owner;
            else
                days[d] = SlowProjectHolder.Nobody;
        }
        return new SlowProjectLedger(first, last, calendar.WorkingDaysBetween(first.Value, last), days);
    }

    /// <summary>The ledger of every item of the plan, empty while it was never ready, and of those that were ready once and have left it (L2).</summary>
    public IReadOnlyDictionary<string, SlowItemLedger> ItemLedgers(IReadOnlyList<SlowStep> history, DateOnly asOf, DateOnly? today = null)
    {
        List<SlowStep> facts = Shown(history, asOf, today);
        return ItemLedgers(facts, PlanOfEachDay(facts), asOf);
    }

    private Dictionary<string, SlowItemLedger> ItemLedgers(List<SlowStep> facts, Func<DateOnly, SlowPlanView> planOf, DateOnly asOf)
    {
        SlowPlanView now = PlanOf(facts, facts);
        Dictionary<string, SlowPlanItem> ever = [];
        foreach (DateOnly day in EventDays(facts, asOf))
            foreach (SlowPlanItem item in planOf(day).Items.Values)
                ever[item.Code] = item; // as the last plan that had it
        foreach (SlowPlanItem item in now.Items.Values)
            ever[item.Code] = item;
        Dictionary<string, SlowItemLedger> ledgers = [];
        foreach (SlowPlanItem item in ever.Values)
        {
            DateOnly? ready = ReadyOn(facts, planOf, item.Code, asOf);
            bool inPlan = now.Items.ContainsKey(item.Code);
            if (inPlan || ready is not null)
                ledgers[item.Code] = new SlowItemLedger(ready, inPlan, Clock(facts, item, asOf, ready, planOf).Holders);
        }
        return ledgers;
    }

    /// <summary>L3. First null: nothing submitted.</summary>
    private static (DateOnly? First, DateOnly End) Span(List<SlowStep> facts, bool complete, DateOnly asOf)
    {
        DateOnly? first = facts.Where(f => f.Kind == SlowKind.Submit).Select(f => (DateOnly?)f.OccurredOn).Min();
        DateOnly? lastDecision = facts.Where(f => f.Kind == SlowKind.Decide).Select(f => (DateOnly?)f.OccurredOn).Max();
        DateOnly? terminated = facts.FirstOrDefault(f => f.Kind == SlowKind.Terminate)?.OccurredOn;
        DateOnly end = complete && lastDecision is not null ? lastDecision.Value : asOf;
        return (first, terminated < end ? terminated.Value : end);
    }

    /// <summary>L1: is the item in that plan, and does it apply?</summary>
    private bool AppliesIn(SlowPlanView view, string code) =>
        view.Applies(code) == SlowTri.Yes || (view.Applies(code) == SlowTri.Undetermined && _readings.UndeterminedIsCharged);

    /// <summary>The plan at the end of any day. It changes only on days on which something happened: each is read once.</summary>
    private Func<DateOnly, SlowPlanView> PlanOfEachDay(List<SlowStep> facts)
    {
        Dictionary<DateOnly, SlowPlanView> read = [];
        return day =>
        {
            DateOnly last = facts.Select(f => f.OccurredOn).Where(d => d <= day).DefaultIfEmpty(DateOnly.MinValue).Max();
            if (!read.TryGetValue(last, out SlowPlanView? view))
                read[last] = view = PlanOn(facts, last);
            return view;
        };
    }
}
