using Agency.EventSourcing;

namespace Agency.Reviews.Series;

/// <summary>What can be wrong with a recurrence rule, whoever reads it.</summary>
public static class RecurrenceFaults
{
    /// <summary>It happens more than once a day.</summary>
    public static Fault TooOften { get; } = Fault.Of("/rule", "rule-too-often");

    /// <summary>Neither rule nor series say a time of day.</summary>
    public static Fault StartTimeMissing { get; } = Fault.Of("/startTime", "start-time-missing");

    /// <summary>It is longer than <see cref="RecurrenceRule.Longest"/>, or has characters that nobody sees.</summary>
    public static Fault BadText { get; } = Fault.Of("/rule", "bad-name", ("max", RecurrenceRule.Longest));

    /// <summary>A part of it is none of a rule, or means nothing where it stands.</summary>
    public static Fault Bad(string part) => Fault.Of("/rule", "bad-rule", ("part", part));

    /// <summary>It happens once from one day to another, and not again.</summary>
    public static Fault Once(DateOnly from, DateOnly to) => Fault.Of("/rule", "rule-once", ("from", from), ("to", to));

    /// <summary>It does not happen at all from one day to another.</summary>
    public static Fault Never(DateOnly from, DateOnly to) => Fault.Of("/rule", "rule-never", ("from", from), ("to", to));
}
