using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Notifications;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Agency.Schedules;

[GrainType("agency.schedule")]
internal sealed partial class ScheduleGrain(IRowStore rows, IEnumerable<IScheduledJob> jobs, IScheduleTimes times, IClockGuard guard, TimeProvider clock, ILogger<ScheduleGrain> logger) : Grain, IScheduleGrain
{
    private const string Late = "scheduleLate";
    private const int Retries = 5;
    private static readonly TimeSpan _retryPeriod = TimeSpan.FromMinutes(5);

    // A service that was started anew, or a job that took long, is nobody's concern.
    private static readonly TimeSpan _worthTelling = TimeSpan.FromHours(1);

    private ScheduleRow _row = ScheduleRow.None;
    private string? _tag;
    private IGrainTimer? _retrying;

    private bool IsKnown => times.Jobs.Contains(Job, StringComparer.Ordinal);

    private string Job => this.GetPrimaryKeyString();

    // What can be due.
    private DateTimeOffset Latest => clock.GetUtcNow() + IClockGuard.Tolerance;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await rows.Get(ScheduleRow.Key(Job), cancellationToken) is { } row) (_row, _tag) = (ScheduleRow.Read(row), row.Tag);
    }

    public Task<ScheduleView?> View(CancellationToken cancellationToken) => Task.FromResult(IsKnown ? View() : null);

    public async Task<ScheduleView?> Run()
    {
        if (!IsKnown) return null;
        var now = guard.Look();
        ClockMovedException.ThrowUnless(now);
        return await Fire(now.Now, CancellationToken.None);
    }

    public async Task<ScheduleView> Fire(DateTimeOffset due, CancellationToken cancellationToken)
    {
        if (!await TryRun(due, cancellationToken) && due <= Latest) RetryLater(due);
        return View();
    }

    private ScheduleView View() => _row.View(Job, times.Cron(Job), times.Next(Job, clock.GetUtcNow()));

    // False if it failed, or could not be begun.
    private async Task<bool> TryRun(DateTimeOffset due, CancellationToken cancellationToken)
    {
        // A silo whose clock was set before it started may fire what is not due, and leave here, where this was its, that all up to then is done.
        if ((_row.Due >= due && _row.Due <= Latest) || jobs.FirstOrDefault(j => j.Name == Job) is not { } job) return true;
        if (due > Latest || !guard.Look().Agrees)
        {
            LogClock(Job, due);
            return false;
        }

        try
        {
            var done = await job.Run(due, GrainFactory, cancellationToken);
            var missed = _row.MissedBy(due, Job, times);
            if (missed is { } first) await TellLate(first);
            await Store(new(due, clock.GetUtcNow(), done.ToImmutableSortedDictionary(StringComparer.Ordinal), missed, null));
            StopRetrying();
            return true;
        }
        catch (ClockMovedException)
        {
            LogClock(Job, due);
            return false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, Job, due);
        }

        try
        {
            await Store(_row with { FailedAt = clock.GetUtcNow() });
        }
        catch (Exception e) when (e is StoreUnavailableException or ClockMovedException)
        {
            LogFailed(e, Job, due);
        }

        return false;
    }

    // Before it is stored: told and not stored, it is told again under the same id.
    private async Task TellLate(DateTimeOffset first)
    {
        var now = clock.GetUtcNow();
        LogLate(Job, first);
        if (now - first < _worthTelling) return;
        var values = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("code", Job), KeyValuePair.Create("day", $"{ShanghaiTime.DayOf(first):yyyy-MM-dd}")]);
        var id = Notice.IdOf(Recipient.Office, NoticeSubject.Service, Job, null, Late, $"{first.UtcDateTime:O}");
        try
        {
            await GrainFactory.GetGrain<IInboxGrain>($"{Recipient.Office}").Tell([new(id, Late, NoticeSubject.Service, Job, null, ShanghaiTime.DayOf(now), values)]);
        }
        catch (Exception e)
        {
            // What is due is not held up by who is told of it.
            LogUntold(e, Job);
        }
    }

    private async Task Store(ScheduleRow row)
    {
        var tag = _tag is null ? await rows.Create(ScheduleRow.Key(Job), row.Write()) : await rows.Replace(ScheduleRow.Key(Job), row.Write(), _tag);
        if (tag is null)
        {
            DeactivateOnIdle();
            throw new InconsistentStateException($"Another activation of the schedule {Job} has written.");
        }

        (_row, _tag) = (row, tag);
    }

    // An occurrence that fails may be the last for a day. Each has its own retries.
    private void RetryLater(DateTimeOffset due)
    {
        StopRetrying();
        var left = Retries;
        _retrying = this.RegisterGrainTimer(Retry, new() { DueTime = _retryPeriod, Period = _retryPeriod, KeepAlive = true });

        async Task Retry(CancellationToken cancellationToken)
        {
            if (await TryRun(due, cancellationToken) || (guard.Look().Agrees && --left == 0)) StopRetrying();
        }
    }

    private void StopRetrying()
    {
        _retrying?.Dispose();
        _retrying = null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The schedule {Job} of {Due} failed; it will be tried again.")]
    private partial void LogFailed(Exception exception, string job, DateTimeOffset due);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule {Job} had missed its times since {First}; it has been made good.")]
    private partial void LogLate(string job, DateTimeOffset first);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The office could not be told that the schedule {Job} was late.")]
    private partial void LogUntold(Exception exception, string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule {Job} of {Due} waits: the clock cannot be believed.")]
    private partial void LogClock(string job, DateTimeOffset due);
}
