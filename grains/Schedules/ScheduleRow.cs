using System.Collections.Immutable;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Schedules;

/// <summary>What is stored of a schedule. A member, once written, keeps its name and meaning.</summary>
/// <param name="Due">The last occurrence that was done.</param>
/// <param name="Missed">The first occurrence that was missed before it.</param>
/// <param name="FailedAt">When it last failed, if that was after it was done.</param>
internal sealed record ScheduleRow(DateTimeOffset? Due, DateTimeOffset? DoneAt, ImmutableSortedDictionary<string, long> Done, DateTimeOffset? Missed, DateTimeOffset? FailedAt)
{
    private const string Partition = "schedule";

    public static ScheduleRow None { get; } = new(null, null, ImmutableSortedDictionary<string, long>.Empty, null, null);

    public static RowKey Key(string job) => new(Partition, job);

    public static ScheduleRow Read(Row row) => JsonSerializer.Deserialize<ScheduleRow>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty schedule.");

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, FactJson.Options);

    /// <summary>The first occurrence that was missed since the last one done, when one is done now; null: none was, or nothing was ever done.</summary>
    /// <param name="due">Up to when it is done now.</param>
    public DateTimeOffset? MissedBy(DateTimeOffset due, string job, IScheduleTimes times) =>
        Due is { } before && times.Next(job, before) is { } first && times.Last(job, due) is { } last && first < last ? first : null;

    public ScheduleView View(string job, string? cron, DateTimeOffset? next) => new(job, Due, DoneAt, Done, Missed, FailedAt, cron, next);
}
