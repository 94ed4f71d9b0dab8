namespace Agency.Tests.Oracle;

/// <summary>All that a bitemporal question is answered with. BackFilled: places in the record (L7), of Entries facts that could be.</summary>
public sealed record SlowAnswer(
    SlowProjectReport Report,
    SlowProjectLedger Ledger,
    IReadOnlyDictionary<string, SlowItemLedger> Items,
    IReadOnlyList<int> BackFilled,
    int Entries);

// Bitemporal questions: domain 7, L6 and L7.
public sealed partial class SlowProject
{
    /// <summary>
    /// What was known when so many facts had been recorded, on the day of knowing (recordedBy's day, else today), of how things
    /// stood at the end of asOf.
    /// </summary>
    public SlowAnswer Ask(IReadOnlyList<SlowStep> history, int recorded, DateOnly knowingDay, DateOnly asOf)
    {
        List<SlowStep> known = [.. history.Take(recorded)];
        List<SlowStep> entries = [.. InForce(known).Where(f => !f.BySystem && f.OccurredOn <= asOf)];
        return new SlowAnswer(
            State(known, asOf, knowingDay),
            Ledger(known, asOf, knowingDay),
            ItemLedgers(known, asOf, knowingDay),
            [.. entries.Where(IsBackFilled).Select(f => f.Sequence)],
            entries.Count);
    }

    /// <summary>Rule 7: recorded more than one working day after it happened.</summary>
    public bool IsBackFilled(SlowStep fact) => calendar.WorkingDaysBetween(fact.OccurredOn, fact.RecordedOn) > 1;

    /// <summary>The facts in force of days up to asOf, and the deemed acceptances that a sweep on that today might have recorded (L6).</summary>
    private List<SlowStep> Shown(IReadOnlyList<SlowStep> history, DateOnly asOf, DateOnly? today)
    {
        List<SlowStep> all = [.. InForce(history), .. Sweep(history, today ?? asOf).Select(f => f with { Sequence = int.MaxValue })];
        return [.. all.Where(f => f.OccurredOn <= asOf)];
    }
}
