using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.EventSourcing;
using Agency.Forecasts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Forecasts;

/// <summary>When a project is expected to be finished, and when it would be if things were otherwise (domain 8).</summary>
internal static class ForecastApi
{
    public static void MapForecast(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}/forecast").WithTags("Projects");
        group.MapGet("/", Forecast).WithName("ViewForecast").WithSummary("When the project is expected to be finished, by which critical path, and what would bring it nearer.");
        group.MapPost("/", WhatIf).WithName("AskWhatIf").WithSummary("The forecast as it is, and under each of the scenarios. Nothing is stored.");
    }

    private static async Task<Results<Tagged<ForecastView>, Refused>> Forecast(
        string code,
        [AsParameters] PaceQuery pace,
        [AsParameters] AsKnownQuery asKnown,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var (asked, known) = (pace.Checked(), await asKnown.Checked());
        return await grains.Project(code) is { } project && await project.Forecast(asked, known, person.Actor, cancellationToken) is { } answer ? answer.ToStep(v => v) : NotFound();
    }

    private static async Task<Results<Ok<WhatIfView>, Refused>> WhatIf(
        string code,
        [AsParameters] PaceQuery pace,
        [AsParameters] AsKnownQuery asKnown,
        WhatIfBody body,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var (asked, known) = (pace.Checked(), await asKnown.Checked());
        if (await grains.Project(code) is not { } project || await project.WhatIf(asked, body.ToScenarios(), known, person.Actor, cancellationToken) is not { } answer) return NotFound();
        return answer.Refusal is { } refusal ? new Refused(refusal) : TypedResults.Ok(answer.View);
    }

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}
