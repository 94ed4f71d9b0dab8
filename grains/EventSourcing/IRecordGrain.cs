using System.Collections.Immutable;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.EventSourcing;

/// <summary>What every thing with a record of its own has: its history, the proof that it is whole, and the redaction of what was written in it.</summary>
/// <remarks>Queries answer null for what does not exist and for what the actor may not see.</remarks>
[Alias("agency.record"), GrainInterfaceType("agency.record")]
public interface IRecordGrain : IGrainWithStringKey
{
    /// <summary>The recorded facts with a sequence above <paramref name="after"/>, oldest first, at most <paramref name="limit"/>.</summary>
    [Alias("history"), ReadOnly]
    Task<HistoryPage?> History(long after, int limit, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Whether the record's hash chain holds, computed anew from the store.</summary>
    [Alias("verification"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ChainReport?> Verification(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Takes a free text out of the record for good (domain 3); that it was, by whom and why, is a fact. Redacted already, no second fact says so, and it is erased again.</summary>
    /// <param name="sequence">The fact that the text is beside.</param>
    /// <param name="text">The text's name.</param>
    [Alias("redact"), ResponseTimeout(LongCall.Patience)]
    Task<Answer<RedactionView>> Redact(long sequence, string text, Act act);
}

/// <summary>A redaction as clients see it.</summary>
/// <param name="Sequence">The fact that the text was beside.</param>
/// <param name="Text">The text's name.</param>
/// <param name="RecordedAs">Sequence of the fact that says so.</param>
[GenerateSerializer, Immutable, Alias("agency.redaction-view")]
public sealed record RedactionView([property: Id(0)] long Sequence, [property: Id(1)] string Text, [property: Id(2)] long RecordedAs);

/// <summary>A part of a record.</summary>
/// <param name="Total">How many facts there are in all; the stream's version.</param>
[GenerateSerializer, Immutable, Alias("agency.history-page")]
public sealed record HistoryPage([property: Id(0)] ImmutableArray<HistoryEntry> Entries, [property: Id(1)] long Total)
{
    /// <param name="corrected">Whether a standing correction changes or voids a fact.</param>
    /// <param name="backFilled">Whether a fact was recorded late.</param>
    internal static HistoryPage Of<TFact>(
        ImmutableArray<Entry<TFact>> entries, FactCodec<TFact> codec, long after, int limit, Func<Entry<TFact>, bool> corrected, Func<Entry<TFact>, bool> backFilled)
        where TFact : class
    {
        return new([.. entries.Skip((int)Math.Clamp(after, 0, entries.Length)).Take(limit).Select(Of)], entries.Length);

        HistoryEntry Of(Entry<TFact> entry) => new(
            entry.Version,
            codec.NameOf(entry.Fact),
            entry.RecordedAt,
            entry.OccurredOn,
            entry.Actor.Id,
            entry.Actor.Role,
            entry.OnBehalfOf,
            entry.CalendarVersion,
            FactJson.Payload(entry.Fact).GetRawText(),
            entry.Texts,
            corrected(entry),
            backFilled(entry));
    }
}

/// <summary>One recorded fact.</summary>
/// <param name="Sequence">Its place in the record, from 1.</param>
/// <param name="Data">The fact itself, as JSON.</param>
/// <param name="Texts">Its free texts; null where redacted.</param>
/// <param name="Corrected">Whether a standing correction changes or voids it.</param>
/// <param name="BackFilled">Whether it was recorded more than one working day after it happened 补录, by its day as corrected.</param>
[GenerateSerializer, Immutable, Alias("agency.history-entry")]
public sealed record HistoryEntry(
    [property: Id(0)] long Sequence,
    [property: Id(1)] string Type,
    [property: Id(2)] DateTimeOffset RecordedAt,
    [property: Id(3)] DateOnly OccurredOn,
    [property: Id(4)] string Actor,
    [property: Id(5)] Role Role,
    [property: Id(6)] string? OnBehalfOf,
    [property: Id(7)] int? CalendarVersion,
    [property: Id(8)] string Data,
    [property: Id(9)] ImmutableSortedDictionary<string, string?> Texts,
    [property: Id(10)] bool Corrected,
    [property: Id(11)] bool BackFilled);
