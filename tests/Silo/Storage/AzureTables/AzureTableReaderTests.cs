using Agency.EventSourcing;
using Agency.Silo.Storage.AzureTables;
using Agency.Tests.Silo.AzureTables;
using Azure.Data.Tables;

namespace Agency.Tests.Silo.Storage.AzureTables;

public sealed class AzureTableReaderTests(Azurite azurite) : FactReaderContract
{
    private readonly TestTables _tables = new(azurite);
    private AzureTableEventStore _store = null!;

    protected override IFactReader Reader => _store.Reader;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _tables.DisposeAsync();
    }

    [Fact]
    public async Task What_no_commit_has_written_strays()
    {
        var stream = NewStream("agent");
        await Commit(Next(stream, key: "key", marked: true));
        foreach (var (partition, key) in ((string, string)[])[("agent-0", "e!Nobody!0000000000000000001"), ("agent-0", $"e!{stream}!1"), ("agents-0", $"s!{stream}"), ("agent-1", $"e!{stream}!0000000000000000002"), ("agent-0", "x")])
            await _tables.Streams().AddEntityAsync(new TableEntity(partition, key), Cancellation);
        Assert.Equal(
            [("Nobody", 1L), (stream.ToString(), 0L), (stream.ToString(), 0L), (stream.ToString(), 2L), ("x", 0L)],
            (await All(Reader.Strays(Cancellation))).Select(s => (s.Name, s.Version)));
        var head = Assert.Single(await All(Reader.Heads(Cancellation)));
        Assert.Equal((stream, 1L, 1L), (head.Stream, head.Version, head.Summary));
    }

    [Fact]
    public async Task A_head_tells_what_is_lost()
    {
        var (cut, bare) = (NewStream("agent"), NewStream("agent"));
        foreach (var stream in (StreamId[])[cut, bare])
        {
            await Commit(Next(stream));
            await Commit(Next(stream, expected: 1));
        }

        await _tables.Streams().DeleteEntityAsync("agent-0", $"e!{cut}!0000000000000000002", cancellationToken: Cancellation);
        await _tables.Streams().DeleteEntityAsync("agent-0", $"s!{bare}", cancellationToken: Cancellation);
        var heads = (await All(Reader.Heads(Cancellation))).ToDictionary(h => h.Stream, h => (h.Version, h.Summary));
        Assert.Equal((1L, 2L), heads[cut]);
        Assert.Equal((2L, null), heads[bare]);
    }

    [Fact]
    public async Task A_row_that_is_not_as_it_was_written_is_no_fact()
    {
        var stream = NewStream("agent");
        await Commit(Next(stream));
        await _tables.Streams().UpsertEntityAsync(new TableEntity("agent-0", $"e!{stream}!0000000000000000001") { ["Facts"] = new byte[3] }, TableUpdateMode.Merge, Cancellation);
        await Assert.ThrowsAsync<InvalidDataException>(() => All(Reader.Read(stream, 0, Cancellation)));
    }

    protected override async Task<IEventStore> Open() => _store = await _tables.Open();
}
