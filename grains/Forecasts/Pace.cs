namespace Agency.Forecasts;

/// <summary>How fast those are supposed to be who have begun nothing yet, and those for whom there is no limit (domain 8).</summary>
/// <param name="Window">Working days from a submission to its acceptance, 0 to <see cref="MostDays"/>.</param>
/// <param name="OwnerLag">Working days that the owner takes to submit what has become ready, and to supply what is missing, 0 to <see cref="MostDays"/>.</param>
/// <param name="By">What departments are supposed to take for items whose clock has not begun.</param>
[GenerateSerializer, Immutable, Alias("agency.pace")]
public readonly record struct Pace([property: Id(0)] int Window, [property: Id(1)] int OwnerLag, [property: Id(2)] PaceBy By = PaceBy.Limits)
{
    /// <summary>About a year.</summary>
    public const int MostDays = 250;
}

/// <summary>What departments are supposed to take.</summary>
public enum PaceBy
{
    /// <summary>All that they may.</summary>
    Limits,

    /// <summary>The median of what the department really took, where there is one; else the limit.</summary>
    Medians,
}

/// <summary>An item that is supposed to take as long as its department really took.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Days">The median, in the unit of the item's limit.</param>
/// <param name="Rounds">Over how many decided rounds.</param>
[GenerateSerializer, Immutable, Alias("agency.item-median")]
public sealed record ItemMedian([property: Id(0)] string Code, [property: Id(1)] int Days, [property: Id(2)] int Rounds);
