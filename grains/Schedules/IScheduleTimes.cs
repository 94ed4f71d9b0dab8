namespace Agency.Schedules;

/// <summary>When the jobs of this service are due, as it is configured.</summary>
public interface IScheduleTimes
{
    /// <summary>The jobs that there are, by name.</summary>
    IReadOnlyList<string> Jobs { get; }

    /// <summary>A job's times, as they are configured; null: it is done when it is asked for and at no set time.</summary>
    string? Cron(string job);

    /// <summary>The last occurrence up to an instant; null if there was none in the four years before, or the job has no times.</summary>
    DateTimeOffset? Last(string job, DateTimeOffset upTo);

    /// <summary>The first occurrence after an instant; null if there is none.</summary>
    DateTimeOffset? Next(string job, DateTimeOffset after);
}
