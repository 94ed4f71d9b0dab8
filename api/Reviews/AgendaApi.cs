using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Reviews;

/// <summary>A session's agenda: proposed, changed, answered by departments, concluded by the chair.</summary>
internal static class AgendaApi
{
    public static void MapAgenda(this RouteGroupBuilder reviews)
    {
        var group = reviews.MapGroup("/{id}/agenda");
        group.MapGet("/proposal", Propose).WithName("ProposeAgenda").WithSummary("What the rules propose for the agenda, each entry with its rule, the most urgent first; without what is on it already.");
        group.MapPost("/", Add).WithName("AddAgendaEntry").WithSummary("Puts an entry on the agenda; departments concerned are told once they were called.");
        group.MapGet("/{entry}", View).WithName("ViewAgendaEntry").WithSummary("An entry with the opinions on it, those that count and those that came too late.");
        group.MapPatch("/{entry}", Change).WithName("ChangeAgendaEntry").WithSummary("Changes an entry (JSON Merge Patch); opinions on another question count no longer.");
        group.MapDelete("/{entry}", Remove).WithName("RemoveAgendaEntry").WithSummary("Takes an entry off the agenda, with a reason once departments were called.");
        group.MapPut("/{entry}/opinions/{department}", GiveOpinion).WithName("GiveOpinion").WithSummary("A department's opinion on an entry; after the deadline it is kept, and counts only if the chair reopens the entry.");
        group.MapPost("/{entry}/conclusion", Conclude).WithName("ConcludeAgendaEntry").WithSummary("The chair adopts an entry, defers it or refers it up, before the deadline for opinions only if all are in; what is adopted carries resolutions. The office enters it with onBehalfOf the chair.");
        group.MapPost("/{entry}/reopening", Reopen).WithName("ReopenAgendaEntry").WithSummary("The chair takes a conclusion back with its resolutions; what was said late counts, too, from then on. The office enters it with onBehalfOf the chair.");
    }

    private static async Task<Results<Ok<AgendaProposal>, Refused>> Propose(string id, IGrainFactory grains, CancellationToken cancellationToken) =>
        ReviewFact.IsId(id) && await grains.GetGrain<IReviewsGrain>(IReviewsGrain.Key).Propose(id, cancellationToken) is { } proposal ? TypedResults.Ok(proposal) : ReviewsApi.NotFound(id);

    private static async Task<Results<TaggedCreated<AgendaEntryView>, Refused>> Add(string id, AgendaEntryBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.AddEntry(body.ToSubject(), command.Act(body)))).ToCreation(v => $"{Conventions.BasePath}/reviews/{id}/agenda/{v.Id}", v => v);

    // To a department an entry that does not concern it is as one that is nowhere, and so is its session.
    private static async Task<Results<Tagged<AgendaEntryView>, Refused>> View(string id, string entry, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (await grains.Review(id, person.Actor, cancellationToken) is not { } review) return ReviewsApi.NotFound(id);
        if (review.Agenda.FirstOrDefault(e => e.Id == entry) is { } found) return new Tagged<AgendaEntryView>(found, found.Version);
        return person.Actor.OwnOnly ? ReviewsApi.NotFound(id) : new Refused(Refusal.Of("entry-not-found", ("entry", entry)));
    }

    private static async Task<Results<Tagged<AgendaEntryView>, Refused>> Change(string id, string entry, AgendaEntryPatchBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.ChangeEntry(entry, body.ToCommand(), command.Act(body)))).ToStep(v => v);

    private static async Task<Results<Tagged<ReviewView>, Refused>> Remove(string id, string entry, string? reason, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.RemoveEntry(entry, command.Act(new ReviewStepBody { Reason = reason })))).ToStep(v => v);

    private static async Task<Results<Tagged<OpinionView>, Refused>> GiveOpinion(string id, string entry, string department, OpinionBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.GiveOpinion(new(entry, department, body.Stance), command.Act(body)))).ToStep(v => v);

    private static async Task<Results<Tagged<AgendaEntryView>, Refused>> Conclude(string id, string entry, EntryConclusionBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.ConcludeEntry(body.ToFact(entry), command.Act(body)))).ToStep(v => v);

    private static async Task<Results<Tagged<AgendaEntryView>, Refused>> Reopen(string id, string entry, ReviewStepBody body, CommandContext command, IGrainFactory grains) =>
        (await grains.Ask(id, r => r.ConcludeEntry(new EntryReopened(entry), command.Act(body)))).ToStep(v => v);
}
