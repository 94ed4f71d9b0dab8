using Agency.EventSourcing;
using Agency.Tests.Silo.Storage;

namespace Agency.Tests.Storage;

public sealed class InMemoryRowStoreTests : RowStoreContract
{
    protected override Task<IRowStore> Open() => Task.FromResult<IRowStore>(new InMemoryRowStore());
}
