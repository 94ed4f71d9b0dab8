using System.Collections.Concurrent;
using Agency.EventSourcing;
using Agency.Tests.Storage;

namespace Agency.Tests.Silo.Notifications;

/// <summary>Rows whose medium fails while the test says so, and which tell what keys there are.</summary>
internal sealed class FailingRows : IRowStore
{
    private readonly InMemoryRowStore _rows = new();
    private readonly ConcurrentDictionary<RowKey, bool> _keys = new();

    public bool Fails { get; set; }

    public IEnumerable<RowKey> Keys => _keys.Keys;

    public Task<Row?> Get(RowKey key, CancellationToken cancellationToken = default) => _rows.Get(key, cancellationToken);

    public Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => Written(key).Create(key, bytes, cancellationToken);

    public Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken = default) => Written(key).Replace(key, bytes, tag, cancellationToken);

    public Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => Written(key).Put(key, bytes, cancellationToken);

    public async Task<bool> Delete(RowKey key, string? tag = null, CancellationToken cancellationToken = default)
    {
        if (Fails) throw new StoreUnavailableException("The test has it fail.");
        return await _rows.Delete(key, tag, cancellationToken) && _keys.TryRemove(key, out _);
    }

    public Task<bool> Erase(RowKey key, string? tag = null, ReadOnlyMemory<byte>? leaving = null, CancellationToken cancellationToken = default) => Written(key).Erase(key, tag, leaving, cancellationToken);

    public Task<IReadOnlyList<Row>> List(string partition, string? after = null, string? before = null, int limit = IRowStore.MaxPage, CancellationToken cancellationToken = default) =>
        _rows.List(partition, after, before, limit, cancellationToken);

    private InMemoryRowStore Written(RowKey key)
    {
        if (Fails) throw new StoreUnavailableException("The test has it fail.");
        _keys[key] = true;
        return _rows;
    }
}
