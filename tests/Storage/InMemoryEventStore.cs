using System.Runtime.CompilerServices;
using Agency.EventSourcing;

namespace Agency.Tests.Storage;

/// <summary>A store for unit tests: it lasts as long as the object, so that two clusters may share it, one after the other.</summary>
public sealed class InMemoryEventStore(int shards = Sharding.DefaultShards) : IEventStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StreamId, List<StoredFact>> _facts = [];
    private readonly Dictionary<StreamId, StoredSummary> _summaries = [];
    private readonly Dictionary<(string Kind, int Shard, string Key), IdempotencyRecord> _keys = [];
    private readonly HashSet<Marker> _markers = [];

    public int Shards => shards;

    /// <summary>Called before a commit; what it throws comes out, and nothing is stored.</summary>
    public Action<Commit>? BeforeCommit { get; set; }

    /// <summary>Called after a commit that went in; what it throws comes out, though all is stored.</summary>
    public Action<Commit>? AfterCommit { get; set; }

    public Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken = default) => Now(
        () =>
        {
            commit.Validate();
            BeforeCommit?.Invoke(commit);
            lock (_gate)
            {
                if (commit.Key is { } taken && _keys.ContainsKey(Place(commit.Stream, taken.Key))) return CommitOutcome.KeyTaken;
                var facts = _facts.GetValueOrDefault(commit.Stream) ?? [];
                if (facts.Count != commit.ExpectedVersion) return CommitOutcome.VersionConflict;
                facts.AddRange(commit.Facts.Select(f => f with { Texts = [.. f.Texts.OrderBy(t => t.Name, StringComparer.Ordinal)] }));
                _facts[commit.Stream] = facts;
                _summaries[commit.Stream] = new(commit.Stream, commit.Version, commit.Summary);
                if (commit.Key is { } key) _keys.Add(Place(commit.Stream, key.Key), key);
                if (commit.Marked) _markers.Add(new(commit.Stream, commit.Version));
            }

            AfterCommit?.Invoke(commit);
            return CommitOutcome.Committed;
        },
        cancellationToken);

    public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default) =>
        Each(() => _facts.GetValueOrDefault(stream)?.Where(f => f.Version > after) ?? [], cancellationToken);

    public IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken = default) =>
        Each(() => _summaries.Values.Where(s => In(s.Stream, kind, shard)).OrderBy(s => s.Stream.Id, StringComparer.Ordinal), cancellationToken);

    public IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken = default) =>
        Each(() => _markers.Where(m => In(m.Stream, kind, shard)).OrderBy(m => m.Stream.Id, StringComparer.Ordinal).ThenBy(m => m.Version), cancellationToken);

    public Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken = default) => Locked(
        () =>
        {
            _markers.ExceptWith(markers);
            return true;
        },
        cancellationToken);

    public Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default) =>
        Locked(() => _keys.GetValueOrDefault(Place(stream, key)), cancellationToken);

    public Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken = default) =>
        Locked(() => _keys.Where(k => k.Value.Expires < instant).ToList().Count(k => _keys.Remove(k.Key)), cancellationToken);

    public Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken = default) => Locked(
        () =>
        {
            foreach (var key in traces.Since.Append(traces.Brought).Where(k => _keys.ContainsKey(Place(stream, k))))
                _keys[Place(stream, key)] = _keys[Place(stream, key)] with { Answer = default, BodyHash = key == traces.Brought ? default : _keys[Place(stream, key)].BodyHash };
            var facts = _facts.GetValueOrDefault(stream) ?? [];
            var at = facts.FindIndex(f => f.Version == version && f.Texts.Any(t => t.Name == text));
            if (at < 0) return false;
            facts[at] = facts[at] with { Texts = [.. facts[at].Texts.Select(t => t.Name == text ? new(text, null, null) : t)] };
            return true;
        },
        cancellationToken);

    private (string Kind, int Shard, string Key) Place(StreamId stream, string key) => (stream.Kind, Sharding.Of(stream, shards), key);

    private bool In(StreamId stream, string kind, int shard) => stream.Kind == kind && Sharding.Of(stream, shards) == shard;

    private static async Task<T> Now<T>(Func<T> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return act();
    }

    private Task<T> Locked<T>(Func<T> act, CancellationToken cancellationToken) => Now(
        () =>
        {
            lock (_gate) return act();
        },
        cancellationToken);

    private async IAsyncEnumerable<T> Each<T>(Func<IEnumerable<T>> select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in await Locked(() => select().ToList(), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
