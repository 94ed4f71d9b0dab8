using Agency.EventSourcing;

namespace Agency.Reviews.Series;

/// <summary>Reads recurrence rules: RFC 5545 (<c>FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30</c>) and the Quartz form of cron
/// (<c>0 30 9 ? * 6L</c>). Pure: no clock; days and times are those of Asia/Shanghai.</summary>
public interface IRecurrence
{
    /// <summary>What is wrong with the rule, at <c>/rule</c> or <c>/startTime</c>; null if nothing is. A rule happens at most once a day, and at least twice
    /// in the <see cref="RecurrenceRule.YearsToSecond"/> years from its first day.</summary>
    Fault? Check(RecurrenceRule rule);

    /// <summary>The occurrences of a rule that has nothing wrong on the days from <paramref name="from"/> to <paramref name="to"/>, both inclusive, in order.</summary>
    IEnumerable<Occurrence> Between(RecurrenceRule rule, DateOnly from, DateOnly to);
}

/// <summary>When something happens again and again.</summary>
/// <param name="Text">The rule as it was written.</param>
/// <param name="From">The first day on which it may happen. What a rule counts begins here: every second week, ten times.</param>
/// <param name="StartTime">The time of day of a rule that says none.</param>
public sealed record RecurrenceRule(string Text, DateOnly From, TimeOnly? StartTime)
{
    /// <summary>Within so many years of <see cref="From"/> a rule must happen again.</summary>
    public const int YearsToSecond = 10;

    /// <summary>The longest text.</summary>
    public const int Longest = 200;
}

/// <summary>A day of a rule, before any shift to a working day, with its time.</summary>
public readonly record struct Occurrence(DateOnly Day, TimeOnly Time);
