using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Projects;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Ledgers;

/// <summary>The day ledgers 逐日计时明细: every figure of a clock, opened into its days (domain 7).</summary>
internal static class LedgersApi
{
    public static void MapLedgers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{code}/ledger", Ledger).WithTags("Projects").WithName("ViewLedger").WithSummary("The days of the project, or of one item, each with whom it is charged to and why.");

    private static async Task<Results<Tagged<LedgerAnswer>, Refused>> Ledger(
        string code,
        string? item,
        [AsParameters] AsKnownQuery asKnown,
        LedgerReasons reasons,
        RequestLanguage language,
        ActingPerson person,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var known = await asKnown.Checked();
        if (await grains.Project(code) is not { } project) return new Refused(Refusal.Of("project-not-found"));
        if (await project.Ledger(item, known, person.Actor, cancellationToken) is { } ledger) return new Tagged<LedgerAnswer>(LedgerAnswer.Of(ledger, reasons, language), ledger.Version);
        var there = item is not null && await project.View(known, person.Actor, cancellationToken) is not null;
        return new Refused(there ? Refusal.Of("item-not-found", ("item", item!)) : Refusal.Of("project-not-found"));
    }
}
