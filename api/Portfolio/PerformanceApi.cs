using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Portfolio;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Portfolio;

/// <summary>How departments have handled their items.</summary>
internal static class PerformanceApi
{
    private const int Months = 12;

    public static void MapPerformance(this IEndpointRouteBuilder routes) => routes.MapGet("/departments/{code}/performance", View)
        .WithTags("Departments")
        .WithName("ViewPerformance")
        .WithSummary("A department's rounds that ended from a day to a day, both included, the last 12 months unless said otherwise: in time or not, days used against the limit, supplements, denials, suspensions, late entries; in total and by item. A department sees its own.");

    private static async Task<Results<Ok<PerformanceView>, Refused>> View(
        string code, DateOnly? from, DateOnly? to, ActingPerson person, DepartmentCodes departments, TimeProvider clock, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (departments.Find(code) is null || (person.Actor.OwnOnly && person.Actor.Department != code)) return new Refused(Refusal.Of("department-not-found", ("code", code)));
        var last = to ?? ShanghaiTime.DayOf(clock.GetUtcNow());
        var first = from ?? (last.Year > 1 ? last.AddMonths(-Months).AddDays(1) : DateOnly.MinValue);
        return TypedResults.Ok(await grains.GetGrain<IPortfolioGrain>(0).Performance(code, first, last, cancellationToken));
    }
}
