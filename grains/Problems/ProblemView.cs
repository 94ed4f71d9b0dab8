using System.Collections.Immutable;
using Agency.Calendar;
using Agency.People;
using Agency.Services;

namespace Agency.Problems;

public enum ProblemStatus
{
    Open,

    /// <summary>销号.</summary>
    Closed,

    /// <summary>The project was terminated before it was solved; it stands as it stood then.</summary>
    Lapsed,
}

/// <summary>A problem as clients see it: as it stands today, also where it has risen by itself and nobody has recorded that yet.</summary>
/// <param name="Version">Version of the last fact that touched it.</param>
/// <param name="Description">Null once redacted, and for one that the system has opened.</param>
/// <param name="LevelSince">Since when it is at its level.</param>
/// <param name="DueOn">Last day at its level: after it, it rises; null once it is closed.</param>
/// <param name="Overdue">Past due at the highest level, where it cannot rise.</param>
/// <param name="RaisedBy">Opaque id of who raised it, and what the person came as.</param>
/// <param name="Affected">Items whose basis a revocation has changed.</param>
/// <param name="Levels">The levels that it was at, the present one last.</param>
[GenerateSerializer, Immutable, Alias("agency.problem-view")]
public sealed record ProblemView(
    [property: Id(0)] string Id,
    [property: Id(1)] long Version,
    [property: Id(2)] ProblemStatus State,
    [property: Id(3)] string? Item,
    [property: Id(4)] string Category,
    [property: Id(5)] string? Description,
    [property: Id(6)] ProblemLevel Level,
    [property: Id(7)] DateOnly LevelSince,
    [property: Id(8)] DateOnly? DueOn,
    [property: Id(9)] bool Overdue,
    [property: Id(10)] string? PersonInCharge,
    [property: Id(11)] DateOnly RaisedOn,
    [property: Id(12)] string RaisedBy,
    [property: Id(13)] Role RaisedAs,
    [property: Id(14)] ImmutableArray<string> Affected,
    [property: Id(15)] ImmutableArray<LevelReached> Levels,
    [property: Id(16)] ImmutableArray<Countermeasure> Countermeasures,
    [property: Id(17)] ProblemClosure? Closure) : IServiceThing
{
    /// <param name="recorded">The problem as recorded.</param>
    /// <param name="terminatedOn">When its project was given up.</param>
    internal static ProblemView Of(Problem recorded, DateOnly? terminatedOn, DateOnly today, ServiceRules rules, WorkingCalendar calendar)
    {
        var p = recorded.On(terminatedOn < today ? terminatedOn.Value : today, rules, calendar);
        var state = p.Closure is not null ? ProblemStatus.Closed : terminatedOn is not null ? ProblemStatus.Lapsed : ProblemStatus.Open;
        DateOnly? due = state == ProblemStatus.Open ? p.DueOn(rules, calendar) : null;
        return new(
            p.Id, p.Version, state, p.Raised.Item, p.Raised.Category, p.Description, p.Level, p.Since, due, today > due, p.PersonInCharge,
            p.RaisedOn, p.RaisedBy.Id, p.RaisedBy.Role, p.Raised.Affected, p.Levels, p.Countermeasures, p.Closure);
    }
}

/// <summary>How many problems are open, in all and at each level.</summary>
[GenerateSerializer, Immutable, Alias("agency.problem-counts")]
public readonly record struct ProblemCounts(
    [property: Id(0)] int Open,
    [property: Id(1)] int Manager,
    [property: Id(2)] int Office,
    [property: Id(3)] int JointReview,
    [property: Id(4)] int CityLeadership)
{
    internal static ProblemCounts Of(IEnumerable<ProblemView> problems)
    {
        var at = problems.Where(p => p.State == ProblemStatus.Open).CountBy(p => p.Level).ToDictionary();
        return new(
            at.Values.Sum(),
            at.GetValueOrDefault(ProblemLevel.Manager),
            at.GetValueOrDefault(ProblemLevel.Office),
            at.GetValueOrDefault(ProblemLevel.JointReview),
            at.GetValueOrDefault(ProblemLevel.CityLeadership));
    }
}
