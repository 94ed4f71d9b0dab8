
namespace Agency.Portfolio;

/// <summary>A shard's projects by the next day on which something is to be done about them, so that whoever asks pays for what is due and not for what there is. An entry
/// is old when its project has another version.</summary>
/// <param name="rows">The projects by their codes.</param>
internal sealed class DueIndex(IReadOnlyDictionary<string, PortfolioRow> rows)
{
    private readonly PriorityQueue<(string Code, long Version), DateOnly> _queue = new();

    public void Put(PortfolioRow row, DateOnly day) => _queue.Enqueue((row.Summary.Code, row.Version), day);

    public void Clear() => _queue.Clear();

    /// <summary>Takes out the first that are due, at most so many.</summary>
    public List<PortfolioRow> Take(DateOnly today, int most)
    {
        var due = new List<PortfolioRow>();
        while (due.Count < most && _queue.TryPeek(out var entry, out var day) && day <= today)
        {
            _queue.Dequeue();
            if (rows.TryGetValue(entry.Code, out var row) && row.Version == entry.Version) due.Add(row);
        }

        return due;
    }
}
