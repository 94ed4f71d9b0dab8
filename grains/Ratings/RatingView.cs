using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Clocks;
using Agency.Services;

namespace Agency.Ratings;

/// <summary>A rating as clients see it.</summary>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="Department">Code of the department that is rated; null for the agency service.</param>
/// <param name="RatedBy">Opaque id of who rated.</param>
/// <param name="Comment">Null for none, and once redacted.</param>
/// <param name="Case">What is done about it; null where it is not bad.</param>
[GenerateSerializer, Immutable, Alias("agency.rating-view")]
public sealed record RatingView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] RatingSubject Subject,
    [property: Id(3)] string? Item,
    [property: Id(4)] string? Department,
    [property: Id(5)] Satisfaction Rating,
    [property: Id(6)] string? Comment,
    [property: Id(7)] DateOnly RatedOn,
    [property: Id(8)] string RatedBy,
    [property: Id(9)] RatingCaseView? Case) : IServiceThing
{
    internal static RatingView Of(RatingState r, DateOnly today, ServiceRules rules, WorkingCalendar calendar) => new(
        r.Id, r.Version, r.Given.Subject, r.Given.Item, r.Given.Department, r.Given.Satisfaction, r.Comment, r.RatedOn, r.RatedBy,
        r.HasCase ? RatingCaseView.Of(r, today, rules, calendar) : null);
}

/// <summary>The case that a bad rating opens.</summary>
/// <param name="DueOn">Last day for its closure.</param>
/// <param name="Light">Grey once it is closed; yellow from some working days before its due date; red after.</param>
/// <param name="Steps">What was done, in order.</param>
/// <param name="ClosedOn">Null while it is open.</param>
[GenerateSerializer, Immutable, Alias("agency.rating-case-view")]
public sealed record RatingCaseView([property: Id(0)] DateOnly DueOn, [property: Id(1)] Light Light, [property: Id(2)] ImmutableArray<CaseStepTaken> Steps, [property: Id(3)] DateOnly? ClosedOn)
{
    internal static RatingCaseView Of(RatingState r, DateOnly today, ServiceRules rules, WorkingCalendar calendar)
    {
        var (due, closed) = (calendar.Add(r.RatedOn, rules.RatingCaseWorkingDays), r.Taken(CaseStep.Closure)?.Day);
        return new(due, closed is null ? rules.LightOf(due, today, calendar) : Light.Grey, r.Steps, closed);
    }
}
