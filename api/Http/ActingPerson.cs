using System.Security.Claims;
using Agency.People;

namespace Agency.Api.Http;

/// <summary>Who acts, as the authentication found; bound as a handler's parameter.</summary>
public sealed record ActingPerson(Actor Actor)
{
    private const string IdClaim = "sub";
    private const string RoleClaim = "role";
    private const string DepartmentClaim = "department";
    private const string CreditCodeClaim = "credit_code";

    public static ValueTask<ActingPerson> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context.User));

    /// <summary>The person of these claims.</summary>
    /// <exception cref="InvalidOperationException">The endpoint asks for the person without requiring one.</exception>
    internal static ActingPerson Of(ClaimsPrincipal user) =>
        user.FindFirstValue(IdClaim) is { } id && Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role)
            ? new(new Actor(id, role, user.FindFirstValue(DepartmentClaim), user.FindFirstValue(CreditCodeClaim)))
            : throw new InvalidOperationException("Nobody acts here: the endpoint allows anonymous requests.");

    /// <summary>The claims that say who <paramref name="actor"/> is.</summary>
    internal static ClaimsIdentity Identity(Actor actor, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, IdClaim, RoleClaim);
        identity.AddClaim(new(IdClaim, actor.Id));
        identity.AddClaim(new(RoleClaim, actor.Role.ToString()));
        if (actor.Department is { } department) identity.AddClaim(new(DepartmentClaim, department));
        if (actor.CreditCode is { } creditCode) identity.AddClaim(new(CreditCodeClaim, creditCode));
        return identity;
    }
}

/// <summary>Which roles may call an endpoint at all.</summary>
internal static class RoleRequirement
{
    /// <summary>Answers 403 <c>role-not-allowed</c> to whoever comes in a role that may never do this; whether one of these roles may
    /// do it here and now is the grain's to decide (404 for what is not one's own).</summary>
    public static TBuilder RequireRoles<TBuilder>(this TBuilder endpoint, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireRole(roles.Select(role => role.ToString())));
}
