using System.Globalization;

namespace Agency.Demo.Portfolio;

/// <summary>What the service says of the whole portfolio, as text, and where to look further.</summary>
internal static class PortfolioReport
{
    private const int MostTold = 5;

    public static IEnumerable<string> Of(PortfolioOutcome outcome, Overview overview, Uri url)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{overview.Total} projects are there; {outcome.Entries} entries were made in {outcome.Took.TotalSeconds:0} s.");
        foreach (var (code, why) in outcome.Left.Take(MostTold)) yield return $"{code} was left as it is: {why}";
        if (outcome.Left.Count > MostTold) yield return $"So were {outcome.Left.Count - MostTold} more.";
        foreach (var (title, groups) in new[] { ("Stage", overview.Stage), ("State", overview.State), ("Light", overview.Light) })
        {
            yield return "";
            string[][] rows = [.. groups.Select(g => (string[])[g.Key ?? "all reached", Number(g.Projects), Number(g.Red), Number(g.Yellow)])];
            foreach (var line in TextTable.Lines([[title, "Projects", "Red", "Yellow"], .. rows])) yield return line;
        }

        yield return "";
        yield return "Where to look:";
        foreach (var path in new[] { "statistics/overview", "statistics/trend?by=flow", "projects?light=red&sort=dueDate", "agents/511300-ZJJ-manager-1/worklist", "departments/511300-ZRZY/performance" })
            yield return $"  curl {DemoProgram.Sign} '{url}api/v1/{path}'";
        yield return $"Everything else of the interface: {url}scalar";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
