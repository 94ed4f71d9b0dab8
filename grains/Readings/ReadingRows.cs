using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Agency.Calendar;
using Agency.EventSourcing;

namespace Agency.Readings;

/// <summary>The rows of readings: a partition for each month in Asia/Shanghai, in it the newest first.</summary>
internal sealed class ReadingRows(IRowStore rows)
{
    private const int RandomDigits = 8;

    // Behind every place of its instant.
    private const string End = "~";

    public async Task Add(Reading reading)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(reading, FactJson.Options);

        // Another one of this instant may have the same random part.
        while (await rows.Create(new(Partition(ShanghaiTime.DayOf(reading.At)), $"{Place(reading.At)}-{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}"), bytes) is null) continue;
    }

    public async Task<ReadingPage> Find(ReadingQuery query, DateOnly today, CancellationToken cancellationToken)
    {
        var (items, place, total, more) = (ImmutableArray.CreateBuilder<Reading>(), "", 0L, false);
        await foreach (var row in Each(query.From, query.To < today ? query.To : today, cancellationToken))
        {
            var reading = JsonSerializer.Deserialize<Reading>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty reading.");
            if ((query.Subject ?? reading.Subject) != reading.Subject || (query.Actor ?? reading.Actor) != reading.Actor) continue;
            total++;
            if (string.CompareOrdinal(row.Key, query.After) <= 0) continue;
            more = items.Count == query.Limit;
            if (more) continue;
            items.Add(reading);
            place = row.Key;
        }

        return new(items.ToImmutable(), more ? place : null, total);
    }

    private async IAsyncEnumerable<Row> Each(DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = from.Year < CalendarDecider.FirstYear ? new DateOnly(CalendarDecider.FirstYear, 1, 1) : from;
        var (behind, last) = (Place(StartOf(to.AddDays(1))) + End, Place(StartOf(first)) + End);
        for (var month = new DateOnly(to.Year, to.Month, 1); to >= first && month >= new DateOnly(first.Year, first.Month, 1); month = month.AddMonths(-1))
        {
            await foreach (var row in rows.All(Partition(month), behind, last, cancellationToken)) yield return row;
        }
    }

    private static string Partition(DateOnly day) => $"reading-{day:yyyy-MM}";

    // The later, the smaller.
    private static string Place(DateTimeOffset instant) => $"{DateTime.MaxValue.Ticks - instant.UtcTicks:D19}";

    private static DateTimeOffset StartOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), ShanghaiTime.Zone);
}
