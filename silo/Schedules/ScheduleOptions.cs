using System.Collections.Frozen;
using Agency.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Quartz;

namespace Agency.Silo.Schedules;

/// <summary>When what is to be done by itself is done. Section <c>Agency:Schedules</c>.</summary>
public sealed class ScheduleOptions
{
    public const string Section = "Agency:Schedules";

    /// <summary>All jobs that there can be, by name.</summary>
    public static IReadOnlyCollection<string> Jobs { get; } = new ScheduleOptions().Times.Keys.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether this process watches the times. Without it the jobs are done by another process, or when they are asked for.</summary>
    /// <value>The default value is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The times of each job by its name, as a Quartz cron expression (second, minute, hour, day of month, month, day of week) in
    /// Asia/Shanghai; empty: at no set time.</summary>
    /// <value>By default reminders hourly, first a minute after working hours have begun; the digest at 08:45, when they are told; review series at 00:10, the anchor at 00:30, what is old enough to go at 03:10, expired
    /// idempotency keys hourly, deliveries every minute.</value>
    public Dictionary<string, string> Times { get; } = new(StringComparer.Ordinal)
    {
        ["sweep"] = "0 31 * * * ?",
        ["digest"] = "0 45 8 * * ?",
        ["series"] = "0 10 0 * * ?",
        ["anchor"] = "0 30 0 * * ?",
        ["retention"] = "0 10 3 * * ?",
        ["keys"] = "0 40 * * * ?",
        ["deliveries"] = "0 * * * * ?",
    };

    /// <summary>Reads the section.</summary>
    /// <exception cref="StartupException">A setting cannot be used; which, in one sentence.</exception>
    public static ScheduleOptions Read(IConfiguration configuration)
    {
        var options = Settings.Read<ScheduleOptions>(configuration, Section);
        if (options.Times.Keys.FirstOrDefault(job => !Jobs.Contains(job)) is { } other)
            throw new StartupException($"There is no schedule '{other}' ({Section}:Times:{other}): there are {string.Join(", ", Jobs.Order(StringComparer.Ordinal))}.");
        foreach (var job in Jobs) options.CronOf(job);
        return options;
    }

    /// <summary>A job's times; null: it has none.</summary>
    /// <exception cref="StartupException">They are no times.</exception>
    internal CronExpression? CronOf(string job)
    {
        if (!Times.TryGetValue(job, out var text)) throw new StartupException($"The schedule '{job}' has no times: set {Section}:Times:{job}, to nothing if it is to have none.");
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            return new(text, ShanghaiTime.Zone);
        }
        catch (FormatException e)
        {
            throw new StartupException($"The times of the schedule '{job}' ({Section}:Times:{job}) are '{text}', which is no Quartz cron expression: {e.Message}", e);
        }
    }
}
