using Agency.Silo.Storage;
using Agency.Tests.Storage;

namespace Agency.Tests.Silo.Storage;

public sealed class ExpiredKeysTests
{
    private static readonly StreamId _stream = new("agent", "1");
    private static readonly DateTimeOffset _expires = new(2026, 4, 1, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_key_is_deleted_after_its_expiry_and_not_before()
    {
        var (cancel, store) = (TestContext.Current.CancellationToken, new InMemoryEventStore());
        await store.Commit(new(_stream, 0, [new(1, new byte[1], new byte[32], [])], new byte[1], new("k", new byte[32], new byte[1], _expires)), cancel);
        var job = new ExpiredKeys(store);
        Assert.Equal(0, (await job.Run(_expires, null!, cancel))["deleted"]);
        Assert.NotNull(await store.FindKey(_stream, "k", cancel));
        Assert.Equal(1, (await job.Run(_expires.AddTicks(1), null!, cancel))["deleted"]);
        Assert.Null(await store.FindKey(_stream, "k", cancel));
    }
}
