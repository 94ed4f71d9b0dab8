using Agency.EventSourcing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file in a directory that this process has to itself.</summary>
internal sealed class SqliteEventStore : IServiceStore, IStoreHealth, IAsyncDisposable
{
    // Many expired keys are deleted in several transactions, so that no commit waits long.
    private const int KeysAtOnce = 1000;

    private readonly SqliteDirectory _directory;
    private readonly SqliteWriter _writer;
    private readonly SqliteReader _reader;

    private SqliteEventStore(SqliteDirectory directory, SqliteWriter writer, SqliteReader reader) =>
        (_directory, _writer, _reader, Rows) = (directory, writer, reader, new SqliteRowStore(writer, reader));

    /// <summary>The rows of the same file.</summary>
    public IRowStore Rows { get; }

    public int Shards => _reader.Shards;

    public IStoreHealth Health => this;

    public bool Healthy => _writer.Healthy;

    public string? Reason => _writer.Reason;

    /// <summary>How many transactions were needed for all that has been written since it was opened.</summary>
    internal long Transactions => _writer.Transactions;

    /// <summary>Opens the store, or makes it if there is none.</summary>
    /// <exception cref="StartupException">Why it cannot be opened, in one sentence; the files were left as they were.</exception>
    public static SqliteEventStore Open(SqliteStoreOptions options, TimeProvider clock, ILogger<SqliteEventStore> logger)
    {
        var directory = SqliteDirectory.Open(options, clock);
        try
        {
            var writer = new SqliteWriter(OpenWriter, options.QueueLimit, clock, logger);
            return new(directory, writer, new(directory.StoreFile, options.Shards));
        }
        catch (SqliteException e)
        {
            directory.Dispose();
            throw SqliteDirectory.Refused(directory.StoreFile, e);
        }

        SqliteSession OpenWriter()
        {
            var session = directory.OpenWriter();
            options.WriterOpened?.Invoke(session);
            return session;
        }
    }

    public async Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        commit.Validate();
        return await _writer.Do(session => SqliteCommits.Write(session, commit, Shards), commit.Summary.Length + commit.Facts.Sum(f => f.Bytes.Length));
    }

    public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default) =>
        _reader.Read(stream, after, cancellationToken);

    public IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken = default) =>
        _reader.Summaries(kind, shard, cancellationToken);

    public IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken = default) =>
        _reader.Markers(kind, shard, cancellationToken);

    public Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default) =>
        _reader.FindKey(stream, key, cancellationToken);

    public async Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _writer.Do(session => SqliteCommits.DeleteMarkers(session, markers, Shards));
    }

    public async Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken = default)
    {
        for (var deleted = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var some = await _writer.Do(session => SqliteCommits.DeleteExpiredKeys(session, instant, KeysAtOnce));
            deleted += some;
            if (some < KeysAtOnce) return deleted;
        }
    }

    public async Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _writer.Do(session => SqliteCommits.Redact(session, stream, version, text, traces, Shards), erases: true);
    }

    /// <inheritdoc cref="SqliteReader.LastRecorded"/>
    public Task<DateTimeOffset?> LastRecorded(CancellationToken cancellationToken = default) => _reader.LastRecorded(cancellationToken);

    /// <summary>Writes what was accepted, closes the file, and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _writer.DisposeAsync();
        _directory.Dispose();
    }
}
