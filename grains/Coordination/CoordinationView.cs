using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Services;

namespace Agency.Coordination;

public enum CoordinationStatus
{
    /// <summary>The owner has asked for it.</summary>
    Requested,
    Held,
}

/// <summary>A coordination as clients see it.</summary>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="RequestedOn">Null if nobody asked for it.</param>
/// <param name="Day">The day it was held; of a request the day that the owner would like.</param>
/// <param name="Place">Null if not said, and once redacted.</param>
/// <param name="Topic">What it is about; null if not said, and once redacted.</param>
/// <param name="Conclusions">Null until it was held, and once redacted.</param>
[GenerateSerializer, Immutable, Alias("agency.coordination-view")]
public sealed record CoordinationView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] CoordinationStatus State,
    [property: Id(3)] CoordinationKind Kind,
    [property: Id(4)] DateOnly? RequestedOn,
    [property: Id(5)] DateOnly? Day,
    [property: Id(6)] string? Place,
    [property: Id(7)] ImmutableArray<string> Departments,
    [property: Id(8)] string? Topic,
    [property: Id(9)] string? Conclusions,
    [property: Id(10)] ImmutableArray<FollowUpView> FollowUps) : IServiceThing
{
    internal static CoordinationView Of(CoordinationState c, DateOnly today, ServiceRules rules, WorkingCalendar calendar) => new(
        c.Id,
        c.Version,
        c.HeldOn is null ? CoordinationStatus.Requested : CoordinationStatus.Held,
        c.Kind,
        c.RequestedOn,
        c.HeldOn ?? c.Day,
        c.Place,
        c.Departments,
        c.Topic,
        c.Conclusions,
        [.. c.FollowUps.Select(f => FollowUpView.Of(f, today, rules, calendar))]);
}
