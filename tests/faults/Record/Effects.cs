namespace Agency.Faults.Record;

/// <summary>What was to happen once.</summary>
/// <param name="Missing">What has not happened.</param>
/// <param name="Repeated">What has happened more than once.</param>
internal sealed record Effects(IReadOnlyList<string> Missing, IReadOnlyList<string> Repeated)
{
    /// <param name="happened">Every time that something happened.</param>
    public static Effects Of(IEnumerable<string> expected, IReadOnlyCollection<string> happened) =>
        new([.. expected.Except(happened)], [.. happened.GroupBy(h => h).Where(h => h.Count() > 1).Select(h => h.Key)]);
}
