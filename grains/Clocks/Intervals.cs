namespace Agency.Clocks;

/// <summary>Sets of days as intervals, each the days d with From &lt; d ≤ To.</summary>
internal static class Intervals
{
    /// <summary>The days that are in any of the intervals, each once: parallel items share days, never the sum (domain 6.7).</summary>
    public static List<(DateOnly From, DateOnly To)> Union(IEnumerable<(DateOnly From, DateOnly To)> intervals)
    {
        List<(DateOnly From, DateOnly To)> union = [];
        foreach (var (from, to) in intervals.Where(i => i.From < i.To).Order())
        {
            if (union.Count > 0 && from <= union[^1].To) union[^1] = (union[^1].From, to > union[^1].To ? to : union[^1].To);
            else union.Add((from, to));
        }

        return union;
    }
}
