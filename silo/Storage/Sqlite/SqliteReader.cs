using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Agency.EventSourcing;
using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>Reads a store's file, also beside the process that writes it: for verification and the like. Every answer is of one
/// instant; it is read whole before it is handed out, so that a slow taker holds up no checkpoint.</summary>
public sealed class SqliteReader : IFactReader, IDisposable
{
    // What streams commit at about the same time is stored in any order.
    private const int LastFacts = 256;

    private readonly string _file;
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    internal SqliteReader(string file, int shards) => (_file, Shards) = (file, shards);

    /// <inheritdoc cref="IEventStore.Shards"/>
    public int Shards { get; }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default) => Each<StoredFact>(
        """
        SELECT f.version, f.bytes, f.hash, t.name, t.salt, t.value FROM facts f LEFT JOIN texts t ON t.stream = f.stream AND t.version = f.version
        WHERE f.stream = ?1 AND f.version > ?2 ORDER BY f.version, t.name
        """,
        [stream.ToString(), after],
        AddFactOrText,
        cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamHead> Heads([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (object after = ""; ;)
        {
            var page = await Query<SqliteHeads.Row>(SqliteHeads.Page, [after, SqliteHeads.AtOnce], (row, rows) => SqliteHeads.Add(row, rows, Shards), cancellationToken);
            if (page.Count == 0) yield break;
            foreach (var head in page.Select(r => r.Head).OfType<StreamHead>())
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return head;
            }

            after = page[^1].Name;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Stray> Strays([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var strays = await Query<Stray>(SqliteStrays.All, [], (row, found) => SqliteStrays.Add(row, found, Shards), cancellationToken);
        foreach (var stray in strays.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Version)) yield return stray;
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> FindHash(StreamId stream, long version, CancellationToken cancellationToken = default)
    {
        var found = await Query<byte[]>(
            "SELECT hash FROM facts WHERE stream = ?1 AND version = ?2", [stream.ToString(), version], (row, hashes) => hashes.Add(row.GetFieldValue<byte[]>(0)), cancellationToken);
        return found.Count == 0 ? (ReadOnlyMemory<byte>?)null : found[0];
    }

    /// <inheritdoc/>
    public async Task<StoredSummary?> FindSummary(StreamId stream, CancellationToken cancellationToken = default)
    {
        var found = await Query<StoredSummary>(
            "SELECT version, bytes FROM summaries WHERE partition = ?1 AND stream = ?2",
            [Partition(stream, Shards), stream.ToString()],
            (row, summaries) => summaries.Add(new(stream, row.GetInt64(0), row.GetFieldValue<byte[]>(1))),
            cancellationToken);
        return found.SingleOrDefault();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Marker> Markers(CancellationToken cancellationToken = default) => Each<Marker>(
        "SELECT CAST(stream AS BLOB), version FROM markers WHERE typeof(version) = 'integer'",
        [],
        (row, markers) => AddMarker(SqliteStrays.StreamOf(row.GetFieldValue<byte[]>(0)), row.GetInt64(1), markers),
        cancellationToken);

    /// <inheritdoc cref="IEventStore.Summaries"/>
    public IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken = default) => Each<StoredSummary>(
        "SELECT stream, version, bytes FROM summaries WHERE partition = ?1 ORDER BY stream",
        [Partition(kind, shard)],
        (row, summaries) => summaries.Add(new(Stream(kind, row), row.GetInt64(1), row.GetFieldValue<byte[]>(2))),
        cancellationToken);

    /// <inheritdoc cref="IEventStore.Markers"/>
    public IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken = default) => Each<Marker>(
        "SELECT stream, version FROM markers WHERE partition = ?1 ORDER BY stream, version",
        [Partition(kind, shard)],
        (row, markers) => markers.Add(new(Stream(kind, row), row.GetInt64(1))),
        cancellationToken);

    /// <inheritdoc cref="IEventStore.FindKey"/>
    public async Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default)
    {
        var found = await Query<IdempotencyRecord>(
            "SELECT body_hash, answer, expires FROM keys WHERE partition = ?1 AND key = ?2",
            [Partition(stream, Shards), key],
            (row, records) => records.Add(new(key, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1), new(row.GetInt64(2), TimeSpan.Zero))),
            cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>Opens the store of a data directory.</summary>
    /// <exception cref="StartupException">There is none, or it cannot be read; why, in one sentence.</exception>
    public static SqliteReader Open(string dataDirectory)
    {
        var file = Path.Combine(Path.GetFullPath(dataDirectory), SqliteDirectory.FileName);
        try
        {
            using var session = new SqliteSession(file, SqliteOpenMode.ReadOnly);
            SqliteDirectory.Recognize(session, file);
            return new(file, SqliteSchema.Shards(session));
        }
        catch (SqliteException e)
        {
            throw SqliteDirectory.Refused(file, e);
        }
    }

    /// <summary>The latest instant at which one of the last facts was recorded, in the order in which they were stored; null if there is none.</summary>
    internal async Task<DateTimeOffset?> LastRecorded(CancellationToken cancellationToken = default) => (await Query<DateTimeOffset?>(
        "SELECT bytes FROM facts ORDER BY rowid DESC LIMIT ?1", [LastFacts], (row, found) => found.Add(FactJson.RecordedAt(row.GetFieldValue<byte[]>(0))), cancellationToken)).Max();

    /// <inheritdoc/>
    public async Task<string?> FindDamage(CancellationToken cancellationToken = default) =>
        (await Query<string>("PRAGMA quick_check(1)", [], (row, found) => found.Add(row.GetString(0)), cancellationToken)).Find(found => found != "ok");

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session)) session.Dispose();
    }

    internal static string Partition(StreamId stream, int shards) => Partition(stream.Kind, Sharding.Of(stream, shards));

    private static string Partition(string kind, int shard) => $"{kind}-{shard}";

    private static StreamId Stream(string kind, SqliteDataReader row) => new(kind, row.GetString(0)[(kind.Length + 1)..]);

    // A name that is no stream's marks nothing.
    private static void AddMarker(StreamId? stream, long version, List<Marker> markers)
    {
        if (stream is { } of) markers.Add(new(of, version));
    }

    // A fact comes in as many rows as it has texts, but in one if it has none.
    private static void AddFactOrText(SqliteDataReader row, List<StoredFact> facts)
    {
        var version = row.GetInt64(0);
        if (facts.Count == 0 || facts[^1].Version != version)
            facts.Add(new(version, row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), new List<StoredText>()));
        if (!row.IsDBNull(3))
            ((List<StoredText>)facts[^1].Texts).Add(new(row.GetString(3), row.IsDBNull(4) ? null : (ReadOnlyMemory<byte>?)row.GetFieldValue<byte[]>(4), row.IsDBNull(5) ? null : row.GetString(5)));
    }

    private async IAsyncEnumerable<T> Each<T>(string sql, object[] values, Action<SqliteDataReader, List<T>> add, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in await Query(sql, values, add, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    // The driver blocks: off the caller's thread, which may be a grain's.
    internal Task<List<T>> Query<T>(string sql, object[] values, Action<SqliteDataReader, List<T>> add, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            if (_closed) throw new StoreUnavailableException("The store is closed.");
            try
            {
                var session = _idle.TryTake(out var idle) ? idle : new SqliteSession(_file, SqliteOpenMode.ReadOnly);
                try
                {
                    var items = new List<T>();
                    using (var rows = session.Query(sql, values))
                    {
                        while (rows.Read())
                        {
                            cancellationToken.ThrowIfCancellationRequested();
                            add(rows, items);
                        }
                    }

                    Return(ref session);
                    return items;
                }
                finally
                {
                    session?.Dispose();
                }
            }
            catch (SqliteException e)
            {
                throw new StoreUnavailableException($"The store cannot be read: {e.Message}", e);
            }
        },
        cancellationToken);

    // A session that failed, or comes back after the end, is not kept.
    private void Return(ref SqliteSession? session)
    {
        if (_closed) return;
        _idle.Add(session!);
        session = null;
    }
}
