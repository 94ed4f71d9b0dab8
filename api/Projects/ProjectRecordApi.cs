using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Agency.Api.Access;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.Api.Records;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Agency.Api.Projects;

/// <summary>A project's record, live and verified.</summary>
internal static class ProjectRecordApi
{
    private const int Batch = 100;

    public static void MapProjectRecord(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/projects/{code}").WithTags("Projects");
        group.MapGet("/events", Events).WithName("WatchProject").WithSummary("The recorded facts as server-sent events, from Last-Event-ID on and then as they come; an event's id is the fact's sequence.").RequireRateLimiting(RateLimits.Streams).DisableRequestTimeout();
        group.MapGet("/history", History).WithName("ViewHistory").WithSummary("Every recorded fact, in the order of recording.");
        group.MapGet("/history/verification", Verify).WithName("VerifyHistory").WithSummary("Whether the record's hash chain holds, computed anew, and every empty text is redacted.");
        group.MapPost("/history/{sequence:long}/redaction", Redact).WithName("RedactText").WithSummary("遮蔽: takes a free text out of the record for good; the chain still holds, and the history says by whom and why.");
    }

    private static async Task<Results<Tagged<RedactionView>, Refused>> Redact(string code, long sequence, RedactionBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project ? (await project.Redact(sequence, body, command)).ToStep(v => v) : NotFound();

    private static async Task<Results<EventStream<HistoryView>, Refused>> Events(
        string code,
        [FromHeader(Name = "Last-Event-ID")] long? lastEventId,
        ActingPerson person,
        TokenLifetime token,
        TimeProvider clock,
        IGrainFactory grains,
        IHostApplicationLifetime host,
        CancellationToken cancellationToken)
    {
        var after = Math.Max(0, lastEventId ?? 0);
        if (await grains.Project(code) is not { } project || await project.History(after, 1, person.Actor, cancellationToken) is null) return NotFound();
        return new EventStream<HistoryView>(Facts(project, person.Actor, after, token, clock, host.ApplicationStopping, cancellationToken));
    }

    // What a client may see is asked anew with each page. The stream ends with the token and with the service; the client comes again where it was.
    private static async IAsyncEnumerable<SseItem<HistoryView>> Facts(
        IProjectGrain project, Actor actor, long after, TokenLifetime token, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var valid = token.Remaining(clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(valid.Token, stopping, cancellationToken);
        while (!either.IsCancellationRequested && await project.History(after, Batch, actor, cancellationToken) is { } page)
        {
            foreach (var entry in page.Entries)
            {
                yield return new(HistoryView.Of(entry), entry.Type) { EventId = $"{entry.Sequence}" };
                after = entry.Sequence;
            }

            if (page.Entries.Length < Batch) await Wait(project, after, either.Token);
        }
    }

    private static async Task Wait(IProjectGrain project, long after, CancellationToken cancellationToken)
    {
        try
        {
            await project.More(after, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client has gone, or the service stops: there is nothing to wait for.
        }
    }

    private static async Task<Results<Ok<VerificationView>, Refused>> Verify(string code, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await (await grains.Project(code)).Verified(person.Actor, cancellationToken) is { } report ? report : NotFound();

    private static async Task<Results<Tagged<Page<HistoryView>>, Refused>> History(string code, [AsParameters] ListQuery list, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
        await (await grains.Project(code)).Page(list, person.Actor, cancellationToken) is { } page ? page : NotFound();

    private static Refused NotFound() => new(Refusal.Of("project-not-found"));
}
