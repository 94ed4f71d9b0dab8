using System.Text;
using Agency.EventSourcing;
using Agency.Tests.Silo.AzureTables;

namespace Agency.Tests.Silo.Storage.AzureTables;

public sealed class AzureTableRowStoreTests(Azurite azurite) : RowStoreContract
{
    private readonly TestTables _tables = new(azurite);
    private readonly Wire _wire = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _tables.DisposeAsync();
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_known_by_the_row()
    {
        _wire.LoseAnswers(3);
        var created = await Rows.Create(Key("a"), Utf8("1"), Cancellation);
        Assert.NotNull(created);
        var replaced = await Rows.Replace(Key("a"), Utf8("2"), created, Cancellation);
        Assert.NotNull(replaced);
        var put = await Rows.Put(Key("a"), Utf8("3"), Cancellation);
        Assert.Equal((put, "3"), await Rows.Get(Key("a"), Cancellation) is { } row ? (row.Tag, Encoding.UTF8.GetString(row.Bytes.Span)) : default);
    }

    [Fact]
    public async Task A_write_that_did_not_arrive_is_unavailable()
    {
        var tag = await Rows.Put(Key("a"), Utf8("1"), Cancellation);
        _wire.LoseRequests(2);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Rows.Put(Key("a"), Utf8("2"), Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Rows.Delete(Key("a"), null, Cancellation));
        Assert.Equal(tag, (await Rows.Get(Key("a"), Cancellation))?.Tag);
    }

    protected override async Task<IRowStore> Open() => (await _tables.Open(_wire)).Rows;
}
