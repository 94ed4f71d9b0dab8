using Agency.Portfolio;
using Agency.Projects;

namespace Agency.Tests.Grains.Portfolio;

public sealed class DueIndexTests
{
    private static readonly DateOnly _day = new(2026, 12, 31);

    [Fact]
    public void What_changes_often_before_its_day_comes_leaves_no_heap_of_old_entries_and_is_due_once()
    {
        var rows = new Dictionary<string, PortfolioRow>(StringComparer.Ordinal);
        var index = new DueIndex(rows);
        foreach (var code in (string[])["p1", "p2", "p3"]) index.Put(rows[code] = Row(code, 1), _day);
        for (var version = 2; version <= 5000; version++) index.Put(rows["p2"] = Row("p2", version), _day);
        Assert.InRange(index.Count, 3, 1100);
        Assert.Empty(index.Take(_day.AddDays(-1), 10));
        Assert.Equal([("p1", 1), ("p2", 5000), ("p3", 1)], index.Take(_day, 10).Select(r => (r.Summary.Code, r.Version)).Order());
    }

    private static PortfolioRow Row(string code, long version) =>
        new(version, new(ProjectSummary.CurrentFormat, code, null, null, null, null, null, null, null, null, null, ProjectStatus.Active, null, null, null, null, null, [], [], default, null), []);
}
