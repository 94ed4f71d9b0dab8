namespace Agency.Demo.Portfolio;

/// <summary>What is to happen to a project, the next first.</summary>
/// <param name="from">The first day on which anything can.</param>
internal sealed class Agenda(DateOnly from, CityCalendar calendar)
{
    private readonly PriorityQueue<Move, (DateOnly Day, int Rank, int Order)> _moves = new();
    private readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);

    /// <summary>The day of what was taken last.</summary>
    public DateOnly Now { get; private set; } = from;

    /// <summary>Makes items known, in whose order what happens to them on one day stands.</summary>
    public void Know(IEnumerable<string> items)
    {
        foreach (var item in items) _items.TryAdd(item, _items.Count);
    }

    /// <summary>Nothing happens to an item before what has happened; what happens to the project has its own day, by which a repeat is known.</summary>
    public void Add(Move move)
    {
        if (move.Day < Now && move.Item is not null) move = move with { Day = Now };
        _moves.Enqueue(move, (move.Day, move.Rank, OrderOf(move)));
    }

    /// <summary>Takes what is next; null if that is after <paramref name="last"/>.</summary>
    public Move? Take(DateOnly last)
    {
        if (!_moves.TryDequeue(out var move, out _) || move.Day > last) return null;
        if (move.Day > Now) Now = move.Day;
        return move;
    }

    /// <summary>A move with the ones of the same day that come right after it and can be made together with it.</summary>
    public List<Move> TakeWith(Move move, Func<Move, bool> together)
    {
        var taken = new List<Move> { move };
        while (_moves.TryPeek(out var more, out _) && more.Day == move.Day && together(more)) taken.Add(_moves.Dequeue());
        return taken;
    }

    /// <summary>What is left out never happens.</summary>
    public void Keep(Func<Move, bool> which)
    {
        var kept = _moves.UnorderedItems.Where(m => which(m.Element)).ToList();
        _moves.Clear();
        foreach (var (move, place) in kept) _moves.Enqueue(move, place);
    }

    /// <summary>What happens to items and works waits until a few days after a pause.</summary>
    public void Hold(DateOnly until)
    {
        var held = _moves.UnorderedItems.Select(m => m.Element).Where(m => m.IsOfItems && m.Day <= until).ToHashSet();
        Keep(m => !held.Contains(m));
        foreach (var move in held) Add(move with { Day = calendar.After(until, 1 + ((OrderOf(move) + 1) % 4)) });
    }

    private int OrderOf(Move move) => move.Item is null ? move.Order : _items[move.Item];
}
