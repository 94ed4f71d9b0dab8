using System.Runtime.CompilerServices;
using Agency.EventSourcing;
using Agency.Silo.Storage;
using Agency.Silo.Storage.Anchors;
using Agency.Tests.Silo.Storage.Sqlite;
using Agency.Tests.Storage;

namespace Agency.Tests.Silo.Storage;

/// <summary>A store of another kind than the embedded one, and no console.</summary>
public sealed class StoreVerificationTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly InMemoryEventStore _store = new();
    private readonly List<StreamId> _streams = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task What_is_found_comes_as_findings_and_is_counted()
    {
        await Append("a", "b");
        var directory = new AnchorDirectory(_data.Path);
        var anchor = await directory.Make(new Reader(_store, _streams), TimeProvider.System, Cancellation);
        var (whole, findings) = await Verified(anchor.Hash);
        Assert.Empty(findings);
        Assert.Equal((true, 2, 2, 1, 0, 0, 0), Counts(whole));

        // The second stream is gone without a trace, and another anchor was sent.
        _streams.RemoveAt(1);
        (whole, findings) = await Verified(new string('0', 64), stream => stream.Id == "a");
        Assert.Equal([$"anchor {new string('0', 64)}: it is not here, or no longer as it was", $"project-b 1: the stream is missing; the anchor of {anchor.Day:yyyy-MM-dd} has it with 1 facts"], findings.Select(f => f.What));
        Assert.All(findings, finding => Assert.True(finding.Fault));
        Assert.Equal((false, 1, 1, 1, 1, 1, 0), Counts(whole));
    }

    [Fact]
    public async Task What_is_no_streams_is_a_finding_among_others_and_cannot_look_like_one_that_it_is_not()
    {
        await Append("a", "b");
        List<Stray> strays = [new("project-a", 0, "a"), new("project-a", 2, "named already"), new("zzz", 5, "z"), new("x\n2 streams, 2 facts, 0 anchors: whole\u202e\\", 1, "x")];
        var of = new StoreVerification(new Reader(_store, _streams) { Strayed = strays }, new(_data.Path));
        var findings = await of.Findings(null, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(["project-a 0: a", "'zzz' 5: z", @"'x\u000a2 streams, 2 facts, 0 anchors: whole\u202e\u005c' 1: x"], findings.Select(f => f.What));
        Assert.All(findings, finding => Assert.True(finding.Fault));
        Assert.Equal((false, 2, 2, 0, 3, 0, 0), Counts(of));
    }

    [Fact]
    public async Task A_medium_that_finds_damage_is_not_looked_through()
    {
        var broken = new StoreVerification(new Reader(_store, _streams) { Damage = "page 3\nis gone" }, new(_data.Path));
        var said = await Assert.ThrowsAsync<InvalidDataException>(async () => await broken.Findings(cancellationToken: Cancellation).ToListAsync(Cancellation));
        Assert.Equal("The store is damaged: page 3 is gone", said.Message);
    }

    private static (bool, long, long, int, int, int, int) Counts(StoreVerification of) => (of.Whole, of.Streams, of.Facts, of.Anchors, of.BrokenStreams, of.BrokenAnchors, of.Notes);

    private async Task Append(params string[] ids)
    {
        foreach (var stream in ids.Select(id => new StreamId("project", id)))
        {
            var bytes = "{}"u8.ToArray();
            Assert.Equal(CommitOutcome.Committed, await _store.Commit(new(stream, 0, [new(1, bytes, HashChain.Next(HashChain.Start(stream), stream, 1, bytes), [])], bytes), Cancellation));
            _streams.Add(stream);
        }
    }

    private async Task<(StoreVerification Of, List<Finding> Findings)> Verified(string? kept, Func<StreamId, bool>? there = null)
    {
        var of = new StoreVerification(new Reader(_store, _streams) { There = there ?? (_ => true) }, new(_data.Path));
        return (of, await of.Findings(kept, Cancellation).ToListAsync(Cancellation));
    }

    private sealed class Reader(IEventStore store, List<StreamId> streams) : IFactReader
    {
        public string? Damage { get; init; }

        public Func<StreamId, bool> There { get; init; } = _ => true;

        public List<Stray> Strayed { get; init; } = [];

        public IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, CancellationToken cancellationToken = default) =>
            There(stream) ? store.Read(stream, after, cancellationToken) : AsyncEnumerable.Empty<StoredFact>();

        public async IAsyncEnumerable<StreamHead> Heads([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var stream in streams)
            {
                var last = await store.Read(stream, 0, cancellationToken).LastAsync(cancellationToken);
                yield return new(stream, last.Version, last.Hash, last.Version);
            }
        }

        public async Task<ReadOnlyMemory<byte>?> FindHash(StreamId stream, long version, CancellationToken cancellationToken = default) =>
            (await Read(stream, version - 1, cancellationToken).FirstOrDefaultAsync(cancellationToken))?.Hash;

        public Task<StoredSummary?> FindSummary(StreamId stream, CancellationToken cancellationToken = default) => Task.FromResult<StoredSummary?>(null);

        public IAsyncEnumerable<Marker> Markers(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<Marker>();

        public IAsyncEnumerable<Stray> Strays(CancellationToken cancellationToken = default) => Strayed.ToAsyncEnumerable();

        public Task<string?> FindDamage(CancellationToken cancellationToken = default) => Task.FromResult(Damage);
    }
}
