using Agency.EventSourcing;
using Agency.Reviews.Series;

namespace Agency.Silo.Reviews;

/// <summary>Recurrence rules as Quartz reads them; what it passes over in silence is refused.</summary>
internal sealed class QuartzRecurrence : IRecurrence
{
    public Fault? Check(RecurrenceRule rule)
    {
        if (rule.Text.Length > RecurrenceRule.Longest || rule.Text.Any(char.IsControl)) return RecurrenceFaults.BadText;
        if (Read(rule, out var fault) is not { } read) return fault;
        var last = rule.From.AddYears(RecurrenceRule.YearsToSecond);
        return read.Days(rule.From, last).Take(2).Count() switch
        {
            0 => RecurrenceFaults.Never(rule.From, last),
            1 => RecurrenceFaults.Once(rule.From, last),
            _ => null,
        };
    }

    public IEnumerable<Occurrence> Between(RecurrenceRule rule, DateOnly from, DateOnly to)
    {
        if (Read(rule, out var fault) is not { } read) throw new ArgumentException($"'{rule.Text}' is no rule: {fault?.Code}.", nameof(rule));
        if (from < rule.From) from = rule.From;
        return from > to ? [] : read.Days(from, to).Select(day => new Occurrence(day, read.Time));
    }

    private static ReadRule? Read(RecurrenceRule rule, out Fault? fault) => rule.Text.Contains('=', StringComparison.Ordinal) ? CalendarRule.Read(rule, out fault) : CronRule.Read(rule, out fault);
}

/// <summary>A rule that can be followed.</summary>
/// <param name="Time">The time of every occurrence.</param>
/// <param name="Days">The days of the rule from one day to another, both inclusive; the first is not before the rule's own.</param>
internal sealed record ReadRule(TimeOnly Time, Func<DateOnly, DateOnly, IEnumerable<DateOnly>> Days)
{
    /// <summary>The days of instants that follow one another.</summary>
    /// <param name="next">The first instant after one; null: there is none.</param>
    public static IEnumerable<DateOnly> Between(DateOnly from, DateOnly to, Func<DateTimeOffset, DateTimeOffset?> next)
    {
        var at = ShanghaiTime.InstantOf(from, TimeOnly.MinValue).AddTicks(-1);
        while (next(at) is { } found && ShanghaiTime.DayOf(found) is var day && day <= to)
        {
            yield return day;
            at = found;
        }
    }
}
