using Agency.Api.Access;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
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
        var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
        var (actor, subject) = (ActingPerson.Of(http).Actor, await SubjectOf(endpoint, http, grains));
        if (result is INestedHttpResult { Result: Refused } || subject == actor.Id) return result;
        await grains.GetGrain<IReadingsGrain>(IReadingsGrain.Key).Record(AccessTable.RouteOf(endpoint), subject, actor);
        return result;
    }

    // What the path names first: a person, a project, which an alias names, too.
    private static async ValueTask<string?> SubjectOf(RouteEndpoint endpoint, HttpContext http, IGrainFactory grains)
    {
        if (endpoint.RoutePattern.Parameters is not [var first, ..] || http.Request.RouteValues[first.Name]?.ToString() is not { } named) return null;
        return endpoint.RoutePattern.RawText!.Contains("/projects/{", StringComparison.Ordinal) && await grains.Project(named) is { } project ? project.GetPrimaryKeyString() : named;
    }
}
