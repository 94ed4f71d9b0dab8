using Agency.EventSourcing;

namespace Agency.Notifications;

/// <summary>Walks an index of inboxes.</summary>
internal static class InboxIndex
{
    private const int AtOnce = 32;

    /// <summary>Does something for each key of an index, some at once; one that fails keeps no other from being done.</summary>
    /// <param name="before">Keys below this; null: all.</param>
    /// <param name="act">What is done; how much of it.</param>
    /// <returns>The number of keys, and the sum of what was done.</returns>
    /// <exception cref="AggregateException">What failed, after all else was done.</exception>
    public static async Task<(long Inboxes, long Done)> Each(this IRowStore rows, string index, string? before, Func<string, Task<int>> act, CancellationToken cancellationToken)
    {
        var (inboxes, done, failures) = (0L, 0L, new List<Exception>());
        IReadOnlyList<Row> page;
        for (string? after = null; ; after = page[^1].Key)
        {
            page = await rows.List(index, after, before, cancellationToken: cancellationToken);
            foreach (var some in page.Chunk(AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var sums = await Task.WhenAll(some.Select(row => Tried(row.Key)));
                (inboxes, done) = (inboxes + sums.Length, done + sums.Sum());
            }

            if (page.Count < IRowStore.MaxPage) break;
        }

        return failures.Count == 0 ? (inboxes, done) : throw new AggregateException($"{failures.Count} of {inboxes} inboxes failed.", failures);

        async Task<int> Tried(string key)
        {
            try
            {
                return await act(key);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(e);
                return 0;
            }
        }
    }
}
