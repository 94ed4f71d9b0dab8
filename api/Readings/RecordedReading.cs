using Agency.Api.Access;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Readings;

namespace Agency.Api.Readings;

/// <summary>Writes down who reads by special right, where the access table says so, before the answer goes out: without the row no
/// answer. What is one's own, and what is refused, is no such reading.</summary>
internal static class RecordedReading
{
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Only its result: what the result writes comes after this.
        var result = await next(context);
        var http = context.HttpContext;
        if (http.Features.Get<GrantedAccess>() is not { Recorded: true } || http.GetEndpoint() is not RouteEndpoint endpoint) return result;
        var (actor, subject) = (ActingPerson.Of(http).Actor, SubjectOf(endpoint, http));
        if (result is INestedHttpResult { Result: Refused } || subject == actor.Id) return result;
        await http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IReadingsGrain>(IReadingsGrain.Key).Record(AccessTable.RouteOf(endpoint), subject, actor);
        return result;
    }

    // What the path names first: a person, a project.
    private static string? SubjectOf(RouteEndpoint endpoint, HttpContext http) =>
        endpoint.RoutePattern.Parameters is [var first, ..] ? http.Request.RouteValues[first.Name]?.ToString() : null;
}
