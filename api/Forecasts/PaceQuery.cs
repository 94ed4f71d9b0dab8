using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Forecasts;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Forecasts;

/// <summary>How fast those are supposed to be who have not begun, or for whom there is no limit; bound with <c>[AsParameters]</c>.</summary>
/// <param name="Window">Working days from a submission to its acceptance, 0 to 250; 0 when left out.</param>
/// <param name="OwnerLag">Working days that the owner takes for what it has to do, 0 to 250; 0 when left out.</param>
/// <param name="By">What departments are supposed to take; all that they may when left out.</param>
public sealed record PaceQuery(
    [property: FromQuery(Name = "window"), Range(0, Pace.MostDays), DefaultValue(0), Description("Working days from a submission to its acceptance.")] int? Window,
    [property: FromQuery(Name = "ownerLag"), Range(0, Pace.MostDays), DefaultValue(0), Description("Working days that the owner takes to submit what has become ready, and to supply what is missing.")] int? OwnerLag,
    [property: FromQuery(Name = "pace"), DefaultValue(PaceBy.Limits), Description("What items whose clock has not begun are supposed to take: their limits, or the medians of the days that the department really took for the item in the last 24 months, where it decided at least 5 rounds.")] PaceBy? By)
{
    /// <summary>The same, checked.</summary>
    public Pace Checked() => new(Days("window", Window ?? 0), Days("ownerLag", OwnerLag ?? 0), By ?? PaceBy.Limits);

    private static int Days(string name, int days) => days is >= 0 and <= Pace.MostDays
        ? days
        : throw RequestRefusedException.At(name, Refusal.Of(ProblemCodes.BadParameter, ("parameter", name), ("value", days)));
}
