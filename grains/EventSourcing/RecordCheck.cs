using System.Runtime.CompilerServices;

namespace Agency.EventSourcing;

/// <summary>A stream's head as an anchor has it.</summary>
/// <param name="Hash">The chain's hash at this version, in hexadecimal (small letters).</param>
public sealed record AnchoredHead(StreamId Stream, long Version, string Hash);

/// <summary>What each stream is looked at for beside its being whole.</summary>
public interface IStreamLook
{
    /// <param name="stream">The stream.</param>
    /// <param name="summary">Its summary; null if there is none, or the stream is not whole.</param>
    /// <param name="facts">Its facts as far as they can be read; at least those that the summary sums up.</param>
    IAsyncEnumerable<RecordFinding> Look(StreamId stream, StoredSummary? summary, IReadOnlyList<StoredFact> facts, CancellationToken cancellationToken);
}

/// <summary>Looks through a whole store and names every stream that is not whole, once, with its first bad fact. It holds one stream at a time
/// in memory, and works beside the service: what is committed meanwhile is not looked at.</summary>
/// <param name="store">The store.</param>
/// <param name="look">What else each stream is looked at for; null: for nothing.</param>
public sealed class RecordCheck(IFactReader store, IStreamLook? look = null)
{
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>How many streams have been looked through.</summary>
    public long Streams { get; private set; }

    /// <summary>How many facts have been looked at.</summary>
    public long Facts { get; private set; }

    /// <summary>How many streams were found broken, whatever else was looked for; each name that is no stream's counts as one.</summary>
    public int Broken => _named.Count;

    /// <summary>What the streams themselves show: gaps, broken chains, other texts, a summary that is missing or of another version, and texts that are empty without
    /// a redaction; as no fault, redacted texts that are still there; and last what is stored where no stream has anything.</summary>
    public async IAsyncEnumerable<RecordFinding> Findings([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var head in store.Heads(cancellationToken))
        {
            // Read first, so that of what it sums up no fact can be missing.
            var summary = look is null ? null : await store.FindSummary(head.Stream, cancellationToken);
            var (check, facts) = (new StreamCheck(head.Stream), new List<StoredFact>());
            var unreadable = await Read(head, check, look is null ? null : facts, cancellationToken);
            Streams++;
            Facts += check.Facts;
            var fault = check.Fault ?? unreadable ?? OfSummary(head) ?? check.Emptied;
            if (fault is not null && _named.Add(fault.Stream)) yield return fault;
            foreach (var note in check.Unerased) yield return note;
            if (look is null) continue;
            await foreach (var more in look.Look(head.Stream, fault is null ? summary : null, facts, cancellationToken)) yield return more;
        }

        await foreach (var stray in store.Strays(cancellationToken))
        {
            if (_named.Add(stray.Name)) yield return new(stray.Name, stray.Version, stray.What);
        }
    }

    /// <summary>What an anchor shows: facts missing at a stream's end, and facts that were changed together with all hashes after them.</summary>
    /// <param name="name">The anchor's name, for the operator.</param>
    /// <param name="heads">Its heads, in order of the streams' names (ordinal).</param>
    /// <param name="before">The heads, in the same order, of an earlier anchor for which this has been asked; null if there is none.</param>
    public async IAsyncEnumerable<RecordFinding> Findings(
        string name, IAsyncEnumerable<AnchoredHead> heads, IAsyncEnumerable<AnchoredHead>? before = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var earlier = (before ?? AsyncEnumerable.Empty<AnchoredHead>()).GetAsyncEnumerator(cancellationToken);
        var more = await earlier.MoveNextAsync();
        await foreach (var head in heads.WithCancellation(cancellationToken))
        {
            while (more && string.CompareOrdinal(earlier.Current.Stream.ToString(), head.Stream.ToString()) < 0) more = await earlier.MoveNextAsync();
            var known = more && earlier.Current.Stream == head.Stream ? earlier.Current : null;
            if (head == known || _named.Contains(head.Stream.ToString())) continue;
            if (await Against(name, head, known, cancellationToken) is { } fault && _named.Add(fault.Stream)) yield return fault;
        }
    }

    // What lies where a stream's facts do, and is none, breaks the stream like a fact that was changed.
    private async Task<RecordFinding?> Read(StreamHead head, StreamCheck check, List<StoredFact>? facts, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var fact in store.Read(head.Stream, 0, cancellationToken))
            {
                // A text is read as it is now: its redaction may have been recorded after the head was read.
                if (fact.Version > head.Version) check.Later(fact);
                else check.Add(fact);
                facts?.Add(fact);
            }

            return null;
        }
        catch (InvalidDataException)
        {
            return new(head.Stream, check.Facts + 1, "what is stored there is no fact");
        }
    }

    private static RecordFinding? OfSummary(StreamHead head) =>
        head.Summary == head.Version ? null
        : head.Summary is not { } summary ? new(head.Stream, 1, $"the stream has {head.Version} facts and no summary")
        : summary > head.Version ? new(head.Stream, head.Version + 1, $"the fact is missing; the stream's summary is at {summary}")
        : new(head.Stream, summary + 1, $"the stream's summary is at {summary}, its facts go to {head.Version}");

    private async Task<RecordFinding?> Against(string name, AnchoredHead head, AnchoredHead? known, CancellationToken cancellationToken)
    {
        if (await store.FindHash(head.Stream, head.Version, cancellationToken) is { } hash)
        {
            if (Convert.ToHexStringLower(hash.Span) == head.Hash) return null;
            // What an earlier anchor has found at its place is good up to there.
            var first = known is not null && known.Version < head.Version ? known.Version + 1 : 1;
            return new(head.Stream, first, first == head.Version ? $"the fact is another than in {name}" : $"one of the facts {first} to {head.Version} is another than in {name}");
        }

        var missing = 1L;
        await foreach (var fact in store.Read(head.Stream, 0, cancellationToken))
        {
            if (fact.Version != missing) break;
            missing++;
        }

        return new(head.Stream, missing, missing == 1 ? $"the stream is missing; {name} has it with {head.Version} facts" : $"the fact is missing; {name} has the stream with {head.Version} facts");
    }
}
