using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Azure;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Rows in a table of their own; a row's tag is the service's.</summary>
internal sealed class AzureTableRowStore(AzureTable table) : IRowStore
{
    private const string Bytes = "Bytes";
    private const string WriteId = "Write";

    public async Task<Row?> Get(RowKey key, CancellationToken cancellationToken = default) =>
        await table.Get(key.Partition, key.Key, null, cancellationToken) is { } row ? Read(row) : null;

    public Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        Write(TableTransactionActionType.Add, key, bytes, default, cancellationToken);

    public async Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken = default) =>
        Tag(tag) is { } at ? await Write(TableTransactionActionType.UpdateReplace, key, bytes, at, cancellationToken) : null;

    public async Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        await Write(TableTransactionActionType.UpsertReplace, key, bytes, default, cancellationToken) ?? throw new InvalidOperationException("What is put whatever there was has no condition.");

    public async Task<bool> Delete(RowKey key, string? tag = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Tag(tag) is { } at && await table.Delete(key.Partition, key.Key, at);
        }
        catch (RequestFailedException e) when (Failures.OfContention(e))
        {
            return false;
        }
    }

    /// <summary>What is deleted or replaced is gone from the service's files when it says so; its own copies elsewhere follow.</summary>
    public async Task<bool> Erase(RowKey key, string? tag = null, ReadOnlyMemory<byte>? leaving = null, CancellationToken cancellationToken = default) => leaving is { } left
        ? Tag(tag) is { } at && await Write(TableTransactionActionType.UpdateReplace, key, left, at, cancellationToken) is not null
        : await Delete(key, tag, cancellationToken);

    public async Task<IReadOnlyList<Row>> List(string partition, string? after = null, string? before = null, int limit = IRowStore.MaxPage, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IRowStore.MaxPage);
        var filter = before is null
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after ?? ""}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after ?? ""} and RowKey lt {before}");
        return await table.Query(filter, null, limit, cancellationToken).Take(limit).Select(Read).ToListAsync(cancellationToken);
    }

    // The new tag; null where the condition did not hold.
    private async Task<string?> Write(TableTransactionActionType type, RowKey key, ReadOnlyMemory<byte> bytes, ETag tag, CancellationToken cancellationToken)
    {
        if (bytes.Length > IRowStore.MaxBytes) throw new ArgumentException($"A row of {key.Partition} has {bytes.Length} bytes; {IRowStore.MaxBytes} are possible.", nameof(bytes));
        cancellationToken.ThrowIfCancellationRequested();
        var (id, row) = (Guid.NewGuid(), new TableEntity(key.Partition, key.Key));
        row[WriteId] = id;
        Chunks.Put(row, Bytes, bytes.Span);
        try
        {
            return (await table.Write(new TableTransactionAction(type, row, tag))).ToString();
        }
        catch (RequestFailedException e) when (Failures.OfContention(e))
        {
            return null;
        }
        catch (StoreUnavailableException)
        {
            // The answer is lost, not necessarily the write: the row itself tells.
            if (await table.Get(key.Partition, key.Key, [WriteId], CancellationToken.None) is { } there && there.GetGuid(WriteId) == id) return there.ETag.ToString();
            throw;
        }
    }

    // Null: no row has this tag, and the service would turn the request away as none.
    private static ETag? Tag(string? tag) => tag is null ? ETag.All : tag.StartsWith("W/\"", StringComparison.Ordinal) ? new ETag(tag) : null;

    private static Row Read(TableEntity row) => new(row.RowKey, row.ETag.ToString(), Chunks.Get(row, Bytes));
}
