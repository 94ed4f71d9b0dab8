using Agency.EventSourcing;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Silo.Storage.Sqlite;

/// <summary>Beside the one who writes.</summary>
public sealed class SqliteReaderTests : FactReaderContract
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteEventStore _store = null!;
    private SqliteReader? _reader;

    protected override IFactReader Reader => _reader ??= SqliteReader.Open(_directory.Path);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _reader?.Dispose();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_is_written_later_is_read_later()
    {
        var stream = NewStream();
        await Commit(Next(stream));
        Assert.Equal(Store.Shards, ((SqliteReader)Reader).Shards);
        Assert.Single(await All(Reader.Read(stream, 0, Cancellation)));
        await Commit(Next(stream, expected: 1, marked: true));
        Assert.Equal(2, (await All(Reader.Read(stream, 0, Cancellation))).Count);
    }

    [Fact]
    public async Task It_reads_while_nobody_writes()
    {
        var stream = NewStream();
        await Commit(Next(stream));
        await _store.DisposeAsync();
        Assert.Single(await All(Reader.Read(stream, 0, Cancellation)));
    }

    protected override async Task<IEventStore> Open() => _store =
        SqliteEventStore.Open(new() { DataDirectory = _directory.Path }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);
}
