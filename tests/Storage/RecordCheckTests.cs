using System.Text;
using Agency.EventSourcing;

namespace Agency.Tests.Storage;

public sealed class RecordCheckTests
{
    private static readonly StreamId _stream = new("project", "a");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_that_is_redacted_between_the_head_and_the_facts_is_no_fault()
    {
        var store = new InMemoryEventStore();
        var salt = new byte[16];
        var first = Fact(1, HashChain.Start(_stream), $$$"""{"type":"noted","texts":{"reason":"{{{FactJson.TextHash(salt, "text")}}}"},"data":{}}""", new StoredText("reason", salt, "text"));
        var redaction = Fact(2, first.Hash.Span, """{"type":"text-redacted","data":{"sequence":1,"text":"reason"}}""");
        await store.Commit(new(_stream, 0, [first], new byte[1]), Cancellation);
        var check = new RecordCheck(new Reader(store, new(_stream, 1, first.Hash, 1)));
        Assert.Empty(await check.Findings(Cancellation).ToListAsync(Cancellation));

        await store.Commit(new(_stream, 1, [redaction], new byte[1]), Cancellation);
        await store.Redact(_stream, 1, "reason", new("no key", []), Cancellation);
        Assert.Empty(await check.Findings(Cancellation).ToListAsync(Cancellation));
        Assert.Equal((2, 0), (check.Facts, check.Broken));
    }

    private static StoredFact Fact(long version, ReadOnlySpan<byte> previous, string content, params StoredText[] texts)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new(version, bytes, HashChain.Next(previous, _stream, version, bytes), texts);
    }

    // Knows the head as it was.
    private sealed class Reader(IEventStore store, StreamHead head) : IFactReader
    {
        public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after, CancellationToken cancellationToken) => store.Read(stream, after, cancellationToken);

        public IAsyncEnumerable<StreamHead> Heads(CancellationToken cancellationToken) => new[] { head }.ToAsyncEnumerable();

        public Task<ReadOnlyMemory<byte>?> FindHash(StreamId stream, long version, CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>?>(null);

        public Task<StoredSummary?> FindSummary(StreamId stream, CancellationToken cancellationToken) => Task.FromResult<StoredSummary?>(null);

        public IAsyncEnumerable<Marker> Markers(CancellationToken cancellationToken) => AsyncEnumerable.Empty<Marker>();

        public IAsyncEnumerable<Stray> Strays(CancellationToken cancellationToken) => AsyncEnumerable.Empty<Stray>();

        public Task<string?> FindDamage(CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
