using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Api.Records;

/// <summary>One fact of a record.</summary>
/// <param name="Sequence">Its place in the record, from 1.</param>
/// <param name="Corrected">Whether a later fact corrects it.</param>
/// <param name="BackFilled">Whether it was recorded more than one working day after it happened 补录.</param>
/// <param name="Data">What happened, free texts included; a redacted one is null.</param>
public sealed record HistoryView(
    long Sequence,
    string Type,
    DateTimeOffset RecordedAt,
    DateOnly OccurredOn,
    string Actor,
    Role Role,
    string? OnBehalfOf,
    int? CalendarVersion,
    bool Corrected,
    bool BackFilled,
    JsonObject Data)
{
    internal static HistoryView Of(HistoryEntry entry)
    {
        var data = JsonSerializer.Deserialize<JsonObject>(entry.Data, FactJson.Options) ?? [];
        foreach (var (name, text) in entry.Texts) data[name] = text;
        return new(entry.Sequence, entry.Type, entry.RecordedAt, entry.OccurredOn, entry.Actor, entry.Role, entry.OnBehalfOf, entry.CalendarVersion, entry.Corrected, entry.BackFilled, data);
    }
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
