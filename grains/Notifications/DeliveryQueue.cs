namespace Agency.Notifications;

/// <summary>What is pending, by when it is due, and what somebody is busy with.</summary>
internal sealed class DeliveryQueue
{
    private readonly SortedSet<(DateTimeOffset At, string Place)> _order = new(Comparer<(DateTimeOffset At, string Place)>.Create(
        (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Place, b.Place)));

    private readonly Dictionary<string, DateTimeOffset> _waiting = [];
    private readonly Dictionary<string, TaskCompletionSource> _busy = [];

    /// <summary>How many are pending.</summary>
    public int Count => _waiting.Count + _busy.Count;

    /// <summary>When the first is due that nobody is busy with; null: there is none.</summary>
    public DateTimeOffset? First => _order.Count == 0 ? null : _order.Min.At;

    /// <summary>Has it wait until then; whoever is busy with it will say so itself.</summary>
    public void Put(string place, DateTimeOffset at)
    {
        if (_busy.ContainsKey(place)) return;
        Remove(place);
        _waiting[place] = at;
        _order.Add((at, place));
    }

    /// <summary>Becomes busy with it, whether it is pending or not; false if somebody is.</summary>
    public bool Take(string place)
    {
        if (!_busy.TryAdd(place, new(TaskCreationOptions.RunContinuationsAsynchronously))) return false;
        Remove(place);
        return true;
    }

    /// <summary>Becomes busy with the first that is due; null: none is.</summary>
    public string? TakeDue(DateTimeOffset now)
    {
        if (First is not { } first || first > now) return null;
        var place = _order.Min.Place;
        Take(place);
        return place;
    }

    /// <summary>Is busy with it no more.</summary>
    /// <param name="at">When it is due next; null: it is settled.</param>
    public void Release(string place, DateTimeOffset? at)
    {
        if (_busy.Remove(place, out var released)) released.SetResult();
        if (at is { } next) Put(place, next);
    }

    /// <summary>Until nobody is busy with it.</summary>
    public Task Released(string place) => _busy.GetValueOrDefault(place)?.Task ?? Task.CompletedTask;

    private void Remove(string place)
    {
        if (_waiting.Remove(place, out var at)) _order.Remove((at, place));
    }
}
