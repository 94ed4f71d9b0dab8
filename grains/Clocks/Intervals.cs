namespace Agency.Clocks;

/// <summary>Sets of days as intervals, each the days d with From &lt; d ≤ To.</summary>
internal static class Intervals
{
    /// <summary>The days that are in any of the intervals, each once: parallel items share days, never the sum (domain 6.7). One without days
    /// stays where it touches no other: something has begun there.</summary>
    /// <typeparam name="T">How a day is written: as a date, or by its number.</typeparam>
    public static List<(T From, T To)> Union<T>(IEnumerable<(T From, T To)> intervals)
        where T : struct, IComparable<T>
    {
        List<(T From, T To)> union = [];
        foreach (var (from, to) in intervals.Where(i => i.From.CompareTo(i.To) <= 0).Order())
        {
            if (union.Count > 0 && from.CompareTo(union[^1].To) <= 0) union[^1] = (union[^1].From, to.CompareTo(union[^1].To) > 0 ? to : union[^1].To);
            else union.Add((from, to));
        }

        return union;
    }
}
