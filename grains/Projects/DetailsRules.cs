using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Projects.Codes;

namespace Agency.Projects;

/// <summary>What a project's descriptive members must be (domain 3).</summary>
internal static class DetailsRules
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 200;

    /// <summary>The largest investment, in 10,000 yuan.</summary>
    public const decimal LargestInvestment = 1_000_000_000m;

    /// <summary>The longest planned construction, in natural days.</summary>
    public const int LongestConstruction = 10_000;

    /// <summary>All that is wrong, by JSON pointer.</summary>
    public static IEnumerable<Fault> Check(ProjectDetails details, string code, ProjectContext context)
    {
        if (!IsName(details.Name)) yield return Fault.Of("/name", "bad-name", ("max", LongestName));
        if (!IsName(details.OwnerName)) yield return Fault.Of("/ownerName", "bad-name", ("max", LongestName));
        if (!CreditCode.TryParse(details.OwnerCreditCode, out _)) yield return Fault.Of("/ownerCreditCode", "bad-credit-code");
        if (context.Departments.Find(details.LeadDepartment) is not { Kind: OrganKind.Department })
            yield return Fault.Of("/leadDepartment", "unknown-department", ("code", details.LeadDepartment));
        if (details.Cluster is { } cluster && !context.City.Clusters.Any(c => c.Code == cluster))
            yield return Fault.Of("/cluster", "unknown-cluster", ("code", cluster));
        if (details.Investment is < 0 or > LargestInvestment) yield return Fault.Of("/investment", "bad-number", ("min", 0), ("max", LargestInvestment));
        if (details.PlannedConstructionDays is < 1 or > LongestConstruction)
            yield return Fault.Of("/plannedConstructionDays", "bad-number", ("min", 1), ("max", LongestConstruction));
        foreach (var (index, alias) in details.Aliases.Index())
        {
            if (!ProjectCode.TryParse(alias, out _)) yield return Fault.Of($"/aliases/{index}", "bad-project-code");
            else if (alias == code || details.Aliases.IndexOf(alias) < index) yield return Fault.Of($"/aliases/{index}", "alias-twice", ("code", alias));
        }
    }

    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= LongestName && !name.Any(char.IsControl);
}
