using System.Text;
using Agency.EventSourcing;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Silo.Storage.Sqlite;

public sealed class SqliteRowStoreTests : RowStoreContract
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteEventStore _store = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_was_put_is_there_when_it_is_opened_again()
    {
        var tag = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        await _store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Rows.Put(Key("a"), Utf8("2"), Cancellation));
        Assert.Equal(tag, (await (await Open()).Get(Key("a"), Cancellation))?.Tag);
    }

    [Fact]
    public async Task Rows_and_commits_that_wait_share_a_transaction()
    {
        const int Writers = 64, Each = 20;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; i < Each; i++) await Rows.Put(Key($"{writer}"), Utf8($"{i}"), Cancellation);
        }));
        Assert.InRange(_store.Transactions, 1, Writers * Each / 4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gone")]
    public async Task What_was_erased_or_was_there_before_is_in_no_file_any_more(string? leaving)
    {
        var (old, last) = (string.Concat(Enumerable.Repeat("13800001234。", 500)), string.Concat(Enumerable.Repeat("13900005678。", 500)));
        await Rows.Put(Key("a"), Utf8(old), Cancellation);
        await Rows.Put(Key("a"), Utf8(last), Cancellation);
        Assert.True(_directory.AnyFileHolds(Utf8("13900005678")), "the test looks where the row would be");
        Assert.True(await Rows.Erase(Key("a"), leaving: leaving is null ? (ReadOnlyMemory<byte>?)null : Utf8(leaving), cancellationToken: Cancellation));
        Assert.False(_directory.AnyFileHolds(Utf8("13800001234")));
        Assert.False(_directory.AnyFileHolds(Utf8("13900005678")));
        Assert.Equal(leaving, (await Rows.Get(Key("a"), Cancellation)) is { } row ? Encoding.UTF8.GetString(row.Bytes.Span) : null);
    }

    protected override Task<IRowStore> Open()
    {
        _store = SqliteEventStore.Open(new() { DataDirectory = _directory.Path }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);
        return Task.FromResult(_store.Rows);
    }
}
