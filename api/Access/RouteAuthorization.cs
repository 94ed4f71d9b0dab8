using Agency.Api.Http;
using Agency.People;
using Microsoft.AspNetCore.Authorization;

namespace Agency.Api.Access;

/// <summary>Lets through whom the access table names, for every endpoint of the service; what the route is to the caller's role goes on
/// with the actor (<see cref="ActingPerson"/>).</summary>
internal sealed class RouteAuthorization(AccessTable table) : AuthorizationHandler<RouteAuthorization.Requirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        // Whoever asks for what is nowhere, or in a way that it is not for, is told so: that is no endpoint, or one of routing's own.
        var may = context.Resource is HttpContext http && http.GetEndpoint() switch
        {
            RouteEndpoint endpoint => table.Find(endpoint) is { } access && (access.Anonymous || MayCall(access, http)),
            _ => true,
        };
        if (may) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static bool MayCall(RouteAccess access, HttpContext http)
    {
        if (http.Features.Get<Actor>() is not { } actor || access.Of(actor.Role) is var grant && grant == Grant.No) return false;
        http.Features.Set(new GrantedAccess(grant, access.Recorded.Contains(actor.Role)));
        return true;
    }

    /// <summary>That the access table allows it.</summary>
    internal sealed class Requirement : IAuthorizationRequirement;
}

/// <summary>What the route is to the caller of this request.</summary>
/// <param name="Recorded">Whether what is read by it is written down.</param>
internal sealed record GrantedAccess(Grant Grant, bool Recorded);

internal static class RouteAuthorizationRegistration
{
    public static void AddRouteAuthorization(this IServiceCollection services)
    {
        services.AddSingleton(AccessTable.Shipped());
        services.AddSingleton<IAuthorizationHandler, RouteAuthorization>();
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new([new RouteAuthorization.Requirement()], []))
            .SetFallbackPolicy(new([new RouteAuthorization.Requirement()], []));
    }
}
