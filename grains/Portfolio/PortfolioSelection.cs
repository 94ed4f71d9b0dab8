using System.Collections.Immutable;
using Agency.People;
using Agency.Projects;

namespace Agency.Portfolio;

/// <summary>Which projects a query means, and in which order.</summary>
internal static class PortfolioSelection
{
    public static bool Fits(this PortfolioQuery query, ProjectSummary project) =>
        (query.State is null || project.State == query.State)
        && (query.Flow is null || project.Flow == query.Flow)
        && (query.District is null || project.District == query.District)
        && (query.Text is not { } text || new[] { project.Code, project.Name, project.OwnerName }.Any(s => s?.Contains(text, StringComparison.OrdinalIgnoreCase) == true));

    /// <summary>An owner sees its own projects; everybody else all.</summary>
    public static bool MaySee(this Actor actor, ProjectSummary project) =>
        actor.Role != Role.Owner || actor.CreditCode == project.OwnerCreditCode;

    public static PortfolioPage Page(this PortfolioQuery query, List<ProjectSummary> found)
    {
        found.Sort((a, b) => query.Compare(query.KeysOf(a), query.KeysOf(b)));
        var rest = query.After.IsEmpty ? found : [.. found.SkipWhile(p => query.Compare(query.KeysOf(p), query.After) <= 0)];
        ImmutableArray<ProjectSummary> items = [.. rest.Take(query.Limit)];
        return new(items, rest.Count > items.Length ? query.KeysOf(items[^1]) : [], found.Count);
    }

    // The sort keys, then the code, so that no two projects are equal.
    private static ImmutableArray<string> KeysOf(this PortfolioQuery query, ProjectSummary project) =>
    [
        .. query.Sort.Select(s => s.Key switch
        {
            PortfolioKey.Name => project.Name ?? "",
            PortfolioKey.RegisteredOn => project.RegisteredOn?.ToString("yyyy-MM-dd", null) ?? "",
            _ => project.Code,
        }),
        project.Code,
    ];

    private static int Compare(this PortfolioQuery query, ImmutableArray<string> a, ImmutableArray<string> b)
    {
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            var order = string.CompareOrdinal(a[i], b[i]);
            if (order != 0) return i < query.Sort.Length && query.Sort[i].Descending ? -order : order;
        }

        return a.Length.CompareTo(b.Length);
    }
}
