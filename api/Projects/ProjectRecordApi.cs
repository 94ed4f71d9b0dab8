using System.Collections.Immutable;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Agency.Api.Access;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
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
        group.MapGet("/history/verification", Verify).WithName("VerifyHistory").WithSummary("Whether the record's hash chain holds, computed anew, and every empty text is redacted.");
        group.MapPost("/history/{sequence:long}/redaction", Redact).WithName("RedactText").WithSummary("遮蔽: takes a free text out of the record for good; the chain still holds, and the history says by whom and why.");
    }

    private static async Task<Results<Tagged<RedactionView>, Refused>> Redact(string code, long sequence, RedactionBody body, CommandContext command, IGrainFactory grains) =>
        await grains.Project(code) is { } project
            ? (await project.Redact(sequence, body.Text, command.Act() with { Texts = Act.NoTexts.Add(Act.Reason, body.Reason) })).ToStep(v => v)
            : new Refused(Refusal.Of("project-not-found"));

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
        if (await grains.Project(code) is not { } project || await project.History(after, 1, person.Actor, cancellationToken) is null) return new Refused(Refusal.Of("project-not-found"));
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
        await grains.Project(code) is { } project && await project.Verification(person.Actor, cancellationToken) is { } report
            ? TypedResults.Ok(new VerificationView(report.FirstBroken is null, report.Facts, report.FirstBroken, report.Head, report.Unerased))
            : new Refused(Refusal.Of("project-not-found"));
}

/// <summary>Takes a free text out of the record.</summary>
/// <param name="Text">The text's name in the fact's data: <c>reason</c>.</param>
/// <param name="Reason">Why; a free text itself.</param>
public sealed record RedactionBody(string Text, string Reason);

/// <summary>What a verification found.</summary>
/// <param name="Valid">Whether every fact is where and as it was recorded, and every empty text redacted.</param>
/// <param name="Facts">How many facts there are.</param>
/// <param name="FirstBroken">Sequence of the first fact that is not.</param>
/// <param name="Head">The chain's last hash, in hexadecimal.</param>
/// <param name="Unerased">Sequences of the facts that have a text in the store still though it is redacted: it is yet to be erased. No fault of the record.</param>
public sealed record VerificationView(bool Valid, long Facts, long? FirstBroken, string Head, ImmutableArray<long> Unerased);
