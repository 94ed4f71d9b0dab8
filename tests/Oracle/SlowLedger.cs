namespace Agency.Tests.Oracle;

public enum SlowProjectHolder { Owner, Department, Window, Procedure, Outside, Construction, Nobody }

// The project's ledger: domain 7.
public sealed partial class SlowProject
{
    /// <summary>
    /// Each working day from after the first submission to the last decision (once complete; else the day asked for), charged
    /// to one holder. Ends at termination.
    /// </summary>
    public IReadOnlyDictionary<DateOnly, SlowProjectHolder> Ledger(IReadOnlyList<SlowStep> history, DateOnly asOf, DateOnly? today = null)
    {
        SlowProjectReport report = State(history, asOf, today);
        List<SlowStep> facts = [.. InForce(history).Where(f => f.OccurredOn <= asOf)];
        SlowPlanView view = PlanOf(facts, facts);
        List<SlowPause> pauses = Pauses(facts);
        Dictionary<DateOnly, SlowProjectHolder> ledger = [];
        DateOnly? first = facts.Where(f => f.Kind == SlowKind.Submit).Select(f => (DateOnly?)f.OccurredOn).Min();
        if (first is null)
            return ledger;
        DateOnly last = asOf;
        if (report.Complete)
            last = facts.Where(f => f.Kind == SlowKind.Decide).Max(f => f.OccurredOn);
        if (report.TerminatedOn < last)
            last = report.TerminatedOn.Value;
        for (DateOnly d = first.Value.AddDays(1); d <= last; d = d.AddDays(1))
        {
            if (!calendar.IsWorkingDay(d))
                continue;
            List<(SlowPlanItem Item, SlowHolder Holder)> held = [.. view.Items.Values
                .Where(i => report.Items[i.Code].Clock.Holders.ContainsKey(d))
                .Select(i => (i, report.Items[i.Code].Clock.Holders[d]))];
            if (pauses.Any(p => p.Charges(d)))
                ledger[d] = SlowProjectHolder.Owner;
            else if (held.Any(h => h.Item.CountsInTotal && h.Holder == SlowHolder.Department))
                ledger[d] = SlowProjectHolder.Department;
            else if (held.Any(h => h.Holder == SlowHolder.Window))
                ledger[d] = SlowProjectHolder.Window; // of any item
            else if (held.Any(h => h.Holder == SlowHolder.Procedure))
                ledger[d] = SlowProjectHolder.Procedure; // of any item
            else if (held.Any(h => h.Holder == SlowHolder.Department))
                ledger[d] = SlowProjectHolder.Outside; // only uncounted items run
            else if (held.Any(h => h.Holder == SlowHolder.Construction))
                ledger[d] = SlowProjectHolder.Construction;
            else if (held.Any(h => h.Holder == SlowHolder.Owner))
                ledger[d] = SlowProjectHolder.Owner;
            else
                ledger[d] = SlowProjectHolder.Nobody;
        }
        return ledger;
    }
}
