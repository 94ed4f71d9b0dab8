using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.Schedules;
using Agency.Silo.Clocks;
using Agency.Silo.Schedules;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Schedules;

/// <summary>Silos with Quartz over the same rows, on one clock that only the test moves, with a job that says when it ran. The clock begins at 09:00 on Monday 2026-03-02 in
/// Shanghai, the job is due at five past every hour.</summary>
internal sealed class ScheduleCluster : IScheduledJob
{
    public const string Job = "sweep";
    private int _fired, _told;

    public ScheduleCluster()
    {
        Wall = new(Clock);
        Guard = new(Wall, Rows, _ => Task.FromResult<DateTimeOffset?>(null), NullLogger<ClockGuard>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(At(2, 9));

    public InMemoryRowStore Rows { get; } = new();

    /// <summary>What the silos take for the time.</summary>
    public SkewedClock Wall { get; }

    public ClockGuard Guard { get; }

    public string Cron { get; init; } = "0 5 * * * ?";

    /// <summary>What was asked of the job, and when.</summary>
    public ConcurrentQueue<(DateTimeOffset Due, DateTimeOffset At)> Runs { get; } = [];

    public IEnumerable<DateTimeOffset> Dues => Runs.Select(r => r.Due);

    /// <summary>What inboxes were told.</summary>
    public ConcurrentQueue<(GrainId Inbox, Notice Notice)> Notices { get; } = [];

    /// <summary>How often a schedule was woken and has answered.</summary>
    public int Fired => _fired;

    /// <summary>How often an inbox was asked for.</summary>
    public int Told => _told;

    public bool Fails { get; set; }

    public bool InboxFails { get; init; }

    string IScheduledJob.Name => Job;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A time in Shanghai in March 2026.</summary>
    public static DateTimeOffset At(int day, int hour, int minute = 0) => ShanghaiTime.InstantOf(new(2026, 3, day), new(hour, minute));

    public static IScheduleGrain Schedule(IGrainFactory grains) => grains.GetGrain<IScheduleGrain>(Job);

    public Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        Runs.Enqueue((due, Clock.GetUtcNow()));
        if (Fails) throw new IOException("It failed.");
        return Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long> { ["looked"] = 1 });
    }

    /// <summary>Puts the job's times alone into options.</summary>
    public static ScheduleOptions Only(string cron)
    {
        var options = new ScheduleOptions();
        foreach (var job in options.Times.Keys.ToArray()) options.Times[job] = job == Job ? cron : "";
        return options;
    }

    public async Task<InProcessTestCluster> Start(short silos, bool quartz = true)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            var options = Only(Cron);
            options.Enabled = quartz;
            silo.Services.AddSingleton<IRowStore>(Rows).AddSingleton<IClockGuard>(Guard).AddSingleton<IScheduledJob>(this).AddSchedules(options);
            silo.Services.AddSingleton<TimeProvider>(Wall);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddIncomingGrainCallFilter(Count);
            silo.AddOutgoingGrainCallFilter(Tell);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }

    private async Task Count(IIncomingGrainCallContext call)
    {
        await call.Invoke();
        if (call.InterfaceMethod?.Name == nameof(IScheduleGrain.Fire)) Interlocked.Increment(ref _fired);
    }

    private Task Tell(IOutgoingGrainCallContext call)
    {
        if (call.InterfaceMethod is not { Name: nameof(IInboxGrain.Tell) } method || method.DeclaringType != typeof(IInboxGrain)) return call.Invoke();
        Interlocked.Increment(ref _told);
        if (InboxFails) throw new IOException("It is full.");
        foreach (var notice in (ImmutableArray<Notice>)call.Request.GetArgument(0)!) Notices.Enqueue((call.TargetId, notice));
        call.Result = 1;
        return Task.CompletedTask;
    }
}
