using Agency.Demo.Month;

namespace Agency.Tests.Api;

public sealed class DemoMonthTests
{
    /// <summary>The last Friday of that September is a holiday: the conference is on the Thursday before.</summary>
    [Fact]
    public async Task A_few_days_of_an_office_run_by_themselves()
    {
        using var told = new StringWriter();
        await new MonthOrder(6, 1, new(2026, 9, 21), 4).Play(told, TestContext.Current.CancellationToken);
        var lines = told.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("6 projects", lines[0], StringComparison.Ordinal);
        Assert.Equal(["2026-09-21 Mon", "2026-09-22 Tue", "2026-09-23 Wed", "2026-09-24 Thu"], lines.Where(l => l.StartsWith("2026", StringComparison.Ordinal)).Select(l => l[..14]));
        Assert.Contains(lines, l => l.Contains("conference of 2026-09-24", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("sessionSoon", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("conference held", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("scheduleLate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--projects", "0")]
    [InlineData("--days", "")]
    [InlineData("--from", "yesterday")]
    [InlineData("--month", "9")]
    public void A_wrong_use_is_told_how_it_is_used(string name, string value) => Assert.Throws<Agency.Demo.DemoException>(() => MonthOrder.Read([name, value], "Usage"));
}
