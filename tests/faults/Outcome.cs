using Agency.EventSourcing;
using Agency.Faults.Load;
using Agency.Faults.Record;

namespace Agency.Faults;

/// <summary>What came of a trial.</summary>
/// <param name="Acknowledged">How many commands the service said were done.</param>
/// <param name="Lost">What was acknowledged, or follows from it, and is not in the store.</param>
/// <param name="Doubled">What is there more than once.</param>
/// <param name="FalseDeaths">Silos that were held dead and were not killed.</param>
/// <param name="Times">How long each command needed, from first send to acknowledgement, that was under way while the fault lasted.</param>
/// <param name="Worst">The longest that a command needed that was under way then or afterwards.</param>
/// <param name="Failure">Why it was no trial, or what else the service must not do; null: nothing.</param>
internal sealed record Outcome(
    int Acknowledged,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Doubled,
    IReadOnlyList<string> FalseDeaths,
    IReadOnlyList<TimeSpan> Times,
    TimeSpan Worst,
    string? Failure = null)
{
    public bool IsGood => Failure is null && Acknowledged > 0 && Lost.Count + Doubled.Count + FalseDeaths.Count == 0;

    public static Outcome Failed(string failure) => new(0, [], [], [], [], TimeSpan.Zero, failure);

    /// <summary>Counts in the store what the service has acknowledged.</summary>
    /// <param name="from">When the fault began, as a timestamp of the system's clock.</param>
    /// <param name="to">When it was over.</param>
    public static async Task<Outcome> Of(Sender sender, IFactReader store, IReadOnlyList<string> falseDeaths, long from, long to, CancellationToken cancellationToken)
    {
        var stored = await StoredCommands.Find(store, sender.Acknowledged.Select(a => (a.Command.Stream, a.Command.Id)), cancellationToken);
        var hit = sender.Acknowledged.Where(a => a.Ended >= from).ToArray();
        return new(
            sender.Acknowledged.Count, stored.Lost, stored.Doubled, falseDeaths, [.. hit.Where(a => a.Began <= to).Select(a => a.Took)], hit.Select(a => a.Took).DefaultIfEmpty().Max());
    }

    /// <summary>Everything that is wrong, a line each.</summary>
    public IEnumerable<string> Faults()
    {
        if (Failure is not null) yield return Failure;
        else if (Acknowledged == 0) yield return "nothing was acknowledged";
        foreach (var lost in Lost) yield return $"lost: {lost}";
        foreach (var doubled in Doubled) yield return $"doubled: {doubled}";
        foreach (var silo in FalseDeaths) yield return $"held dead: {silo}";
    }
}
