using Agency.Api.Access;
using Agency.Api.Hosting;
using Agency.Api.Http.Problems;
using Agency.Api.Readings;
using Microsoft.AspNetCore.DataProtection;

namespace Agency.Api.Http;

/// <summary>What holds for every resource: problems, strict reading, who acts, bodies and queries. The rules are in api.md.</summary>
internal static class Conventions
{
    /// <summary>Where the resources are.</summary>
    public const string BasePath = "/api/v1";

    public static void AddConventions(this IServiceCollection services, LimitOptions limits)
    {
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.ConfigureHttpJsonOptions(json => StrictJson.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddRouteAuthorization();
        services.AddRateLimits(limits);

        // A bare status: the problem is written outside, where the request is no longer given up.
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new() { Timeout = TimeSpan.FromSeconds(limits.RequestSeconds), TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });

        // Nothing is protected with these keys, and the framework would write them into the home directory.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
    }

    public static void UseConventions(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Problem.Write(context.HttpContext, EventSourcing.Refusal.Of(ProblemCodes.OfStatus(context.HttpContext.Response.StatusCode)), []));
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();

        // Between the two: by who asks, and before whoever is not let in is answered.
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use(StrictQuery.Check);
        app.Use(RequestBody.Buffer);
    }

    /// <summary>The group that every resource is mapped on: under <see cref="BasePath"/>.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(BasePath);
        StrictQuery.Require(group);
        group.AddEndpointFilter(RecordedReading.Filter);
        return group;
    }
}
