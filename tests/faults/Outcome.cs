using Agency.EventSourcing;
using Agency.Faults.Load;
using Agency.Faults.Processes;
using Agency.Faults.Record;
using Agency.Silo.Catalogue;
using Agency.Silo.Storage;

namespace Agency.Faults;

/// <summary>What came of a trial.</summary>
/// <param name="Acknowledged">How many commands the service said were done.</param>
/// <param name="Lost">How many of them, and of what follows from them, are not in the store.</param>
/// <param name="Doubled">How many are there more than once.</param>
/// <param name="FalseDeaths">How many silos were held dead and were not killed.</param>
/// <param name="Times">How long each command needed, from first send to acknowledgement, that was under way while the fault lasted.</param>
/// <param name="Worst">The longest that a command needed that was under way then or afterwards.</param>
/// <param name="Wrong">Everything that must not be, a line each.</param>
internal sealed record Outcome(int Acknowledged, long Lost, long Doubled, int FalseDeaths, IReadOnlyList<TimeSpan> Times, TimeSpan Worst, IReadOnlyList<string> Wrong)
{
    /// <summary>What else was measured, for the reader.</summary>
    public string? Note { get; init; }

    /// <summary>Whether all was as it must be.</summary>
    public bool IsGood => Acknowledged > 0 && Wrong.Count == 0;

    /// <summary>It came to nothing, or something must not be that is not counted.</summary>
    public static Outcome Failed(string why) => new(0, 0, 0, 0, [], TimeSpan.Zero, [why]);

    /// <summary>Counts in the store, when every process has ended, what the service has acknowledged.</summary>
    /// <param name="casualties">What else was told when they ended.</param>
    /// <param name="from">When the fault began, as a timestamp of the system's clock.</param>
    /// <param name="to">When it was over.</param>
    public static async Task<Outcome> Of(Sender sender, IFactReader store, Casualties casualties, long from, long to, CancellationToken cancellationToken)
    {
        var city = CityDataFiles.Load(Path.Combine(AppContext.BaseDirectory, "data"));
        var verification = new FullVerification(store, null, city, acknowledged: new(sender.Acknowledged.Select(a => (a.Command.Stream, a.Command.Id))));
        var findings = await verification.Findings(cancellationToken: cancellationToken).Where(f => f.Fault).Select(f => f.What).ToListAsync(cancellationToken);
        var hit = sender.Acknowledged.Where(a => a.Ended >= from).ToArray();
        return new(
            sender.Acknowledged.Count,
            verification.Lost,
            verification.Doubled,
            casualties.FalseDeaths.Count,
            [.. hit.Where(a => a.Began <= to).Select(a => a.Took)],
            hit.Select(a => a.Took).DefaultIfEmpty().Max(),
            [.. findings, .. casualties.FalseDeaths.Select(silo => $"The silo {silo} was held dead."), .. casualties.Gone]);
    }

    /// <summary>With more that must not be.</summary>
    public Outcome But(params IEnumerable<string> wrong) => this with { Wrong = [.. Wrong, .. wrong] };

    /// <summary>With what follows elsewhere from what was acknowledged.</summary>
    public Outcome With(Effects effects) => this with
    {
        Lost = Lost + effects.Missing.Count,
        Doubled = Doubled + effects.Repeated.Count,
        Wrong = [.. Wrong, .. effects.Missing.Select(m => $"missing: {m}"), .. effects.Repeated.Select(r => $"more than once: {r}")],
    };
}
