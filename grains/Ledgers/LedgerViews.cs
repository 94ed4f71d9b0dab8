using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;

namespace Agency.Ledgers;

/// <summary>Opens charges into their days (domain 7).</summary>
internal static class LedgerViews
{
    /// <summary>The days of an item from the day after it became ready, up to its decision, each with its holder.</summary>
    public static LedgerView OfItem(PlannedItem item, ProjectClocks clocks)
    {
        var (taken, charges, calendar) = (clocks.State.Item(item.Code), clocks.ChargesOf(item.Code), clocks.Calendar);
        var natural = (taken.Round?.Terms?.Unit ?? item.Definition.LimitUnit) == DayUnit.NaturalDays;
        var days = ImmutableArray.CreateBuilder<LedgerDay>();
        var totals = new int[(int)Holder.Nobody + 1];
        foreach (var charge in charges)
        {
            for (var day = charge.From.AddDays(1); day <= charge.To; day = day.AddDays(1))
            {
                var off = !natural && !calendar.IsWorkingDay(day);
                var holder = off ? Holder.NonWorking : charge.Holder;
                totals[(int)holder]++;
                days.Add(new(day, calendar.KindOf(day), holder, [item.Code], holder == Holder.Department, off ? [] : [.. Causes(item.Code, charge, day, clocks)]));
            }
        }

        return new(
            taken.Version,
            item.Code,
            clocks.ReadyOn(item.Code),
            charges.IsEmpty ? null : charges[^1].To,
            days.DrainToImmutable(),
            TotalsOf(totals),
            null,
            BackFilled.Of(taken.Steps, calendar));
    }

    /// <summary>The days of the project from the day after its first submission, each working day with its holder.</summary>
    public static LedgerView OfProject(ProjectLedger ledger, ProjectClocks clocks)
    {
        var (items, calendar) = (clocks.Items.ToArray(), clocks.Calendar);
        var days = ImmutableArray.CreateBuilder<LedgerDay>();
        var charges = ledger.Charges();
        var (changes, next) = (Changes(items, clocks), 0);
        foreach (var (from, to, claim) in charges)
        {
            LedgerDay? held = null;
            for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
            {
                // Days between two changes are alike, save for what they are in the calendar.
                for (; next < changes.Length && changes[next] < day; next++) held = null;
                var kind = calendar.KindOf(day);
                if (calendar.IsWorkingDay(day)) days.Add((held ??= Of(day, kind, claim, items, clocks)) with { Date = day, Kind = kind });
                else days.Add(new(day, kind, Holder.NonWorking, [], false, []));
            }
        }

        return new(
            clocks.State.Version,
            null,
            ledger.From,
            ledger.From is null ? null : ledger.To,
            days.DrainToImmutable(),
            TotalsOf(ledger.Totals(charges)),
            ledger.From is { } first ? calendar.Count(first, ledger.To) : 0,
            BackFilled.Of(clocks.State, clocks.Today, calendar));
    }

    // The days with whose end an item may get another holder, or a suspension another procedure, in order.
    private static DateOnly[] Changes(PlannedItem[] items, ProjectClocks clocks) =>
    [
        .. items.SelectMany(item => clocks.ChargesOf(item.Code)).SelectMany(c => new[] { c.From, c.To })
            .Concat(clocks.State.Items.Values.SelectMany(i => i.Rounds).SelectMany(r => r.Procedures).SelectMany(p => new[] { p.SuspendedOn, p.ResumedOn ?? clocks.End }))
            .Distinct()
            .Order(),
    ];

    private static LedgerDay Of(DateOnly day, DayKind kind, Claim claim, PlannedItem[] items, ProjectClocks clocks)
    {
        if (claim == Claim.Paused) return new(day, kind, Holder.Owner, [], false, [new(Cause.Paused)]);
        var claiming = items.SelectMany(item => clocks.ChargesOf(item.Code)
            .Where(c => c.From < day && day <= c.To && ProjectLedger.ClaimOf(c, item) == claim)
            .Select(charge => (item.Code, charge))).ToArray();
        return new(
            day,
            kind,
            ProjectLedger.HolderOf(claim),
            [.. claiming.Select(c => c.Code)],
            claim == Claim.Counted,
            [.. claiming.SelectMany(c => Causes(c.Code, c.charge, day, clocks)).Distinct()]);
    }

    // A suspension says which procedures, and who ordered them.
    private static IEnumerable<LedgerCause> Causes(string item, Charge charge, DateOnly day, ProjectClocks clocks)
    {
        if (charge.Cause != Cause.Suspended) return [new(charge.Cause)];
        var round = clocks.State.Item(item).Rounds[charge.Round - 1];
        return round.Procedures.Where(p => p.SuspendedOn < day && !(p.ResumedOn < day)).Select(p => new LedgerCause(Cause.Suspended, p.Procedure, round.Terms?.Department));
    }

    private static HolderTotals TotalsOf(ReadOnlySpan<int> days) => new(
        days[(int)Holder.Department],
        days[(int)Holder.Window],
        days[(int)Holder.Procedure],
        days[(int)Holder.Outside],
        days[(int)Holder.Construction],
        days[(int)Holder.Owner],
        days[(int)Holder.Nobody]);
}
