using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Agency.Schedules;

/// <summary>A schedule: makes each occurrence of a job happen once, however many silos fire and whatever was missed. Key: the job's name.</summary>
[Alias("agency.schedule"), GrainInterfaceType("agency.schedule")]
public interface IScheduleGrain : IGrainWithStringKey
{
    /// <summary>The job is due; done already if this occurrence or a later one was. It is answered when the job is done or has failed; a failure is tried again
    /// by itself some times, and by the next occurrence. Nothing is done while the clock cannot be believed.</summary>
    [Alias("fire"), ResponseTimeout(LongestRun)]
    Task<ScheduleView> Fire(DateTimeOffset due, CancellationToken cancellationToken = default);

    /// <summary>Does now what is due up to now.</summary>
    /// <returns>How it stands then; null: there is no such job here.</returns>
    /// <exception cref="EventSourcing.ClockMovedException">The clock cannot be believed.</exception>
    [Alias("run"), ResponseTimeout(LongestRun)]
    Task<ScheduleView?> Run();

    /// <summary>How it stands, while it runs, too; null: there is no such job here.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<ScheduleView?> View(CancellationToken cancellationToken = default);

    /// <summary>So long a caller waits for a job; longer ones go on without it.</summary>
    const string LongestRun = "01:00:00";
}

/// <summary>How a schedule stands.</summary>
/// <param name="Due">The last occurrence that was done; null: none yet.</param>
/// <param name="DoneAt">When it was done.</param>
/// <param name="Done">What was done then, in numbers by name.</param>
/// <param name="Missed">The first occurrence that was missed before it, since the one before was done; null: it was in time.</param>
/// <param name="FailedAt">When it last failed, if that was after; null: it has not.</param>
/// <param name="Cron">Its times, a Quartz cron expression in Asia/Shanghai; null: it has none.</param>
/// <param name="Next">When it is next due; null where it has no times.</param>
[GenerateSerializer, Immutable, Alias("agency.schedule-view")]
public sealed record ScheduleView(
    [property: Id(0)] string Job,
    [property: Id(1)] DateTimeOffset? Due,
    [property: Id(2)] DateTimeOffset? DoneAt,
    [property: Id(3)] ImmutableSortedDictionary<string, long> Done,
    [property: Id(4)] DateTimeOffset? Missed,
    [property: Id(5)] DateTimeOffset? FailedAt,
    [property: Id(6)] string? Cron,
    [property: Id(7)] DateTimeOffset? Next);
