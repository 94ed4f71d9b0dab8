using System.Runtime.CompilerServices;

namespace Agency.EventSourcing;

/// <summary>Reads partitions of rows page by page.</summary>
public static class RowPages
{
    /// <summary>The rows of a partition as <see cref="IRowStore.List"/> has them, however many there are.</summary>
    public static async IAsyncEnumerable<Row> All(this IRowStore rows, string partition, string? after = null, string? before = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var page = await rows.List(partition, after, before, cancellationToken: cancellationToken);
            foreach (var row in page) yield return row;
            if (page.Count < IRowStore.MaxPage) yield break;
            after = page[^1].Key;
        }
    }
}
