namespace Agency.Forecasts;

/// <summary>How fast those are supposed to be for whom there is no limit (domain 8).</summary>
/// <param name="Window">Working days from a submission to its acceptance, 0 to <see cref="MostDays"/>.</param>
/// <param name="OwnerLag">Working days that the owner takes to submit what has become ready, and to supply what is missing, 0 to <see cref="MostDays"/>.</param>
[GenerateSerializer, Immutable, Alias("agency.pace")]
public readonly record struct Pace([property: Id(0)] int Window, [property: Id(1)] int OwnerLag)
{
    /// <summary>About a year.</summary>
    public const int MostDays = 250;
}
