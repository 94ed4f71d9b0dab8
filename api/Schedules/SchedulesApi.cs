using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Schedules;
using Agency.Silo.Schedules;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agency.Api.Schedules;

/// <summary>What the service does by itself, and when.</summary>
internal static partial class SchedulesApi
{
    public static void MapSchedules(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/schedules").WithTags("Schedules");
        group.MapGet("/", List).WithName("ListSchedules").WithSummary("What the service does by itself: when it was last done, what was missed or failed, and when it is next due; by name.");
        group.MapPost("/{job}/run", Run).WithName("RunSchedule").WithSummary("Does now what is due up to now; answers when it is done or has failed.");
    }

    private static async Task<Ok<Page<ScheduleAnswer>>> List([AsParameters] ListQuery list, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var views = await Task.WhenAll(ScheduleOptions.Jobs.Select(job => grains.GetGrain<IScheduleGrain>(job).View(cancellationToken)));
        return TypedResults.Ok(list.PageOf([.. views.OfType<ScheduleView>().OrderBy(v => v.Job, StringComparer.Ordinal).Select(ScheduleAnswer.Of)], s => s.Job));
    }

    private static async Task<Results<Ok<ScheduleAnswer>, Refused>> Run(string job, CommandContext command, IGrainFactory grains, ILogger<ScheduleAnswer> logger, CancellationToken cancellationToken)
    {
        // Not every name can be a grain's. The run goes on, whoever still waits for it.
        if (!ScheduleOptions.Jobs.Contains(job) || await grains.GetGrain<IScheduleGrain>(job).Run().WaitAsync(cancellationToken) is not { } view) return new Refused(Refusal.Of("schedule-not-found", ("schedule", job)));
        LogRun(logger, command.Actor.Id, job);
        return TypedResults.Ok(ScheduleAnswer.Of(view));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{By} has had the schedule {Job} run.")]
    private static partial void LogRun(ILogger logger, string by, string job);
}

/// <summary>Something that the service does by itself.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Cron">Its times, a Quartz cron expression in Asia/Shanghai; null: it has none.</param>
/// <param name="Due">Up to when everything is done; null: it was never done.</param>
/// <param name="DoneAt">When that was done.</param>
/// <param name="Done">What was done then, in numbers by name.</param>
/// <param name="Missed">The first occurrence that had been missed by then; null: it was in time.</param>
/// <param name="FailedAt">When it last failed, if it has not been done since.</param>
/// <param name="Next">When it is next due; null where it has no times.</param>
public sealed record ScheduleAnswer(string Job, string? Cron, DateTimeOffset? Due, DateTimeOffset? DoneAt, IReadOnlyDictionary<string, long> Done, DateTimeOffset? Missed, DateTimeOffset? FailedAt, DateTimeOffset? Next)
{
    internal static ScheduleAnswer Of(ScheduleView view) => new(view.Job, view.Cron, view.Due, view.DoneAt, view.Done, view.Missed, view.FailedAt, view.Next);
}
