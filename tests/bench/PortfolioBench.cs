using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Ledgers;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;

namespace Agency.Bench;

/// <summary>What a page and the overview of many projects cost in the shards, without the calls between grains, and how much memory a
/// project takes there.</summary>
internal static class PortfolioBench
{
    private const int Shards = 64;
    private const int Runs = 200;
    private static readonly Actor _office = new("bench", Role.Office);
    private static readonly DateOnly _today = new(2026, 6, 15);

    public static void Run()
    {
        var calendar = new WorkingCalendar(1, JsonSerializer.Deserialize<ImmutableSortedDictionary<int, YearArrangement>>(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "holidays.json")), JsonSerializerOptions.Web)!);
        Console.WriteLine("| projects | bytes each | page p50 ms | page p99 ms | text p99 ms | overview p99 ms | overview anew ms |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var projects in (int[])[1_000, 100_000])
        {
            var before = GC.GetTotalMemory(true);
            PortfolioShard[] shards = [.. Enumerable.Range(0, Shards).Select(_ => new PortfolioShard())];
            var random = new Random(1);
            for (var i = 0; i < projects; i++) shards[i % Shards].Take(1, ProjectSummary.Read(ProjectSummary.Write(Summary(random, i))));
            Overview();
            var bytes = (GC.GetTotalMemory(true) - before) / projects;
            var page = Measure(() => Page(new(Light: Light.Yellow, District: "511302") { Sort = [new(PortfolioKey.DueDate, false), new(PortfolioKey.Name, true)] }));
            var text = Measure(() => Page(new(Text: "第7") { Sort = [new(PortfolioKey.RegisteredOn, true)] }));
            var overview = Measure(Overview);
            var anew = Stopwatch.StartNew();
            foreach (var shard in shards) shard.Take(2, Summary(random, random.Next(Shards)));
            Overview();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {projects:N0} | {bytes:N0} | {page.P50:N1} | {page.P99:N1} | {text.P99:N1} | {overview.P99:N2} | {anew.Elapsed.TotalMilliseconds:N1} |"));

            void Page(PortfolioQuery query) => PortfolioOrder.Page(query, [.. shards.Select(s => s.Find(query, _office, _today, calendar))]);
            void Overview() => PortfolioStatistics.Sum([.. shards.Select(s => s.Overview(_office, _today, calendar))]);
        }
    }

    private static (double P50, double P99) Measure(Action action)
    {
        var times = new double[Runs];
        for (var i = 0; i < Runs; i++)
        {
            var began = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[Runs / 2], times[Runs * 99 / 100]);
    }

    private static ProjectSummary Summary(Random random, int i)
    {
        var registered = _today.AddDays(-random.Next(700));
        ClockInputs Clock(ClockScope scope, string code, int limit) =>
            new(scope, code, "511300-ZJJ", true, limit, DayUnit.WorkingDays, [registered.DayNumber, registered.DayNumber + 5], _today.AddDays(-random.Next(40)), true);
        return new(
            ProjectSummary.CurrentFormat, $"2026-511302-47-01-{i:000000}", null, $"南充市顺庆区第{i}号工业厂房建设项目", $"四川某某建设工程有限公司{i % 500}", "91511302MA62900AX9",
            $"51130{random.Next(2, 5)}", "GOV_HOUSE", (KeyLevel)random.Next(4), random.Next(2) == 0 ? "Q1" : null, "511300-ZJJ", ProjectStatus.Active, $"S{random.Next(1, 5)}", registered, null,
            registered, null, ["511300-ZJJ", "511300-FGW"], [Clock(ClockScope.Item, "A01", 20), Clock(ClockScope.Item, "A02", 60), Clock(ClockScope.Stage, "S1", 80), Clock(ClockScope.Total, "", 120)], new BackFilledShare(1, 20), random.Next(100_000));
    }
}
