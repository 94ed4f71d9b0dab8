using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Reminders;
using Agency.Schedules;
using Agency.Silo.Hosting;
using Agency.Tests.Silo.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Bench;

/// <summary>A sweep of many projects of which one in a hundred is due, in a running silo over a SQLite store: what the first after a start costs, which offers everything that
/// stands, and what those after it cost, by day, in time and memory.</summary>
internal static class SweepBench
{
    private const int DueShare = 100;
    private const int Days = 4;
    private static readonly Actor _office = new("bench", Role.Office);

    /// <param name="parent">Where the store is made, and deleted afterwards.</param>
    /// <param name="many">How many projects there are.</param>
    public static async Task Run(string parent, int many)
    {
        var directory = Directory.CreateDirectory(Path.Combine(parent, $"agency-bench-{Guid.NewGuid():N}"));
        try
        {
            var clock = new HandClock(new(2026, 3, 9, 9, 0, 0, TimeSpan.FromHours(8)));
            using var host = await Started(directory.FullName, many, clock);
            await Measure(host, many, clock);
            await host.StopAsync();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task Measure(IHost host, int many, HandClock clock)
    {
        var (grains, job) = (host.Services.GetRequiredService<IGrainFactory>(), host.Services.GetServices<IScheduledJob>().Single(j => j.Name == "sweep"));
        Say($"{many:N0} projects, {Environment.ProcessorCount} processors");
        for (var shard = 0; shard < host.Services.GetRequiredService<IEventStore>().Shards; shard++) await grains.GetGrain<IPortfolioShardGrain>(shard).Heal();
        Say($"memory {GC.GetTotalMemory(true) >> 20:N0} MiB");
        await Sweep("first sweep after the start, everything is offered");
        await Sweep("the same hour again");
        for (var day = 1; day <= Days; day++)
        {
            clock.Now = clock.Now.AddDays(1);
            await Sweep($"day {day} after, one in {DueShare} is due");
        }

        async Task Sweep(string what)
        {
            var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var done = await job.Run(clock.Now, grains, CancellationToken.None);
            var (took, cpu) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - used);
            Say($"{what}: {took.TotalSeconds:N2} s, {cpu.TotalSeconds:N2} s of a processor; told {done["told"]:N0}, recorded {done["recorded"]:N0}, failed {done["failed"]:N0}; memory {GC.GetTotalMemory(true) >> 20:N0} MiB");
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    // The store is filled past the grains: a registration, and the summary of a project that has come some way.
    private static async Task<IHost> Started(string data, int projects, HandClock clock)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);

        // Else the service sweeps by itself when it starts, before anything is measured.
        builder.Configuration["Agency:Schedules:Enabled"] = "false";
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IIncomingGrainCallFilter>(new ToldNotices());
        builder.UseEmbeddedSilo(data);
        var host = builder.Build();
        var (store, random) = (host.Services.GetRequiredService<IEventStore>(), new Random(1));
        ProjectSummary[] summaries = [.. Enumerable.Range(0, projects).Select(i => Summary(random, i, ShanghaiTime.DayOf(clock.Now)))];
        await Parallel.ForEachAsync(summaries, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (summary, cancel) =>
        {
            var stream = new StreamId(Sharding.SpreadKind, summary.Code);
            var details = new ProjectDetails(summary.Name!, summary.OwnerName!, summary.OwnerCreditCode!, summary.LeadDepartment!, KeyLevel.Other, null, null, null, []);
            var registered = new ProjectRegistered(summary.Code, summary.Flow!, 1, summary.District!, Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details);
            var entry = new Entry<ProjectFact>(1, registered, clock.Now.ToUniversalTime(), summary.RegisteredOn!.Value, _office, null, "c", 1, Act.NoTexts);
            await store.Commit(new(stream, 0, [ProjectFact.Codec.Encode(entry, stream, HashChain.Start(stream))], ProjectSummary.Write(summary)), cancel);
        });
        await host.StartAsync();
        return host;
    }

    // Of each project one thing has been due and is told by the first sweep, two are far away; on each of the days after another hundredth has an item that turns yellow.
    private static ProjectSummary Summary(Random random, int i, DateOnly today)
    {
        var (registered, due) = (today.AddDays(-random.Next(30, 700)), (i % DueShare) + 1);
        var item = new ClockInputs(ClockScope.Item, "A01", "511300-ZJJ", true, 20, Catalogue.DayUnit.NaturalDays, [], due <= Days ? today.AddDays(due - 16) : today, true);
        return new(
            ProjectSummary.CurrentFormat, string.Create(CultureInfo.InvariantCulture, $"2026-511302-47-01-{i:000000}"), null, $"南充市顺庆区第{i}号工业厂房建设项目", $"四川某某建设工程有限公司{random.Next(5_000)}", $"91511302{random.Next(5_000):0000000000}",
            "511302", "GOV_HOUSE", KeyLevel.Other, null, "511300-ZJJ", ProjectStatus.Active, "S1", registered, null, registered, null, ["511300-ZJJ", "511300-FGW"],
            [item, new(ClockScope.Total, "", null, true, 120, Catalogue.DayUnit.WorkingDays, [], today, true)], new Ledgers.BackFilledShare(1, 20), 100)
        {
            Manager = $"agent-{random.Next(200)}",
            Involved = ["511300-ZJJ", "511300-FGW"],
            LastRecordedOn = today,
            Matters =
            [
                new(MatterKind.Validity, "A02", today.AddDays(300), Department: "511300-ZJJ"),
                new(MatterKind.Procedure, "A03", today.AddDays(-1), Department: "511300-ZJJ"),
                new(MatterKind.Visit, "", today.AddDays(40), Unit: Catalogue.DayUnit.NaturalDays),
            ],
        };
    }

    private sealed class HandClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
    }
}
