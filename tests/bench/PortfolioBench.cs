using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Bench;

/// <summary>Many projects in the shards of a running silo over a SQLite store: what they cost in memory and to load, what questions to
/// all of them cost, how soon a commit is seen, and whether a command costs more among many than among few.</summary>
internal static class PortfolioBench
{
    private const int Few = 100;
    private const int Runs = 200;
    private static readonly Actor _office = new("bench", Role.Office);

    /// <param name="parent">Where the stores are made, and deleted afterwards.</param>
    /// <param name="many">How many projects there are.</param>
    public static async Task Run(string parent, int many)
    {
        var directory = Directory.CreateDirectory(Path.Combine(parent, $"agency-bench-{Guid.NewGuid():N}"));
        try
        {
            using var few = await Started(directory.CreateSubdirectory("few").FullName, Few);
            using var host = await Started(directory.CreateSubdirectory("many").FullName, many);
            await Measure(host, few, many);
            await few.StopAsync();
            await host.StopAsync();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task Measure(IHost host, IHost few, int many)
    {
        var (portfolio, today) = (host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPortfolioGrain>(0), Today);
        await few.Services.GetRequiredService<IGrainFactory>().GetGrain<IPortfolioGrain>(0).Overview(_office);
        Say($"{many:N0} projects, {Environment.ProcessorCount} processors");
        var (before, began) = (GC.GetTotalMemory(true), Stopwatch.GetTimestamp());
        await portfolio.Overview(_office);
        Say($"loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s, {(GC.GetTotalMemory(true) - before) / many:N0} bytes a project");

        await Time("page by light and district", () => portfolio.Find(new(Light: Light.Yellow, District: "511302") { Sort = [new(PortfolioKey.DueDate, false), new(PortfolioKey.Name, true)] }, _office));
        await Time("page of all by approval days", () => portfolio.Find(new() { Sort = [new(PortfolioKey.ApprovalDays, true)] }, _office));
        await Time("page by text", () => portfolio.Find(new(Text: "第7") { Sort = [new(PortfolioKey.RegisteredOn, true)] }, _office));
        var page = await portfolio.Find(new() { Sort = [new(PortfolioKey.Name, false)] }, _office);
        await Time("the page after", () => portfolio.Find(new() { Sort = [new(PortfolioKey.Name, false)], After = page.Next }, _office));
        await Time("overview", () => portfolio.Overview(_office));
        await Time("performance of a department", () => portfolio.Performance("511300-ZJJ", today.AddYears(-1), today));
        await Time("medians of a project's departments", () => portfolio.Medians([.. _departments], [.. Enumerable.Range(0, 25).Select(ItemOf)], today));

        var number = 0;
        await Time("a commit, and then seen in the list", async () =>
        {
            var code = await Register(host, number++);
            while ((await portfolio.Find(new(Text: code), _office)).Total == 0) await Task.Yield();
        });

        // By turns, and each first by turns, so that whatever else the machine does, and what the other left in its caches, strikes both.
        var (ofFew, ofMany) = (new double[2 * Runs], new double[2 * Runs]);
        var (one, other) = (await Register(few, 1_000), await Register(host, 1_000));
        for (var i = 0; i < ofMany.Length; i++)
        {
            if (i % 2 == 0) ofFew[i] = await Rename(few, one, i);
            ofMany[i] = await Rename(host, other, i);
            if (i % 2 == 1) ofFew[i] = await Rename(few, one, i);
        }

        Array.Sort(ofFew);
        Array.Sort(ofMany);
        Say($"command among {Few}: {ofFew[Runs]:N2} ms, among {many:N0}: {ofMany[Runs]:N2} ms; ratio {ofMany[Runs] / ofFew[Runs]:N3}");
    }

    private static async Task Time(string what, Func<Task> action)
    {
        for (var i = 0; i < 20; i++) await action();
        var (times, used) = (new double[Runs], Environment.CpuUsage.TotalTime);
        for (var i = 0; i < Runs; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await action();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        used = Environment.CpuUsage.TotalTime - used;
        Array.Sort(times);
        Say($"{what}: {used.TotalMilliseconds / Runs:N1} ms of a processor; median {times[Runs / 2]:N1} ms, 99th percentile {times[Runs * 99 / 100]:N1} ms");
    }

    private static async Task<string> Register(IHost host, int number)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"2026-511302-48-01-{number:000000}");
        var command = new RegisterProject(code, "SOC_SMALL", "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, Details($"项目{number}", "o"));
        var answer = await Project(host, code).Register(command, Act());
        return answer.Refusal is null ? code : throw new InvalidOperationException(answer.Refusal.Code);
    }

    private static async Task<double> Rename(IHost host, string code, int number)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await Project(host, code).ChangeDetails(new ProjectPatch { Name = new(true, $"项目{number}") }, Act());
        return answer.Refusal is null ? Stopwatch.GetElapsedTime(began).TotalMilliseconds : throw new InvalidOperationException(answer.Refusal.Code);
    }

    private static IProjectGrain Project(IHost host, string code) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IProjectGrain>(code);

    private static Act Act() => new(_office, Guid.NewGuid().ToString("N"));

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static DateOnly Today => ShanghaiTime.DayOf(TimeProvider.System.GetUtcNow());

    private static readonly string[] _departments = ["511300-ZJJ", "511300-FGW", "511300-ZGJ", "511300-STHJ", "511302-ZJJ", "511302-FGW"];

    private static readonly string[] _involved = [.. Enumerable.Range(0, 16).Select(i => string.Create(CultureInfo.InvariantCulture, $"511300-D{i:00}"))];

    // The store is filled past the grains: a registration, and the summary of a project that has come some way.
    private static async Task<IHost> Started(string data, int projects)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseEmbeddedSilo(data);
        var host = builder.Build();
        var (store, began, random) = (host.Services.GetRequiredService<IEventStore>(), Stopwatch.GetTimestamp(), new Random(1));
        ProjectSummary[] summaries = [.. Enumerable.Range(0, projects).Select(i => Summary(random, i))];
        await Parallel.ForEachAsync(summaries, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (summary, cancel) =>
        {
            var stream = new StreamId(Sharding.SpreadKind, summary.Code);
            var registered = new ProjectRegistered(summary.Code, summary.Flow!, 1, summary.District!, Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, Details(summary.Name!, summary.OwnerName!));
            var entry = new Entry<ProjectFact>(1, registered, TimeProvider.System.GetUtcNow(), summary.RegisteredOn!.Value, _office, null, "c", 1, EventSourcing.Act.NoTexts);
            await store.Commit(new(stream, 0, [ProjectFact.Codec.Encode(entry, stream, HashChain.Start(stream))], ProjectSummary.Write(summary)), cancel);
        });
        if (projects > Few) Say($"written in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s, summaries of {summaries.Average(s => ProjectSummary.Write(s).Length):N0} bytes");
        await host.StartAsync();
        return host;
    }

    private static string ItemOf(int number) => string.Create(CultureInfo.InvariantCulture, $"A{number:00}");

    private static ProjectDetails Details(string name, string owner) => new(name, owner, "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Other, null, null, null, []);

    private static ProjectSummary Summary(Random random, int i)
    {
        var (today, registered) = (Today, Today.AddDays(-random.Next(700)));
        ClockInputs Clock(ClockScope scope, string code, int limit) => new(
            scope, code, scope == ClockScope.Item ? Any(_departments) : null, true, limit, Catalogue.DayUnit.WorkingDays,
            [.. Enumerable.Range(0, scope == ClockScope.Total ? 8 : 1).SelectMany(k => (int[])[registered.DayNumber + (20 * k), registered.DayNumber + (20 * k) + random.Next(1, 12)])], today.AddDays(-random.Next(40)), true);
        T Any<T>(T[] values) => values[random.Next(values.Length)];
        return new(
            ProjectSummary.CurrentFormat, string.Create(CultureInfo.InvariantCulture, $"2026-511302-47-01-{i:000000}"), null, $"南充市顺庆区第{i}号工业厂房建设项目", $"四川某某建设工程有限公司{random.Next(5_000)}", "91511302MA62900AX9",
            $"51130{random.Next(2, 5)}", "GOV_HOUSE", (KeyLevel)random.Next(4), random.Next(2) == 0 ? "Q1" : null, Any(_departments), ProjectStatus.Active, $"S{random.Next(1, 5)}", registered, null,
            registered, null, ["511300-ZJJ", "511300-FGW"], [Clock(ClockScope.Item, "A01", 20), Clock(ClockScope.Item, "A02", 60), Clock(ClockScope.Stage, "S1", 80), Clock(ClockScope.Total, "", 120)], new Ledgers.BackFilledShare(1, 20), random.Next(100_000))
        {
            Manager = $"agent-{random.Next(200)}",
            Involved = [.. _involved.Where(_ => random.Next(10) > 0)],
            FormerClerks = [$"agent-{random.Next(200)}"],
            Ended = [.. Enumerable.Range(0, 25).Select(k => new EndedRound(ItemOf(k), _departments[k % _departments.Length], today.AddDays(-random.Next(700)), random.Next(30), 20, RoundTraits.Accepted | RoundTraits.Decided))],
        };
    }
}
