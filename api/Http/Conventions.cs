using Agency.Api.Access;
using Agency.Api.Http.Problems;
using Agency.Api.Readings;
using Microsoft.AspNetCore.DataProtection;

namespace Agency.Api.Http;

/// <summary>What holds for every resource: problems, strict reading, who acts, bodies and queries. The rules are in api.md.</summary>
internal static class Conventions
{
    /// <summary>Where the resources are.</summary>
    public const string BasePath = "/api/v1";

    public static void AddConventions(this IServiceCollection services)
    {
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.ConfigureHttpJsonOptions(json => StrictJson.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddRouteAuthorization();

        // The framework's line for each request has the query, and in it whom and what was asked for: at no level.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));

        // Nothing is protected with these keys, and the framework would write them into the home directory.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
    }

    public static void UseConventions(this WebApplication app)
    {
        app.Use(NoSniffing);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Problem.Write(context.HttpContext, EventSourcing.Refusal.Of(ProblemCodes.OfStatus(context.HttpContext.Response.StatusCode)), []));
        app.UseRouting();
        app.UseAuthentication();
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

    private static Task NoSniffing(HttpContext context, RequestDelegate next)
    {
        // On starting, because the exception handler clears what was set before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
