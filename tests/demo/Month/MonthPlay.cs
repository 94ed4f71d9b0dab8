using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Agency.Demo.Portfolio;
using Agency.People;

namespace Agency.Demo.Month;

/// <summary>One month of an office, fast forward: a portfolio goes on as lots have it, a conference is called and held, and the service reminds, records and
/// convenes by itself. Tells what happened each day.</summary>
internal sealed class MonthPlay(MonthOrder order, TextWriter output)
{
    // After each of these a schedule has been due.
    private static readonly TimeOnly[] _looks = [new(0, 12), .. Enumerable.Range(0, 9).Select(h => new TimeOnly(h, 32)), new(8, 46), .. Enumerable.Range(9, 15).Select(h => new TimeOnly(h, 32))];
    private static readonly string[] _kinds = ["notice", "digest", "invitation"];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _shanghai = TimeSpan.FromHours(8);
    private static readonly (string Job, Func<DateTimeOffset, DateTimeOffset> Last)[] _times =
    [
        ("sweep", now => LastHour(now, 31)),
        ("digest", now => LastDay(now, new(8, 45))),
        ("series", now => LastDay(now, new(0, 10))),
        ("anchor", now => LastDay(now, new(0, 30))),
    ];

    private static readonly TimeOnly _desk = new(10, 32);

    public async Task Run(CancellationToken cancellationToken)
    {
        await using var receiver = await NoticeReceiver.Start();
        await using var host = new MonthHost(Instant(order.From.AddDays(-1), new(23, 50)));
        using var office = host.As(Role.Office, "demo-office");
        using var administrator = host.As(Role.Administrator, "demo-admin");
        var (service, admin) = (new Service(office), new Service(administrator));
        await service.Ready(TimeSpan.FromSeconds(60), cancellationToken);
        var played = await Play(service, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{order.Projects} projects of two years are there, {played} entries; a month from {order.From:yyyy-MM-dd}:"));
        var webhook = (await admin.Post<JsonElement>("/webhooks", new Dictionary<string, object?> { ["url"] = receiver.Url, ["kinds"] = _kinds }, "month-webhook", cancellationToken)).GetProperty("id").GetString()!;
        var conference = new Conference(service);
        await conference.Begin(cancellationToken);
        var calendar = (await new PortfolioPlay(service).Maker(order.Seed, order.From, cancellationToken)).Calendar;
        for (var day = order.From; day < order.From.AddDays(order.Days); day = day.AddDays(1))
        {
            var (entries, told) = (0, (IReadOnlyList<string>)[]);
            var recorded = 0L;
            var swept = default(DateTimeOffset);
            foreach (var look in _looks)
            {
                host.Clock.Advance(Instant(day, look) - host.Clock.GetUtcNow());
                var (due, did) = await Settled(admin, webhook, host.Clock.GetUtcNow(), cancellationToken);
                (recorded, swept) = (due > swept ? recorded + did : recorded, due);
                if (look != _desk || calendar.OnOrAfter(day) != day) continue;
                entries = await Play(service, cancellationToken);
                told = await conference.Day(day, calendar.Before, cancellationToken);
            }

            await Tell(day, entries, recorded, receiver.Since(), told);
        }
    }

    private async Task<int> Play(Service service, CancellationToken cancellationToken) =>
        (await new PortfolioPlay(service).Run(new(order.Projects, order.Seed, null), new(TextWriter.Null, null, order.Projects), cancellationToken)).Entries;

    private async Task Tell(DateOnly day, int entries, long recorded, IReadOnlyList<(string Rule, int Count)> reminders, IReadOnlyList<string> told)
    {
        var rules = string.Join(", ", reminders.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Rule} {r.Count}")));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd ddd}  {entries,3} entries  {recorded,2} recorded by itself  {reminders.Sum(r => r.Count),3} told{(rules.Length > 0 ? ": " : "")}{rules}"));
        foreach (var line in told) await output.WriteLineAsync($"                {line}");
    }

    // Waits until the schedules have done what was due, and what was told is out.
    private static async Task<(DateTimeOffset Swept, long Recorded)> Settled(Service admin, string webhook, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var begun = Stopwatch.GetTimestamp(); ; await Task.Delay(10, cancellationToken))
        {
            var schedules = (await admin.Get<JsonElement>("/schedules?limit=200", cancellationToken)).GetProperty("items").EnumerateArray().ToDictionary(s => s.GetProperty("job").GetString()!);
            var late = _times.FirstOrDefault(t => schedules[t.Job].GetProperty("due") is not { ValueKind: JsonValueKind.String } due || due.GetDateTimeOffset() < t.Last(now));
            var pending = (await admin.Get<JsonElement>($"/webhooks/{webhook}/deliveries?state=pending&limit=200", cancellationToken)).GetProperty("items").EnumerateArray().Count(d => d.GetProperty("nextAt").GetDateTimeOffset() <= now);
            if (late.Job is null && pending == 0) return (schedules["sweep"].GetProperty("due").GetDateTimeOffset(), schedules["sweep"].GetProperty("done").TryGetProperty("recorded", out var recorded) ? recorded.GetInt64() : 0);
            if (Stopwatch.GetElapsedTime(begun) > _patience) throw new DemoException($"At {now:u} {late.Job ?? $"the delivery of {pending} messages"} was waited for in vain.");
        }
    }

    private static DateTimeOffset LastHour(DateTimeOffset now, int minute)
    {
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, minute, 0, now.Offset);
        return hour <= now ? hour : hour.AddHours(-1);
    }

    private static DateTimeOffset LastDay(DateTimeOffset now, TimeOnly time)
    {
        var today = Instant(DateOnly.FromDateTime(now.ToOffset(_shanghai).DateTime), time);
        return today <= now ? today : today.AddDays(-1);
    }

    private static DateTimeOffset Instant(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), _shanghai);
}
