using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Portfolio;

/// <summary>How a department has handled its items: its rounds that ended within some days, be it with a decision, a refusal or a withdrawal.
/// Days used are by the calendar that counted when the project was last committed to.</summary>
/// <param name="From">The first of these days.</param>
/// <param name="To">The last of them.</param>
/// <param name="Total">All its rounds.</param>
/// <param name="Items">The same by item, in order of code; instances in works count for their item.</param>
[GenerateSerializer, Immutable, Alias("agency.performance-view")]
public sealed record PerformanceView(
    [property: Id(0)] string Department,
    [property: Id(1)] DateOnly From,
    [property: Id(2)] DateOnly To,
    [property: Id(3)] PerformanceFigures Total,
    [property: Id(4)] ImmutableArray<ItemPerformance> Items)
{
    internal static PerformanceView Of(string department, DateOnly from, DateOnly to, ImmutableArray<RoundFigures> figures) => new(
        department,
        from,
        to,
        PerformanceFigures.Of(RoundFigures.Sum(department, "", figures)),
        [.. figures.Select(f => new ItemPerformance(f.Item, PerformanceFigures.Of(f)))]);
}

/// <param name="Item">Code of the item.</param>
[GenerateSerializer, Immutable, Alias("agency.item-performance")]
public sealed record ItemPerformance([property: Id(0)] string Item, [property: Id(1)] PerformanceFigures Figures);

/// <summary>What there is to tell of rounds that have ended. Rates and shares are null where there is nothing that they could be of.</summary>
/// <param name="Rounds">How many there are.</param>
/// <param name="Accepted">Those of them that were accepted, so that their clock counted.</param>
/// <param name="Decided">Those that ended with a decision.</param>
/// <param name="OnTimeRate">Share of the accepted that ended by their due date, however they ended.</param>
/// <param name="StatutoryBreaches">Those of the accepted that overran the law's limit.</param>
/// <param name="Unit">The days that <paramref name="UsedDays"/> are; null where the decided ones differ.</param>
/// <param name="UsedDays">Days that the decided ones took; null where their units differ, or without any.</param>
/// <param name="UsedShare">The same as a share of the limit with the extension, over those whose limit is not 0.</param>
/// <param name="SupplementShare">Share of the rounds in which something was requested.</param>
/// <param name="DenialShare">Share of the decided that were denied.</param>
/// <param name="SuspensionShare">Share of the accepted that were suspended.</param>
/// <param name="BackFilledShare">Share of the rounds with a step that was recorded late 补录.</param>
[GenerateSerializer, Immutable, Alias("agency.performance-figures")]
public sealed record PerformanceFigures(
    [property: Id(0)] int Rounds,
    [property: Id(1)] int Accepted,
    [property: Id(2)] int Decided,
    [property: Id(3)] double? OnTimeRate,
    [property: Id(4)] int StatutoryBreaches,
    [property: Id(5)] DayUnit? Unit,
    [property: Id(6)] Spread? UsedDays,
    [property: Id(7)] Spread? UsedShare,
    [property: Id(8)] double? SupplementShare,
    [property: Id(9)] double? DenialShare,
    [property: Id(10)] double? SuspensionShare,
    [property: Id(11)] double? BackFilledShare)
{
    internal static PerformanceFigures Of(RoundFigures f)
    {
        DayUnit[] units = [.. f.Used.Select(u => u.Unit).Distinct()];
        return new(
            f.Rounds,
            f.Accepted,
            f.Decided,
            Share(f.Accepted - f.Late, f.Accepted),
            f.StatutoryBreaches,
            units is [var unit] ? unit : null,
            units.Length == 1 ? Spread.Of(f.Used.Select(u => ((double)u.Used, u.Rounds))) : null,
            Spread.Of(f.Used.Where(u => u.Limit > 0).Select(u => (Math.Round((double)u.Used / u.Limit, 4), u.Rounds))),
            Share(f.Supplemented, f.Rounds),
            Share(f.Denied, f.Decided),
            Share(f.Suspended, f.Accepted),
            Share(f.BackFilled, f.Rounds));
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);
}

/// <summary>How values are spread, by the nearest rank: each is one that there is.</summary>
/// <param name="Median">The least value that half of them do not exceed.</param>
/// <param name="P90">The least value that nine tenths of them do not exceed.</param>
[GenerateSerializer, Immutable, Alias("agency.spread")]
public sealed record Spread([property: Id(0)] double Median, [property: Id(1)] double P90)
{
    /// <summary>The spread of values, each so many times; null for none.</summary>
    internal static Spread? Of(IEnumerable<(double Value, int Times)> values)
    {
        (double Value, int Times)[] sorted = [.. values.OrderBy(v => v.Value)];
        var count = sorted.Sum(v => v.Times);
        return count == 0 ? null : new(Ranked((count + 1) / 2), Ranked(((9 * count) + 9) / 10));

        double Ranked(int rank)
        {
            foreach (var (value, times) in sorted)
            {
                if ((rank -= times) <= 0) return value;
            }

            return sorted[^1].Value;
        }
    }
}
