using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.EventSourcing;
using Agency.Progress;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Progress;

/// <summary>How a project stands, for whoever knows its code and its owner's credit code; without an account.</summary>
internal static class ProgressApi
{
    public static void MapProgress(this IEndpointRouteBuilder routes) => routes.MapGet("/progress/{code}", Progress)
        .WithTags("Progress")
        .WithName("ViewProgress")
        .WithSummary("What is published of a project's progress, for whoever knows its code and its owner's credit code. A project that does not exist and one of another owner look the same.")
        .RequireRateLimiting(RateLimits.Progress);

    // One question to the grain, whether there is such a project and whose it is: the two must not be told apart.
    private static async Task<Results<Ok<PublicProgress>, Refused>> Progress(string code, [FromQuery] string creditCode, HttpResponse response, IGrainFactory grains, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return await grains.Project(code) is { } project && await project.Progress(OwnerProof.Of(creditCode), cancellationToken) is { } progress
            ? TypedResults.Ok(progress)
            : new Refused(Refusal.Of("project-not-found"));
    }
}
