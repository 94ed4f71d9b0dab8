using Agency.Catalogue;

namespace Agency.Clocks;

public enum ClockState
{
    /// <summary>No clock has begun.</summary>
    None,
    Running,

    /// <summary>Begun and standing: suspended, or the project is paused.</summary>
    Stopped,
    Ended,
}

/// <summary>红黄绿灯, from the least to the worst (domain 6.5).</summary>
public enum Light
{
    Grey,
    Green,
    Blue,
    Yellow,
    Red,
}

/// <summary>How a clock stands at the end of a day.</summary>
/// <param name="State">Whether it counts.</param>
/// <param name="Unit">The days that <paramref name="LimitDays"/>, <paramref name="ExtensionDays"/>, <paramref name="UsedDays"/> and <paramref name="RemainingDays"/> are.</param>
/// <param name="LimitDays">The committed limit, without the extension.</param>
/// <param name="UsedDays">Days counted so far.</param>
/// <param name="RemainingDays">Days left, the due day included; negative by the days overdue.</param>
/// <param name="DueDate">The last day in time; null while none is to be told (not begun, suspended).</param>
/// <param name="StatutoryDueDate">The same by the law's limit; null where the law has none.</param>
/// <param name="StatutoryBreached">Whether the law's limit is overrun.</param>
/// <param name="Provisional">Whether a date in it counts over a year without an arrangement.</param>
[GenerateSerializer, Immutable, Alias("agency.clock")]
public sealed record Clock(
    [property: Id(0)] ClockState State,
    [property: Id(1)] DayUnit Unit,
    [property: Id(2)] int LimitDays,
    [property: Id(3)] int ExtensionDays,
    [property: Id(4)] int UsedDays,
    [property: Id(5)] int RemainingDays,
    [property: Id(6)] DateOnly? DueDate,
    [property: Id(7)] DateOnly? StatutoryDueDate,
    [property: Id(8)] bool StatutoryBreached,
    [property: Id(9)] Light Light,
    [property: Id(10)] bool Provisional);

/// <summary>When a light turns yellow: with <see cref="Minimum"/> days left, or with the <see cref="Share"/>-th part of the limit, rounded up (domain 6.5).</summary>
public sealed record LightRule(int Share = 5, int Minimum = 1)
{
    public static LightRule Default { get; } = new();

    /// <summary>The light of a clock that counts; <paramref name="overdue"/> from the calendar day after its due date on.</summary>
    public Light Of(int remaining, int limit, bool overdue) =>
        overdue ? Light.Red
        : remaining <= YellowFrom(limit) ? Light.Yellow
        : Light.Green;

    /// <summary>With how many days left it turns yellow.</summary>
    public int YellowFrom(int limit) => Math.Max(Minimum, (limit + Share - 1) / Share);
}
