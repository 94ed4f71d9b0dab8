using Agency.EventSourcing;

namespace Agency.Notifications;

/// <summary>Walks an index: of inboxes, or of targets.</summary>
internal static class RowIndex
{
    private const int AtOnce = 32;

    /// <summary>Does something for each key of an index, some at once; one that fails keeps no other from being done.</summary>
    /// <param name="before">Keys below this; null: all.</param>
    /// <param name="act">What is done; how much of it.</param>
    /// <returns>The number of keys, and the sum of what was done.</returns>
    /// <exception cref="AggregateException">What failed, after all else was done.</exception>
    public static async Task<(long Keys, long Done)> Each(this IRowStore rows, string index, string? before, Func<string, Task<int>> act, CancellationToken cancellationToken)
    {
        var (keys, done, failures) = (0L, 0L, new List<Exception>());
        await foreach (var some in rows.All(index, before: before, cancellationToken: cancellationToken).Chunk(AtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sums = await Task.WhenAll(some.Select(row => Tried(row.Key)));
            (keys, done) = (keys + sums.Length, done + sums.Sum());
        }

        return failures.Count == 0 ? (keys, done) : throw new AggregateException($"{failures.Count} of {keys} keys of the index {index} failed.", failures);

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
