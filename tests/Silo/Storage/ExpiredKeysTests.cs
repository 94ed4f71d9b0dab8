using Agency.EventSourcing;
using Agency.Silo.Storage;
using Agency.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Silo.Storage;

public sealed class ExpiredKeysTests
{
    private static readonly StreamId _stream = new("agent", "1");

    [Fact]
    public async Task A_key_is_deleted_within_an_hour_of_its_expiry_and_not_before()
    {
        var (cancel, clock, store) = (TestContext.Current.CancellationToken, new FakeTimeProvider(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero)), new InMemoryEventStore());
        var key = new IdempotencyRecord("k", new byte[32], new byte[1], clock.GetUtcNow().AddDays(30));
        await store.Commit(new(_stream, 0, [new(1, new byte[1], new byte[32], [])], new byte[1], key), cancel);
        using var service = new ExpiredKeys(store, clock, NullLogger<ExpiredKeys>.Instance);
        await service.StartAsync(cancel);
        clock.Advance(TimeSpan.FromDays(30));
        Assert.NotNull(await store.FindKey(_stream, "k", cancel));
        await Eventually.Holds(async () =>
        {
            clock.Advance(TimeSpan.FromHours(1));
            return await store.FindKey(_stream, "k", cancel) is null;
        });
        await service.StopAsync(cancel);
    }
}
