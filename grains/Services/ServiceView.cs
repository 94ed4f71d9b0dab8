using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Coordination;
using Agency.Problems;
using Agency.Projects;
using Agency.Ratings;
using Agency.Visits;

namespace Agency.Services;

/// <summary>What is entered of the service to a project, as it stands today; each list in the order in which it was recorded.</summary>
[GenerateSerializer, Immutable, Alias("agency.service-view")]
public sealed record ServiceView(
    [property: Id(0)] ServiceList<ProblemView> Problems,
    [property: Id(1)] ServiceList<VisitView> Visits,
    [property: Id(2)] VisitPlan VisitPlan,
    [property: Id(3)] ServiceList<CoordinationView> Coordination,
    [property: Id(4)] ServiceList<RatingView> Ratings)
{
    internal static ServiceView Of(ProjectState state, DateOnly today, ServiceRules rules, WorkingCalendar calendar)
    {
        var service = state.Service;
        return new(
            new(service.Problems.Version, ProblemsOf(state, today, rules, calendar)),
            new(service.Visits.Version, [.. service.Visits.All.Select(v => VisitView.Of(v, today, rules, calendar))]),
            VisitPlan.Of(state, service.Manager?.Since, today, rules.Visits, calendar),
            new(service.Coordination.Version, [.. service.Coordination.All.Select(c => CoordinationView.Of(c, today, rules, calendar))]),
            new(service.Ratings.Version, [.. service.Ratings.All.Select(r => RatingView.Of(r, today, rules, calendar))]));
    }

    internal static ImmutableArray<ProblemView> ProblemsOf(ProjectState state, DateOnly today, ServiceRules rules, WorkingCalendar calendar) =>
        [.. state.Service.Problems.All.Select(p => ProblemView.Of(p, state.TerminatedOn, today, rules, calendar))];
}

/// <summary>Things of one kind.</summary>
/// <param name="Version">Version of the last fact that touched one of them; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("agency.service-list`1")]
public sealed record ServiceList<T>([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<T> All);

/// <summary>A problem, visit, coordination or rating.</summary>
public interface IServiceThing
{
    /// <summary>Unique in its project.</summary>
    string Id { get; }

    /// <summary>Version of the last fact that touched it.</summary>
    long Version { get; }
}
