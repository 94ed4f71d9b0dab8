using Agency.EventSourcing;

namespace Agency.Tests.Api.Records;

/// <summary>A store that lets go of no text.</summary>
internal sealed class Unerasing(IEventStore store) : IEventStore
{
    public int Shards => store.Shards;

    public Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken) => store.Commit(commit, cancellationToken);

    public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after, CancellationToken cancellationToken) => store.Read(stream, after, cancellationToken);

    public IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken) => store.Summaries(kind, shard, cancellationToken);

    public IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken) => store.Markers(kind, shard, cancellationToken);

    public Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken) => store.DeleteMarkers(markers, cancellationToken);

    public Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken) => store.FindKey(stream, key, cancellationToken);

    public Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken) => store.DeleteExpiredKeys(instant, cancellationToken);

    public Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken) =>
        throw new StoreUnavailableException("The disk is full.");
}
