using System.Text;
using Agency.EventSourcing;

namespace Agency.Tests.Silo.Storage;

/// <summary>What the tests of every store need. Each test takes streams of its own, so that a subclass may give them all the same store.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    protected IEventStore Store { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A store of 64 shards.</summary>
    protected abstract Task<IEventStore> Open();

    public async ValueTask InitializeAsync() => await OpenStore();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes what <see cref="Open"/> opens the store that is tested.</summary>
    protected async Task OpenStore() => Store = await Open();

    /// <summary>A stream that nobody else has.</summary>
    protected static StreamId NewStream(string kind = "project") => new(kind, Guid.NewGuid().ToString("N"));

    /// <summary>A stream of its own in the same shard as <paramref name="other"/>, or in another one.</summary>
    protected StreamId NewStreamBeside(StreamId other, bool sameShard = true)
    {
        while (true)
        {
            var stream = NewStream(other.Kind);
            if (Sharding.Of(stream, Store.Shards) == Sharding.Of(other, Store.Shards) == sameShard) return stream;
        }
    }

    /// <summary>Of a text that came with no key, and after which none came.</summary>
    protected static TextTraces Untold { get; } = new("no key", []);

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected static StoredFact Fact(StreamId stream, long version, string content = "{}", params (string Name, string Value)[] texts) => new(
        version,
        Utf8(content),
        HashChain.Next(HashChain.Start(stream), stream, version, Utf8(content)),
        [.. texts.Select(t => new StoredText(t.Name, Utf8($"salt of {t.Name}"), t.Value))]);

    protected static Commit Next(StreamId stream, long expected = 0, int facts = 1, string summary = "{}", string? key = null, bool marked = false) => new(
        stream,
        expected,
        [.. Enumerable.Range(1, facts).Select(i => Fact(stream, expected + i, $"fact {expected + i}"))],
        Utf8(summary),
        key is null ? null : Key(key),
        marked);

    protected static IdempotencyRecord Key(string key, int day = 1) =>
        new(key, Utf8($"hash of {key}"), Utf8($"answer to {key}"), new(2026, 3, day, 9, 0, 0, TimeSpan.FromHours(8)));

    protected async Task Commit(Commit commit) => Assert.Equal(CommitOutcome.Committed, await Store.Commit(commit, Cancellation));

    protected async Task Answers(CommitOutcome expected, Commit commit) => Assert.Equal(expected, await Store.Commit(commit, Cancellation));

    protected Task<List<StoredFact>> Facts(StreamId stream, long after = 0) => All(Store.Read(stream, after, Cancellation));

    protected async Task<IEnumerable<string>> Contents(StreamId stream, long after = 0) =>
        (await Facts(stream, after)).Select(f => Encoding.UTF8.GetString(f.Bytes.Span));

    protected Task<List<StoredSummary>> Summaries(StreamId beside) => All(Store.Summaries(beside.Kind, Sharding.Of(beside, Store.Shards), Cancellation));

    protected async Task<string?> Summary(StreamId stream) =>
        (await Summaries(stream)).SingleOrDefault(s => s.Stream == stream) is { } summary ? $"{summary.Version}: {Encoding.UTF8.GetString(summary.Bytes.Span)}" : null;

    protected async Task<IEnumerable<long>> Markers(StreamId stream) =>
        (await All(Store.Markers(stream.Kind, Sharding.Of(stream, Store.Shards), Cancellation))).Where(m => m.Stream == stream).Select(m => m.Version);

    protected static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items) all.Add(item);
        return all;
    }
}
