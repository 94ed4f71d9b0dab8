using System.Security.Cryptography;
using Agency.EventSourcing;
using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>Rows in the embedded store's file, written by its one writer.</summary>
internal sealed class SqliteRowStore(SqliteWriter writer, SqliteReader reader) : IRowStore
{
    private const int TagBytes = 12;

    public async Task<Row?> Get(RowKey key, CancellationToken cancellationToken = default) => (await reader.Query<Row>(
        "SELECT key, tag, bytes FROM rows WHERE partition = ?1 AND key = ?2", [key.Partition, key.Key], Add, cancellationToken)).SingleOrDefault();

    public Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        Write("INSERT INTO rows VALUES(?1, ?2, ?3, ?4) ON CONFLICT(partition, key) DO NOTHING", key, bytes, null, cancellationToken);

    public Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken = default) =>
        Write("UPDATE rows SET tag = ?3, bytes = ?4 WHERE partition = ?1 AND key = ?2 AND tag = ?5", key, bytes, tag, cancellationToken);

    public async Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => (await Write(
        "INSERT INTO rows VALUES(?1, ?2, ?3, ?4) ON CONFLICT(partition, key) DO UPDATE SET tag = excluded.tag, bytes = excluded.bytes", key, bytes, null, cancellationToken))!;

    public Task<bool> Delete(RowKey key, string? tag = null, CancellationToken cancellationToken = default) => Delete(key, tag, erases: false, cancellationToken);

    public async Task<bool> Erase(RowKey key, string? tag = null, ReadOnlyMemory<byte>? leaving = null, CancellationToken cancellationToken = default) => leaving is { } left
        ? await Write("UPDATE rows SET tag = ?3, bytes = ?4 WHERE partition = ?1 AND key = ?2 AND (?5 IS NULL OR tag = ?5)", key, left, tag, cancellationToken, erases: true) is not null
        : await Delete(key, tag, erases: true, cancellationToken);

    public async Task<IReadOnlyList<Row>> List(string partition, string? after = null, string? before = null, int limit = IRowStore.MaxPage, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, IRowStore.MaxPage);
        return before is null
            ? await reader.Query<Row>("SELECT key, tag, bytes FROM rows WHERE partition = ?1 AND key > ?2 ORDER BY key LIMIT ?3", [partition, after ?? "", limit], Add, cancellationToken)
            : await reader.Query<Row>("SELECT key, tag, bytes FROM rows WHERE partition = ?1 AND key > ?2 AND key < ?3 ORDER BY key LIMIT ?4", [partition, after ?? "", before, limit], Add, cancellationToken);
    }

    // The new tag; null where the statement found nothing that it might change.
    private async Task<string?> Write(string sql, RowKey key, ReadOnlyMemory<byte> bytes, string? expected, CancellationToken cancellationToken, bool erases = false)
    {
        if (bytes.Length > IRowStore.MaxBytes) throw new ArgumentException($"A row of {key.Partition} has {bytes.Length} bytes; {IRowStore.MaxBytes} are possible.", nameof(bytes));
        cancellationToken.ThrowIfCancellationRequested();
        var (tag, content) = (RandomNumberGenerator.GetHexString(2 * TagBytes, lowercase: true), bytes.ToArray());
        return await writer.Do(session => Execute(session) > 0 ? tag : null, content.Length, erases);

        int Execute(SqliteSession session) => expected is null && !erases
            ? session.Execute(sql, key.Partition, key.Key, tag, content)
            : session.Execute(sql, key.Partition, key.Key, tag, content, expected);
    }

    private async Task<bool> Delete(RowKey key, string? tag, bool erases, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await writer.Do(session => session.Execute("DELETE FROM rows WHERE partition = ?1 AND key = ?2 AND (?3 IS NULL OR tag = ?3)", key.Partition, key.Key, tag) > 0, erases: erases);
    }

    private static void Add(SqliteDataReader row, List<Row> rows) => rows.Add(new(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)));
}
