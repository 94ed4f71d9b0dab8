namespace Agency.EventSourcing;

/// <summary>Append-only streams of facts, and what must be stored in the same instant with them. Every implementation passes
/// the one contract suite (EventStoreContract); a store adds no rule of its own.</summary>
/// <remarks>
/// <para>Contention is a value, breakage an exception: <see cref="StoreUnavailableException"/> when the medium fails, and then the
/// outcome of a commit under way is unknown. A commit that has begun is not cancelled.</para>
/// <para>Streams of the kind <c>project</c> are spread over the store's shards by a stable hash of the id, every other kind has
/// the one shard 0 (<see cref="Sharding"/>). Shard count and hash are written into the store when it is made.</para>
/// <para>A taken key outweighs a stale version: whoever repeats a command that is already in learns so at once, at whatever version
/// the stream has arrived since, and need not decide it anew. <see cref="CommitOutcome.VersionConflict"/> thus also says that the
/// key is free. A key is taken until its record is deleted, even when it has expired.</para>
/// <para>All members may be called at the same time from many threads.</para>
/// </remarks>
public interface IEventStore
{
    /// <summary>Into how many shards the kind <c>project</c> is spread.</summary>
    int Shards { get; }

    /// <summary>Stores all of <paramref name="commit"/> or nothing of it.</summary>
    /// <param name="cancellationToken">Honoured until the commit begins.</param>
    /// <exception cref="ArgumentException">It is no commit (<see cref="EventSourcing.Commit.Validate"/>); nothing is stored.</exception>
    /// <exception cref="StoreUnavailableException">The medium failed; whether the commit is in is unknown.</exception>
    Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken = default);

    /// <summary>The facts of <paramref name="stream"/> with a version above <paramref name="after"/>, oldest first, their texts in order of name (ordinal); none if
    /// there is no such stream. Of a commit all facts are read or none.</summary>
    IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default);

    /// <summary>The summaries of a kind's shard, in order of stream id (ordinal).</summary>
    IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken = default);

    /// <summary>The markers of a kind's shard, in order of stream id (ordinal), oldest commit of each stream first: commits whose side
    /// effects are not known to be done.</summary>
    IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken = default);

    /// <summary>Deletes markers; those already gone are no error.</summary>
    Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken = default);

    /// <summary>The idempotency record that was committed to <paramref name="stream"/>'s shard under <paramref name="key"/>; null if none.</summary>
    Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default);

    /// <summary>Deletes idempotency records that expired before <paramref name="instant"/>; answers how many.</summary>
    Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken = default);

    /// <summary>Deletes the value and the salt of a free text; the fact, which holds its salted hash, stays as it is. With it, in the same
    /// instant, goes what idempotency records may tell of it; the keys stay taken. A repeat is no error; false if there is no such text.</summary>
    Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken = default);
}

/// <summary>One command's facts with all that is stored in the same instant.</summary>
/// <param name="Stream">The stream that grows.</param>
/// <param name="ExpectedVersion">The version of the stream's last fact as the writer knows it; 0 for a new stream.</param>
/// <param name="Facts">1 to <see cref="MaxFacts"/> facts with versions from <paramref name="ExpectedVersion"/> + 1 on, without a gap.</param>
/// <param name="Summary">The stream's summary after these facts; takes the place of the one before.</param>
/// <param name="Key">The idempotency record of the command, if it came with a key.</param>
/// <param name="Marked">Whether a marker is left, at the version of the last fact, for side effects to be done later.</param>
public sealed record Commit(StreamId Stream, long ExpectedVersion, IReadOnlyList<StoredFact> Facts, ReadOnlyMemory<byte> Summary, IdempotencyRecord? Key = null, bool Marked = false)
{
    /// <summary>The most facts that a commit may hold.</summary>
    public const int MaxFacts = 256;

    /// <summary>The most bytes that a commit may hold: facts, texts, summary and idempotency record together (900 KiB).</summary>
    public const int MaxBytes = 900 * 1024;

    public long Version => ExpectedVersion + Facts.Count;

    /// <summary>Throws when the commit is not one: a mistake of the caller, found before anything is stored.</summary>
    /// <exception cref="ArgumentException">No facts or too many, versions with a gap, or too many bytes.</exception>
    public void Validate()
    {
        if (Facts.Count is 0 or > MaxFacts)
            throw new ArgumentException($"A commit to {Stream} has {Facts.Count} facts; 1 to {MaxFacts} are possible.");
        for (var i = 0; i < Facts.Count; i++)
        {
            if (Facts[i].Version != ExpectedVersion + 1 + i)
                throw new ArgumentException($"A commit to {Stream} has version {Facts[i].Version} where {ExpectedVersion + 1 + i} follows.");
        }

        var bytes = Summary.Length + (Key?.Answer.Length ?? 0) + Facts.Sum(f => f.Bytes.Length + f.Texts.Sum(t => (t.Value?.Length ?? 0) * 3));
        if (bytes > MaxBytes)
            throw new ArgumentException($"A commit to {Stream} has {bytes} bytes; {MaxBytes} are possible.");
    }
}

/// <summary>What became of a commit.</summary>
public enum CommitOutcome
{
    /// <summary>Stored, durably.</summary>
    Committed,

    /// <summary>Nothing stored: the stream is not at the expected version, and the idempotency key, if any, is free.</summary>
    VersionConflict,

    /// <summary>Nothing stored: the idempotency key is taken, whatever the stream's version.</summary>
    KeyTaken,
}

/// <summary>A fact as every store holds it.</summary>
/// <param name="Version">Place in the stream, from 1 without gaps.</param>
/// <param name="Bytes">Envelope and payload, the same bytes in every store, never changed (<see cref="FactCodec{TFact}"/>).</param>
/// <param name="Hash">The chain's hash up to and with this fact, 32 bytes (<see cref="HashChain"/>).</param>
/// <param name="Texts">The free texts that lie beside the fact; the fact itself holds their salted hashes.</param>
public sealed record StoredFact(long Version, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Hash, IReadOnlyList<StoredText> Texts);

/// <summary>A free text beside its fact.</summary>
/// <param name="Name">Its name within the fact: <c>reason</c>, <c>lateReason</c>, …</param>
/// <param name="Salt">16 random bytes; null once redacted.</param>
/// <param name="Value">The text; null once redacted.</param>
public sealed record StoredText(string Name, ReadOnlyMemory<byte>? Salt, string? Value);

/// <summary>The idempotency records that may tell of a text when it is redacted; a command without one is no error.</summary>
/// <param name="Brought">Key of the command that brought the text: its answer is emptied, and its body's hash, by which the text could be guessed.</param>
/// <param name="Since">Keys of the stream's commands after it, up to the redaction: their answers, in which the text may stand, are emptied.</param>
public sealed record TextTraces(string Brought, IReadOnlyList<string> Since);

/// <summary>A stream's summary as of a version.</summary>
public sealed record StoredSummary(StreamId Stream, long Version, ReadOnlyMemory<byte> Bytes);

/// <summary>Stands until the side effects of the commit that ended at <paramref name="Version"/> are done.</summary>
[GenerateSerializer, Immutable, Alias("agency.marker")]
public sealed record Marker([property: Id(0)] StreamId Stream, [property: Id(1)] long Version);

/// <summary>What is remembered of a command that came with an idempotency key.</summary>
/// <param name="Key">Hash over actor, method, path and the client's key.</param>
/// <param name="BodyHash">SHA-256 of the request's body: the same key with another body is refused. Empty once a text of the body was redacted.</param>
/// <param name="Answer">What was answered, to be answered again. Empty once a text that it may tell was redacted.</param>
/// <param name="Expires">When the record may be deleted.</param>
public sealed record IdempotencyRecord(string Key, ReadOnlyMemory<byte> BodyHash, ReadOnlyMemory<byte> Answer, DateTimeOffset Expires);

/// <summary>The store's medium fails: a full disk, a lost connection. What was acknowledged stays; the caller may come again later.</summary>
[GenerateSerializer, Alias("agency.store-unavailable")]
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
