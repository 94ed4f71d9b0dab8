using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Agency.Clocks;

namespace Agency.Portfolio;

/// <summary>How many projects there are in each group of each dimension, kept by adding and taking away.</summary>
internal sealed class PortfolioCounts
{
    private static readonly Dimension[] _dimensions = Enum.GetValues<Dimension>();
    private readonly Dictionary<(Dimension Dimension, string Key), (int Projects, int Red, int Yellow)> _groups = [];
    private int _total;

    /// <summary>Adds a project as it stands, or takes it away as it was added.</summary>
    public void Add(PortfolioRow row, int times)
    {
        if (!row.IsProject) return;
        _total += times;
        foreach (var dimension in _dimensions)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, (dimension, row.Of(dimension) ?? ""), out _);
            group = (group.Projects + times, group.Red + (row.Light == Light.Red ? times : 0), group.Yellow + (row.Light == Light.Yellow ? times : 0));
        }
    }

    public PortfolioOverview Overview() => new(
        _total,
        _dimensions.ToImmutableSortedDictionary(d => d, d => ImmutableArray.CreateRange(_groups
            .Where(g => g.Key.Dimension == d && g.Value.Projects > 0)
            .Select(g => new OverviewGroup(g.Key.Key.Length == 0 ? null : g.Key.Key, g.Value.Projects, g.Value.Red, g.Value.Yellow))
            .OrderBy(g => g.Key, StringComparer.Ordinal))));
}
