using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Services;

namespace Agency.Visits;

/// <summary>A visit as clients see it.</summary>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="Place">Null if not said, and once redacted.</param>
/// <param name="VisitedBy">Opaque id of who recorded it.</param>
/// <param name="Findings">Null once redacted.</param>
[GenerateSerializer, Immutable, Alias("agency.visit-view")]
public sealed record VisitView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] DateOnly VisitedOn,
    [property: Id(3)] string? Place,
    [property: Id(4)] string VisitedBy,
    [property: Id(5)] string? Findings,
    [property: Id(6)] ImmutableArray<FollowUpView> FollowUps) : IServiceThing
{
    internal static VisitView Of(Visit v, DateOnly today, ServiceRules rules, WorkingCalendar calendar) =>
        new(v.Id, v.Version, v.VisitedOn, v.Place, v.VisitedBy, v.Findings, [.. v.FollowUps.Select(f => FollowUpView.Of(f, today, rules, calendar))]);
}
