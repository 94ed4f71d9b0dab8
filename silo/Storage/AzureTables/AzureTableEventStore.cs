using Agency.EventSourcing;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>The store of a cluster: two tables of an Azure account, in which all silos write. Each partition is a shard of a kind; a commit is one
/// transaction in it, at most four rows. docs/storage.md has the layout.</summary>
internal sealed class AzureTableEventStore : IServiceStore
{
    private readonly AzureTableStoreOptions _options;
    private readonly AzureTableHealth _health;
    private readonly AzureTable _streams;
    private readonly AzureTable _rows;
    private readonly TimeProvider _clock;
    private readonly AzureTableReader _reader;
    private readonly AzureTableCommits _commits;
    private readonly AzureTableErasing _erasing;
    private readonly RecordedRow _recorded;

    /// <summary>Sends nothing yet: <see cref="Prepare"/> is to be called before anything else.</summary>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    public AzureTableEventStore(AzureTableStoreOptions options, TimeProvider clock, ILogger<AzureTableEventStore> logger)
    {
        options.Validate();
        (_options, _clock, _health) = (options, clock, new(logger));
        (_streams, _rows) = (new(options, options.StreamsTable, _health), new(options, options.RowsTable, _health));
        _reader = new(_streams, options.Shards);
        _commits = new(_streams, _reader, options.RememberedStreams);
        _erasing = new(_streams, _reader);
        _recorded = new(_streams);
        Rows = new AzureTableRowStore(_rows);
    }

    public int Shards => _options.Shards;

    /// <summary>The rows in the account's other table.</summary>
    public IRowStore Rows { get; }

    public IStoreHealth Health => _health;

    public IFactReader Reader => _reader;

    /// <summary>Makes the tables and the store, if they are not there, and looks whether the store is one of these settings.</summary>
    /// <exception cref="StartupException">Why it cannot be used, in one sentence.</exception>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        try
        {
            await _streams.Make(cancellationToken);
            await _rows.Make(cancellationToken);
            Check(await Made(cancellationToken));
        }
        catch (StoreUnavailableException e)
        {
            throw new StartupException($"{e.Message} Look whether it runs, and whether {_options.AccountSection(AzureTableStoreOptions.Section)} names it and the right to enter it.", e);
        }
    }

    /// <summary>Writes something that means nothing, so that a storage that works again is noticed.</summary>
    /// <exception cref="StoreUnavailableException">It does not work yet.</exception>
    public Task Touch() => _streams.Write(new TableTransactionAction(TableTransactionActionType.UpsertMerge, new TableEntity(Keys.Store, "touched") { ["Write"] = Guid.NewGuid() }));

    public async Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        commit.Validate();
        if (FactJson.RecordedAt(commit.Facts[^1].Bytes) is { } at) await _recorded.Note(at, cancellationToken);
        return await _commits.Commit(commit, cancellationToken);
    }

    /// <inheritdoc cref="RecordedRow"/>
    public Task<DateTimeOffset?> LastRecorded(CancellationToken cancellationToken = default) => _recorded.Find(cancellationToken);

    public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default) => _reader.Read(stream, after, cancellationToken);

    public IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken = default) => _reader.Summaries(kind, shard, cancellationToken);

    public IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken = default) => _reader.Markers(kind, shard, cancellationToken);

    public Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken = default) => _erasing.DeleteMarkers(markers, cancellationToken);

    public Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default) => _reader.FindKey(stream, key, cancellationToken);

    public Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken = default) => _erasing.DeleteExpiredKeys(instant, cancellationToken);

    public Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken = default) =>
        _erasing.Redact(stream, version, text, traces, cancellationToken);

    // Of several silos that start at once one makes it, the others find it.
    private async Task<TableEntity> Made(CancellationToken cancellationToken)
    {
        var row = MadeRow.Of(Shards, _clock.GetUtcNow());
        if (await _streams.Get(row.PartitionKey, row.RowKey, null, cancellationToken) is { } found) return found;
        try
        {
            await _streams.Write(new TableTransactionAction(TableTransactionActionType.Add, row));
            return row;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return await _streams.Get(row.PartitionKey, row.RowKey, null, cancellationToken) ?? throw new StartupException($"The store in the table {_options.StreamsTable} is being deleted: choose another table, or start again later.", e);
        }
    }

    private void Check(TableEntity made)
    {
        if (MadeRow.Recognize(made, _options.StreamsTable) is var shards && shards != Shards)
            throw new StartupException($"The store in the table {_options.StreamsTable} was made with {shards} shards: set {AzureTableStoreOptions.Section}:{nameof(AzureTableStoreOptions.Shards)} to {shards} (it is {Shards}).");
    }
}
