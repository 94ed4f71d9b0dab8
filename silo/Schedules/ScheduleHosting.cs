using Agency.EventSourcing;
using Agency.Schedules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Agency.Silo.Schedules;

public static class ScheduleHosting
{
    /// <summary>Lets this silo do at their times what <see cref="IScheduledJob"/>s are registered, and at its start what has become due before. Needs an
    /// <see cref="IRowStore"/> and an <see cref="IClockGuard"/>.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services, ScheduleOptions options)
    {
        services.AddSingleton(options).AddSingleton<IScheduleTimes, ScheduleTimes>();
        if (!options.Enabled) return services;

        // After the silo has started, and stopped before it.
        services.AddQuartz(quartz => quartz.UseInMemoryStore());
        return services.AddSingleton<Timetable>().AddHostedService(provider => provider.GetRequiredService<Timetable>()).AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
    }
}

/// <summary>Gives Quartz its triggers: each job at its times, and once at the start; and anew when the clock can be believed again. Quartz goes by the wall clock: what
/// was due meanwhile was not done, and what it holds for next may be in a time that was none.</summary>
internal sealed partial class Timetable(ISchedulerFactory quartz, IScheduleTimes times, IClockGuard guard, TimeProvider clock, ILogger<Timetable> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan _period = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _held;
    private Task _watching = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Set(cancellationToken);
        _watching = Watch();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _watching.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Something was due and was not done, because the clock could not be believed.</summary>
    public void Hold() => _held = true;

    private async Task Set(CancellationToken cancellationToken)
    {
        var scheduler = await quartz.GetScheduler(cancellationToken);
        foreach (var name in times.Jobs)
        {
            if (times.Cron(name) is not { } cron) continue;
            var job = JobBuilder.Create<FireJob>().WithIdentity(name).Build();
            var daily = TriggerBuilder.Create(clock).WithIdentity(name).StartNow()
                .WithCronSchedule(cron, schedule => schedule.InTimeZone(ShanghaiTime.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
            await scheduler.ScheduleJob(job, [daily, TriggerBuilder.Create(clock).WithIdentity($"{name}-start").StartNow().Build()], new() { Replace = true }, cancellationToken);
        }
    }

    private async Task Watch()
    {
        using var timer = new PeriodicTimer(_period, clock);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            if (!guard.Look().Agrees)
            {
                _held = true;
            }
            else if (_held)
            {
                _held = false;
                try
                {
                    await Set(_stopping.Token);
                }
                catch (SchedulerException e)
                {
                    _held = true;
                    LogUnset(e);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The times of the schedules could not be set anew; it will be tried again.")]
    private partial void LogUnset(Exception exception);
}

/// <summary>Wakes the schedule of its name for the last occurrence. Holds no rule of its own: the grain decides.</summary>
[DisallowConcurrentExecution]
internal sealed partial class FireJob(Timetable timetable, IGrainFactory grains, IScheduleTimes times, IClockGuard guard, IHostApplicationLifetime host, TimeProvider clock, ILogger<FireJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;

        // Quartz may be some milliseconds early.
        var now = clock.GetUtcNow();
        if (!guard.Look().Agrees)
        {
            timetable.Hold();
            return;
        }

        if (times.Last(name, context.ScheduledFireTimeUtc is { } planned && planned > now ? planned : now) is not { } due) return;
        try
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
            await grains.GetGrain<IScheduleGrain>(name).Fire(due, stopping.Token);
        }
        catch (Exception e)
        {
            // The next occurrence makes it good; so does another silo, or the next start.
            if (!host.ApplicationStopping.IsCancellationRequested) LogFailed(e, name, due);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule {Job} of {Due} could not be woken.")]
    private partial void LogFailed(Exception exception, string job, DateTimeOffset due);
}
