using Agency.EventSourcing;

namespace Agency.Silo.Clocks;

/// <summary>A store that commits nothing while the clock cannot be believed.</summary>
internal sealed class GuardedEventStore(IEventStore store, ClockGuard guard) : IEventStore
{
    public int Shards => store.Shards;

    /// <exception cref="ClockMovedException">The clock cannot be believed; nothing is stored.</exception>
    public async Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken = default)
    {
        var now = guard.Look();
        ClockMovedException.ThrowUnless(now);
        var outcome = await store.Commit(commit, cancellationToken);
        if (outcome == CommitOutcome.Committed) guard.Recorded(now.Now);
        return outcome;
    }

    public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default) => store.Read(stream, after, cancellationToken);

    public IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken = default) => store.Summaries(kind, shard, cancellationToken);

    public IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken = default) => store.Markers(kind, shard, cancellationToken);

    public Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken = default) => store.DeleteMarkers(markers, cancellationToken);

    public Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default) => store.FindKey(stream, key, cancellationToken);

    public Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken = default) => store.DeleteExpiredKeys(instant, cancellationToken);

    public Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken = default) => store.Redact(stream, version, text, traces, cancellationToken);
}

/// <summary>Rows of which none is written while the clock cannot be believed. What is deleted or erased is gone whatever the clock says.</summary>
internal sealed class GuardedRowStore(IRowStore rows, ClockGuard guard) : IRowStore
{
    public Task<Row?> Get(RowKey key, CancellationToken cancellationToken = default) => rows.Get(key, cancellationToken);

    public Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => Guarded.Create(key, bytes, cancellationToken);

    public Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken = default) => Guarded.Replace(key, bytes, tag, cancellationToken);

    public Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => Guarded.Put(key, bytes, cancellationToken);

    public Task<bool> Delete(RowKey key, string? tag = null, CancellationToken cancellationToken = default) => rows.Delete(key, tag, cancellationToken);

    public Task<bool> Erase(RowKey key, string? tag = null, ReadOnlyMemory<byte>? leaving = null, CancellationToken cancellationToken = default) => rows.Erase(key, tag, leaving, cancellationToken);

    public Task<IReadOnlyList<Row>> List(string partition, string? after = null, string? before = null, int limit = IRowStore.MaxPage, CancellationToken cancellationToken = default) =>
        rows.List(partition, after, before, limit, cancellationToken);

    private IRowStore Guarded
    {
        get
        {
            ClockMovedException.ThrowUnless(guard.Look());
            return rows;
        }
    }
}
