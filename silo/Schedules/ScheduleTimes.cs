using Agency.Schedules;
using Quartz;

namespace Agency.Silo.Schedules;

/// <summary>The times of the jobs that there are, by Quartz's cron. A job whose times nobody has said stops the start.</summary>
internal sealed class ScheduleTimes(ScheduleOptions options, IEnumerable<IScheduledJob> jobs) : IScheduleTimes
{
    // Quartz finds what comes after an instant and never what came before: it is looked for from further and further back.
    private static readonly TimeSpan[] _back = [TimeSpan.FromHours(2), TimeSpan.FromDays(2), TimeSpan.FromDays(62), TimeSpan.FromDays(4 * 366)];

    private readonly SortedDictionary<string, CronExpression?> _crons = new(jobs.ToDictionary(j => j.Name, j => options.CronOf(j.Name)), StringComparer.Ordinal);

    public IReadOnlyList<string> Jobs => [.. _crons.Keys];

    public string? Cron(string job) => Of(job)?.CronExpressionString;

    public DateTimeOffset? Next(string job, DateTimeOffset after) => Of(job)?.GetNextValidTimeAfter(after);

    public DateTimeOffset? Last(string job, DateTimeOffset upTo)
    {
        if (Of(job) is not { } cron) return null;
        foreach (var back in _back)
        {
            var last = (DateTimeOffset?)null;
            for (var next = cron.GetNextValidTimeAfter(upTo - back); next <= upTo; next = cron.GetNextValidTimeAfter(next.Value)) last = next;
            if (last is not null) return last;
        }

        return null;
    }

    private CronExpression? Of(string job) => _crons.GetValueOrDefault(job);
}
