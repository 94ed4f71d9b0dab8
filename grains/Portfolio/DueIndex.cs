namespace Agency.Portfolio;

/// <summary>A shard's projects by the next day on which something is to be done about them, so that whoever asks pays for what is due and not for what there is. An entry
/// is old when its project has another version.</summary>
/// <param name="rows">The projects by their codes.</param>
internal sealed class DueIndex(IReadOnlyDictionary<string, PortfolioRow> rows)
{
    private const int Few = 1000;

    private readonly PriorityQueue<(string Code, long Version), DateOnly> _queue = new();

    /// <summary>How many entries there are, old ones with them.</summary>
    public int Count => _queue.Count;

    public void Put(PortfolioRow row, DateOnly day)
    {
        _queue.Enqueue((row.Summary.Code, row.Version), day);

        // What changes often before its day comes would leave more old entries than there are projects.
        if (_queue.Count <= (2 * rows.Count) + Few) return;
        var current = _queue.UnorderedItems.Where(e => Row(e.Element) is not null).ToArray();
        _queue.Clear();
        _queue.EnqueueRange(current);
    }

    public void Clear() => _queue.Clear();

    /// <summary>Takes out the first that are due, at most so many.</summary>
    public List<PortfolioRow> Take(DateOnly today, int most)
    {
        var due = new List<PortfolioRow>();
        while (due.Count < most && _queue.TryPeek(out var entry, out var day) && day <= today)
        {
            _queue.Dequeue();
            if (Row(entry) is { } row) due.Add(row);
        }

        return due;
    }

    // Null: it is old.
    private PortfolioRow? Row((string Code, long Version) entry) => rows.TryGetValue(entry.Code, out var row) && row.Version == entry.Version ? row : null;
}
