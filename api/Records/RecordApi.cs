using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Records;

/// <summary>The record of what has one of its own: read, verified, and redacted.</summary>
internal static class RecordApi
{
    /// <summary>Maps the routes of a record under <c>/{id}/history</c>.</summary>
    /// <param name="thing">What it is the record of, as names of operations have it.</param>
    /// <param name="record">The thing's grain; null: its id can be none.</param>
    /// <param name="notFound">What is answered where there is none, or none for the actor.</param>
    public static void MapRecord(this RouteGroupBuilder group, string thing, Func<IGrainFactory, string, IRecordGrain?> record, Func<string, Refused> notFound)
    {
        group.MapGet("/{id}/history", async Task<Results<Tagged<Page<HistoryView>>, Refused>> (string id, [AsParameters] ListQuery list, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
                await record(grains, id).Page(list, person.Actor, cancellationToken) is { } page ? page : notFound(id))
            .WithName($"View{thing}History")
            .WithSummary("Every recorded fact, in the order of recording.");
        group.MapGet("/{id}/history/verification", async Task<Results<Ok<VerificationView>, Refused>> (string id, ActingPerson person, IGrainFactory grains, CancellationToken cancellationToken) =>
                await record(grains, id).Verified(person.Actor, cancellationToken) is { } report ? report : notFound(id))
            .WithName($"Verify{thing}History")
            .WithSummary("Whether the record's hash chain holds, computed anew, and every empty text is redacted.");
        group.MapPost("/{id}/history/{sequence:long}/redaction", async Task<Results<Tagged<RedactionView>, Refused>> (string id, long sequence, RedactionBody body, CommandContext command, IGrainFactory grains) =>
                record(grains, id) is { } found ? (await found.Redact(sequence, body, command)).ToStep(v => v) : notFound(id))
            .WithName($"Redact{thing}Text")
            .WithSummary("遮蔽: takes a free text out of the record for good; the chain still holds, and the history says by whom and why.");
    }

    /// <summary>A page of the history; null where there is none for the actor.</summary>
    internal static async Task<Tagged<Page<HistoryView>>?> Page(this IRecordGrain? record, ListQuery list, Actor actor, CancellationToken cancellationToken)
    {
        list.SortBy();
        var after = list.After<HistoryPlace>()?.Sequence ?? 0;
        if (record is null || await record.History(after, list.Size, actor, cancellationToken) is not { } page) return null;
        var more = page.Entries.Length > 0 && page.Entries[^1].Sequence < page.Total;
        var items = page.Entries.Select(HistoryView.Of).ToList();
        return new(new(items, more ? list.CursorAfter(new HistoryPlace(page.Entries[^1].Sequence)) : null, page.Total), page.Total);
    }

    /// <summary>What a verification found; null where there is no record for the actor.</summary>
    internal static async Task<Ok<VerificationView>?> Verified(this IRecordGrain? record, Actor actor, CancellationToken cancellationToken) =>
        record is not null && await record.Verification(actor, cancellationToken) is { } report
            ? TypedResults.Ok(new VerificationView(report.FirstBroken is null, report.Facts, report.FirstBroken, report.Head, report.Unerased))
            : null;

    internal static Task<Answer<RedactionView>> Redact(this IRecordGrain record, long sequence, RedactionBody body, CommandContext command) =>
        record.Redact(sequence, body.Text, command.Act() with { Texts = Act.NoTexts.Add(Act.Reason, body.Reason) });

    private sealed record HistoryPlace(long Sequence);
}
