using Agency.EventSourcing;

namespace Agency.Tests.Storage;

/// <summary>Rows for unit tests: they last as long as the object.</summary>
public sealed class InMemoryRowStore : IRowStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RowKey, Row> _rows = [];

    public Task<Row?> Get(RowKey key, CancellationToken cancellationToken = default) => Locked(() => _rows.GetValueOrDefault(key), cancellationToken);

    public Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        Locked(() => _rows.ContainsKey(key) ? null : Write(key, bytes), cancellationToken);

    public Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken = default) =>
        Locked(() => _rows.GetValueOrDefault(key)?.Tag == tag ? Write(key, bytes) : null, cancellationToken);

    public async Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => (await Locked(() => Write(key, bytes), cancellationToken))!;

    public Task<bool> Delete(RowKey key, string? tag = null, CancellationToken cancellationToken = default) =>
        Locked(() => (tag is null || _rows.GetValueOrDefault(key)?.Tag == tag) && _rows.Remove(key), cancellationToken);

    public Task<bool> Erase(RowKey key, string? tag = null, ReadOnlyMemory<byte>? leaving = null, CancellationToken cancellationToken = default) => leaving is { } left
        ? Locked(() => _rows.GetValueOrDefault(key) is { } row && (tag is null || row.Tag == tag) && Write(key, left) is not null, cancellationToken)
        : Delete(key, tag, cancellationToken);

    public Task<IReadOnlyList<Row>> List(string partition, string? after = null, string? before = null, int limit = IRowStore.MaxPage, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IRowStore.MaxPage);
        return Locked<IReadOnlyList<Row>>(
            () =>
            [
                .. _rows.Where(r => r.Key.Partition == partition).Select(r => r.Value)
                    .Where(r => (after is null || string.CompareOrdinal(r.Key, after) > 0) && (before is null || string.CompareOrdinal(r.Key, before) < 0))
                    .OrderBy(r => r.Key, StringComparer.Ordinal)
                    .Take(limit),
            ],
            cancellationToken)!;
    }

    private string? Write(RowKey key, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > IRowStore.MaxBytes) throw new ArgumentException("Too many bytes.", nameof(bytes));
        var tag = Guid.NewGuid().ToString("N");
        _rows[key] = new(key.Key, tag, bytes.ToArray());
        return tag;
    }

    private async Task<T> Locked<T>(Func<T> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return act();
    }
}
