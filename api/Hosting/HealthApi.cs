using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agency.Api.Hosting;

/// <summary>Whether the service runs, and whether it can be used.</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").DisableRateLimiting();
        group.MapGet("/live", () => TypedResults.Ok(new Health(HealthStatus.Healthy, new Dictionary<string, HealthStatus>()))).WithName("Live").WithSummary("Whether the process runs.");
        group.MapGet("/ready", Ready).WithName("Ready").WithSummary("Whether the service can do its work: 503 while it cannot.");
    }

    private static async Task<Results<Ok<Health>, NotReady>> Ready(Readiness readiness, CancellationToken cancellationToken)
    {
        var health = await readiness.Look(cancellationToken);
        return health.Status == HealthStatus.Unhealthy ? new NotReady(health) : TypedResults.Ok(health);
    }
}

/// <summary>How the service is.</summary>
/// <param name="Status">The worst of all checks.</param>
/// <param name="Checks">Each check by its name.</param>
public sealed record Health(HealthStatus Status, IReadOnlyDictionary<string, HealthStatus> Checks)
{
    internal static Health Of(params (string Check, HealthStatus Status)[] checks) => new(checks.Min(c => c.Status), checks.ToDictionary(c => c.Check, c => c.Status));
}

/// <summary>503 with what is not ready.</summary>
internal sealed class NotReady(Health health) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = "2";
        return TypedResults.Json(health, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(Health), ["application/json"]));
}
