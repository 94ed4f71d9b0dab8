using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Portfolio;

/// <summary>The days that a department really took for an item.</summary>
/// <param name="Item">Code of the item, without the work.</param>
/// <param name="Days">The median of the days of its decided rounds, in <paramref name="Unit"/>.</param>
/// <param name="Rounds">How many these are.</param>
[GenerateSerializer, Immutable, Alias("agency.taken-days")]
public sealed record TakenDays(
    [property: Id(0)] string Department,
    [property: Id(1)] string Item,
    [property: Id(2)] DayUnit Unit,
    [property: Id(3)] int Days,
    [property: Id(4)] int Rounds)
{
    /// <summary>Fewer say nothing.</summary>
    public const int FewestRounds = 5;

    /// <summary>How far back rounds count.</summary>
    public const int Months = 24;

    /// <summary>The first day of those that count on a day.</summary>
    internal static DateOnly From(DateOnly asOf) => asOf <= DateOnly.MinValue.AddMonths(Months) ? DateOnly.MinValue : asOf.AddMonths(-Months).AddDays(1);

    internal static ImmutableArray<TakenDays> Of(ImmutableArray<RoundFigures> figures) =>
    [
        .. figures.SelectMany(f => f.Used.GroupBy(u => u.Unit).Select(g => (Figures: f, Unit: g.Key, Used: g, Rounds: g.Sum(u => u.Rounds))))
            .Where(g => g.Rounds >= FewestRounds)
            .Select(g => new TakenDays(g.Figures.Department, g.Figures.Item, g.Unit, (int)Spread.Of(g.Used.Select(u => ((double)u.Used, u.Rounds)))!.Median, g.Rounds)),
    ];
}
