using Agency.EventSourcing;
using Agency.Tests.Silo.Storage;

namespace Agency.Tests.Storage;

public sealed class InMemoryEventStoreTests : EventStoreContract
{
    [Fact]
    public async Task A_fault_before_a_commit_stores_nothing_one_after_it_stores_all()
    {
        var (store, stream) = (new InMemoryEventStore(), NewStream());
        store.BeforeCommit = _ => throw new StoreUnavailableException("before");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit(Next(stream), Cancellation));
        Assert.Empty(await All(store.Read(stream, 0, Cancellation)));

        (store.BeforeCommit, store.AfterCommit) = (null, _ => throw new StoreUnavailableException("after"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit(Next(stream), Cancellation));
        Assert.Single(await All(store.Read(stream, 0, Cancellation)));
    }

    protected override Task<IEventStore> Open() => Task.FromResult<IEventStore>(new InMemoryEventStore());
}
