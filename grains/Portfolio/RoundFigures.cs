using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Agency.Catalogue;
using Agency.Projects;

namespace Agency.Portfolio;

/// <summary>A department's ended rounds of an item, as sums: shards and items add up.</summary>
/// <param name="Item">Code of the item, without the work.</param>
/// <param name="Rounds">How many there are.</param>
/// <param name="Accepted">Those of them whose clock counted.</param>
/// <param name="Late">Those of the accepted that ended after their due date.</param>
/// <param name="StatutoryBreaches">Those of the accepted that overran the law's limit.</param>
/// <param name="Decided">Those that ended with a decision.</param>
/// <param name="BackFilled">Those with a step that was recorded late 补录.</param>
/// <param name="Used">How often the decided ones took how many days.</param>
[GenerateSerializer, Immutable, Alias("agency.round-figures")]
public sealed record RoundFigures(
    [property: Id(0)] string Department,
    [property: Id(1)] string Item,
    [property: Id(2)] int Rounds,
    [property: Id(3)] int Accepted,
    [property: Id(4)] int Late,
    [property: Id(5)] int StatutoryBreaches,
    [property: Id(6)] int Supplemented,
    [property: Id(7)] int Suspended,
    [property: Id(8)] int Decided,
    [property: Id(9)] int Denied,
    [property: Id(10)] int BackFilled,
    [property: Id(11)] ImmutableArray<UsedDays> Used)
{
    /// <summary>The figures of several shards, one for each department and item, in order of their codes.</summary>
    internal static ImmutableArray<RoundFigures> Sum(IEnumerable<ImmutableArray<RoundFigures>> shards) =>
    [
        .. shards.SelectMany(s => s).GroupBy(f => (f.Department, f.Item)).Select(g => Sum(g.Key.Department, g.Key.Item, [.. g]))
            .OrderBy(f => f.Department, StringComparer.Ordinal).ThenBy(f => f.Item, StringComparer.Ordinal),
    ];

    internal static RoundFigures Sum(string department, string item, IReadOnlyCollection<RoundFigures> parts) => new(
        department,
        item,
        parts.Sum(f => f.Rounds),
        parts.Sum(f => f.Accepted),
        parts.Sum(f => f.Late),
        parts.Sum(f => f.StatutoryBreaches),
        parts.Sum(f => f.Supplemented),
        parts.Sum(f => f.Suspended),
        parts.Sum(f => f.Decided),
        parts.Sum(f => f.Denied),
        parts.Sum(f => f.BackFilled),
        [.. parts.SelectMany(f => f.Used).GroupBy(u => u with { Rounds = 0 }).Select(g => g.Key with { Rounds = g.Sum(u => u.Rounds) })]);
}

/// <summary>How many rounds took so many days of such a limit.</summary>
/// <param name="Limit">The limit with the extension.</param>
[GenerateSerializer, Immutable, Alias("agency.used-days")]
public readonly record struct UsedDays([property: Id(0)] DayUnit Unit, [property: Id(1)] int Used, [property: Id(2)] int Limit, [property: Id(3)] int Rounds);

/// <summary>Counts packed rounds.</summary>
internal sealed class RoundCounter
{
    private readonly Dictionary<(DayUnit Unit, ushort Used, ushort Limit), int> _used = [];
    private int _rounds, _accepted, _late, _breached, _supplemented, _suspended, _decided, _denied, _backFilled;

    public void Add(PackedRound round)
    {
        var traits = round.Traits;
        _rounds++;
        _accepted += One(RoundTraits.Accepted);
        _late += One(RoundTraits.Late);
        _breached += One(RoundTraits.StatutoryBreached);
        _supplemented += One(RoundTraits.Supplemented);
        _suspended += One(RoundTraits.Suspended);
        _decided += One(RoundTraits.Decided);
        _denied += One(RoundTraits.Denied);
        _backFilled += One(RoundTraits.BackFilled);
        if ((traits & RoundTraits.Decided) != 0) CollectionsMarshal.GetValueRefOrAddDefault(_used, (round.Unit, round.Used, round.Limit), out _)++;

        int One(RoundTraits trait) => (traits & trait) != 0 ? 1 : 0;
    }

    public RoundFigures Figures(string department, string item) => new(
        department, item, _rounds, _accepted, _late, _breached, _supplemented, _suspended, _decided, _denied, _backFilled,
        [.. _used.Select(u => new UsedDays(u.Key.Unit, u.Key.Used, u.Key.Limit, u.Value))]);
}
