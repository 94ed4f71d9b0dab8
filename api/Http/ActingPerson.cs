using System.Security.Claims;
using Agency.Api.Access;
using Agency.People;

namespace Agency.Api.Http;

/// <summary>Who acts, as the authentication found, and whether the route is for its own alone; bound as a handler's parameter.</summary>
public sealed record ActingPerson(Actor Actor)
{
    private const string IdClaim = "sub";
    private const string RoleClaim = "role";
    private const string DepartmentClaim = "department";
    private const string CreditCodeClaim = "credit_code";

    public static ValueTask<ActingPerson> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>The person of a request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint asks for the person, and anybody may call it.</exception>
    internal static ActingPerson Of(HttpContext context) =>
        context.User is var user && user.FindFirstValue(IdClaim) is { } id && RoleOf(user) is { } role && context.Features.Get<GrantedAccess>() is { } access
            ? new(new Actor(id, role, user.FindFirstValue(DepartmentClaim), user.FindFirstValue(CreditCodeClaim), access.Grant == Grant.Own))
            : throw new InvalidOperationException("Nobody acts here: the endpoint allows anonymous requests.");

    /// <summary>As what the user comes; null for nobody known.</summary>
    internal static Role? RoleOf(ClaimsPrincipal user) => Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role) ? role : null;

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
