using Agency.Api.Access;
using Agency.People;

namespace Agency.Api.Http;

/// <summary>Who acts, as the authentication found, and whether the route is for its own alone; bound as a handler's parameter.</summary>
public sealed record ActingPerson(Actor Actor)
{
    public static ValueTask<ActingPerson> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>The person of a request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint asks for the person, and anybody may call it.</exception>
    internal static ActingPerson Of(HttpContext context) =>
        context.Features.Get<Actor>() is { } actor && context.Features.Get<GrantedAccess>() is { } access
            ? new(actor with { OwnOnly = access.Grant == Grant.Own })
            : throw new InvalidOperationException("Nobody acts here: the endpoint allows anonymous requests.");
}
