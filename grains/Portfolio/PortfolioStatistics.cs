using System.Collections.Immutable;
using Agency.Calendar;

namespace Agency.Portfolio;

/// <summary>Counts projects, and adds up what shards have counted.</summary>
internal static class PortfolioStatistics
{
    public static PortfolioOverview Sum(IReadOnlyCollection<PortfolioOverview> shards) => new(
        shards.Sum(s => s.Total),
        Enum.GetValues<Dimension>().ToImmutableSortedDictionary(d => d, d => ImmutableArray.CreateRange(shards.SelectMany(s => s.By[d])
            .GroupBy(g => g.Key)
            .Select(g => new OverviewGroup(g.Key, g.Sum(x => x.Projects), g.Sum(x => x.Red), g.Sum(x => x.Yellow)))
            .OrderBy(g => g.Key, StringComparer.Ordinal))));

    public static ImmutableArray<TrendGroup> Trend(Dimension? by, IEnumerable<PortfolioRow> rows, DateOnly today, WorkingCalendar calendar) =>
        Grouped(rows.SelectMany(r => Months(r, today, calendar).Select(m => (Key: by is { } dimension ? r.Of(dimension) : null, Month: m))));

    public static ImmutableArray<TrendGroup> Sum(IEnumerable<ImmutableArray<TrendGroup>> shards) =>
        Grouped(shards.SelectMany(s => s).SelectMany(g => g.Months.Select(m => (g.Key, m))));

    private static ImmutableArray<TrendGroup> Grouped(IEnumerable<(string? Key, TrendMonth Month)> months) =>
    [
        .. months.GroupBy(m => m.Key)
            .Select(g => new TrendGroup(g.Key, [.. g.GroupBy(m => m.Month.Month).Select(m => m.Select(x => x.Month).Aggregate(Sum)).OrderBy(m => m.Month)]))
            .OrderBy(g => g.Key, StringComparer.Ordinal),
    ];

    private static IEnumerable<TrendMonth> Months(PortfolioRow row, DateOnly today, WorkingCalendar calendar)
    {
        var project = row.Summary;
        if (project.RegisteredOn is { } registered) yield return new(MonthOf(registered), 1, 0, 0, 0, 0, 0, 0);
        if (project.CompletedOn is { } completed)
        {
            var span = (project.EndedOn?.DayNumber - project.SubmittedOn?.DayNumber) ?? 0;
            yield return new(MonthOf(completed), 0, 1, row.IsInTime(today, calendar) ? 1 : 0, row.ApprovalDays(today, calendar), span, project.BackFilled.Entries, project.BackFilled.Of);
        }
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static TrendMonth Sum(TrendMonth a, TrendMonth b) => new(
        a.Month, a.Registered + b.Registered, a.Completed + b.Completed, a.OnTime + b.OnTime, a.ApprovalDays + b.ApprovalDays, a.SpanDays + b.SpanDays, a.BackFilled + b.BackFilled, a.Entries + b.Entries);
}
