using System.Globalization;
using System.Text.Json;
using Agency.Demo.Portfolio;
using Agency.People;

namespace Agency.Demo.Month;

/// <summary>One month of an office, fast forward: a portfolio goes on as lots have it, a conference is called and held, and the service reminds, records and
/// convenes by itself. Tells what happened each day.</summary>
/// <param name="from">The first day.</param>
internal sealed class MonthPlay(DateOnly from, int projects, int seed, TextWriter output)
{
    private const int Days = 31;

    // After each of these minutes past the hour a schedule has been due.
    private static readonly TimeOnly[] _looks = [new(0, 11), new(0, 31), .. Enumerable.Range(7, 12).Select(h => new TimeOnly(h, 36)), new(23, 6)];
    private static readonly TimeSpan _shanghai = TimeSpan.FromHours(8);
    private static readonly TimeOnly _desk = new(10, 36);

    public async Task Run(CancellationToken cancellationToken)
    {
        await using var receiver = await NoticeReceiver.Start();
        await using var host = new MonthHost(Instant(from, new(6, 30)));
        using var (office, administrator) = (host.As(Role.Office, "demo-office"), host.As(Role.Administrator, "demo-admin"));
        var (service, admin) = (new Service(office), new Service(administrator));
        await service.Ready(TimeSpan.FromSeconds(60), cancellationToken);
        await Play(service, cancellationToken);
        await admin.Post<JsonElement>("/webhooks", new Dictionary<string, object?> { ["url"] = receiver.Url }, "month-webhook", cancellationToken);
        var conference = new Conference(service);
        await conference.Begin(cancellationToken);
        var calendar = (await new PortfolioPlay(service).Maker(seed, from, cancellationToken)).Calendar;
        for (var day = from; day < from.AddDays(Days); day = day.AddDays(1))
        {
            var (entries, told) = (0, (IReadOnlyList<string>)[]);
            var recorded = 0L;
            foreach (var look in _looks)
            {
                host.Clock.Advance(Instant(day, look) - host.Clock.GetUtcNow());
                recorded += await Settled(admin, host.Clock.GetUtcNow(), cancellationToken);
                if (look != _desk || calendar.OnOrAfter(day) != day) continue;
                entries = await Play(service, cancellationToken);
                told = await conference.Day(day, calendar.Before, cancellationToken);
            }

            await Tell(day, entries, recorded, receiver.Since(), told);
        }
    }

    private async Task<int> Play(Service service, CancellationToken cancellationToken) =>
        (await new PortfolioPlay(service).Run(new(projects, seed, null), new(TextWriter.Null, null, projects), cancellationToken)).Entries;

    private async Task Tell(DateOnly day, int entries, long recorded, IReadOnlyList<(string Rule, int Count)> reminders, IReadOnlyList<string> told)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd ddd}  {entries,3} entries  {recorded,2} recorded by itself  {reminders.Sum(r => r.Count),3} told"
            + (reminders.Count > 0 ? ": " + string.Join(", ", reminders.Select(r => $"{r.Rule} {r.Count}")) : "")));
        foreach (var line in told) await output.WriteLineAsync($"                {line}");
    }

    // Waits until the schedules have done what was due, and what was told is out.
    private static async Task<long> Settled(Service admin, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        return 0;
    }

    private static DateTimeOffset Instant(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), _shanghai);
}
