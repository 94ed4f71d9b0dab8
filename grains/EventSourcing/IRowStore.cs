using System.Text.RegularExpressions;

namespace Agency.EventSourcing;

/// <summary>What is no stream of facts: rows under a key, changed and deleted at will. Every implementation passes the one contract suite
/// (RowStoreContract).</summary>
/// <remarks>
/// <para>Contention is a value, breakage an exception: <see cref="StoreUnavailableException"/> when the medium fails, and then the outcome
/// of a write under way is unknown. A write that has begun is not cancelled.</para>
/// <para>Each write gives its row a tag that no row of this key had before. All members may be called at the same time from many threads.</para>
/// </remarks>
public interface IRowStore
{
    /// <summary>The most bytes that a row may hold (900 KiB).</summary>
    const int MaxBytes = Commit.MaxBytes;

    /// <summary>The most rows that a page may hold.</summary>
    const int MaxPage = 1000;

    /// <summary>The row; null if there is none.</summary>
    Task<Row?> Get(RowKey key, CancellationToken cancellationToken = default);

    /// <summary>Makes a row; its tag, or null if there is one already.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxBytes"/>; nothing is stored.</exception>
    Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>Puts other bytes in place of those that have <paramref name="tag"/>; the new tag, or null if the row has another one or is gone.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxBytes"/>; nothing is stored.</exception>
    Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken = default);

    /// <summary>Makes the row or puts other bytes in its place, whatever it was; its tag.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxBytes"/>; nothing is stored.</exception>
    Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>Deletes the row; false if there was none, or it had another tag than the one given.</summary>
    Task<bool> Delete(RowKey key, string? tag = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes the row, or puts <paramref name="leaving"/> in its place at once, so that its bytes, and those it held before, are in
    /// no file of the store any more; false if there was none, or it had another tag than the one given. A repeat makes sure once more.
    /// Takes longer than <see cref="Delete"/>.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxBytes"/> are to be left; nothing is changed.</exception>
    Task<bool> Erase(RowKey key, string? tag = null, ReadOnlyMemory<byte>? leaving = null, CancellationToken cancellationToken = default);

    /// <summary>The rows of a partition with a key above <paramref name="after"/> and below <paramref name="before"/>, in order of key
    /// (ordinal): the first <paramref name="limit"/> of them. The next page comes after the last key of this one.</summary>
    /// <param name="after">Null: from the first.</param>
    /// <param name="before">Null: to the last.</param>
    /// <param name="limit">1 to <see cref="MaxPage"/>.</param>
    Task<IReadOnlyList<Row>> List(string partition, string? after = null, string? before = null, int limit = MaxPage, CancellationToken cancellationToken = default);
}

/// <summary>Where a row is. Both parts have none of <c>/ \ # ? !</c>, no control characters and 1 to 200 characters, as stream ids have,
/// so that every store can use them.</summary>
public readonly partial record struct RowKey
{
    /// <exception cref="ArgumentException">It is no key.</exception>
    public RowKey(string partition, string key)
    {
        if (!Valid().IsMatch(partition) || !Valid().IsMatch(key)) throw new ArgumentException($"'{partition}', '{key}' is no key of a row.");
        (Partition, Key) = (partition, key);
    }

    public string Partition { get; }

    public string Key { get; }

    [GeneratedRegex(@"^[^/\\#?!\p{Cc}]{1,200}\z")]
    private static partial Regex Valid();
}

/// <summary>A row as it is stored.</summary>
/// <param name="Key">Its key in its partition.</param>
/// <param name="Tag">Changes with each write; opaque.</param>
public sealed record Row(string Key, string Tag, ReadOnlyMemory<byte> Bytes);
