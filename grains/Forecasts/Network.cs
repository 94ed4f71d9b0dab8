using Agency.Catalogue;

namespace Agency.Forecasts;

/// <summary>Something that takes time until it is done: an item until its approval, the construction of a work.</summary>
/// <param name="Code">Settles ties, in ordinal order.</param>
/// <param name="From">The earliest position at which it starts.</param>
/// <param name="Window">Working days from its start until its own days count.</param>
/// <param name="Days">Its own days, in <paramref name="Unit"/>; not negative.</param>
/// <param name="Begun">Whether it has started already: what it waits for keeps back its end alone.</param>
/// <param name="Any">Whether it starts as soon as the first of those before it is done; else all must be.</param>
internal readonly record struct Activity(string Code, int From, int Window, int Days, DayUnit Unit, bool Begun = false, bool Any = false)
{
    /// <summary>The same if it is done by a position, or as soon as all that it waits for is, whatever its own days.</summary>
    public Activity Decided(int position)
    {
        var from = Begun ? Math.Min(From, position) : position;
        return this with { From = from, Window = 0, Days = position - from, Unit = DayUnit.WorkingDays, Begun = true };
    }
}

/// <summary>What an activity waits for.</summary>
/// <param name="Before">The activity that must be done before.</param>
/// <param name="ToEnd">Whether only the end waits for it, not the start.</param>
/// <param name="Lag">Working days that pass between it and the start.</param>
internal readonly record struct Link(int Before, bool ToEnd, int Lag);

/// <summary>Which activity waits for which, in flat arrays, sorted once for every pass over it.</summary>
internal sealed class Network
{
    private readonly int[] _first;
    private readonly Link[] _links;
    private readonly int[] _order;

    /// <param name="first">For each activity the index of its first link, and at the end the number of links.</param>
    /// <param name="links">The links, those of one activity together.</param>
    /// <exception cref="ArgumentException">There is a circle.</exception>
    public Network(int[] first, Link[] links)
    {
        (_first, _links) = (first, links);
        _order = Sort();
    }

    /// <summary>The activities, each after those before it.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>What an activity waits for.</summary>
    public ReadOnlySpan<Link> Before(int activity) => _links.AsSpan(_first[activity].._first[activity + 1]);

    // Ends are taken away until none is left: filled from behind, this is the order.
    private int[] Sort()
    {
        var count = _first.Length - 1;
        var (order, after, place) = (new int[count], new int[count], count);
        foreach (ref readonly var link in _links.AsSpan()) after[link.Before]++;
        for (var activity = count - 1; activity >= 0; activity--)
        {
            if (after[activity] == 0) order[--place] = activity;
        }

        for (var taken = count - 1; taken >= place; taken--)
        {
            foreach (ref readonly var link in Before(order[taken]))
            {
                if (--after[link.Before] == 0) order[--place] = link.Before;
            }
        }

        return place == 0 ? order : throw new ArgumentException("The activities wait for each other in a circle.");
    }
}
