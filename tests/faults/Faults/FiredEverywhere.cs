using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.Faults.Load;
using Agency.Faults.Processes;
using Agency.Faults.Record;
using Agency.People;
using Agency.Reviews;
using Agency.Reviews.Series;

namespace Agency.Faults.Faults;

/// <summary>Three silos have the same jobs due at the same instants, every two seconds: series make their sessions, overdue visits are reminded of, and a webhook is
/// told of resolutions that are given meanwhile. The silos are in this process, where it is a morning of their own.</summary>
internal sealed class FiredEverywhere() : Fault("F8", "the jobs of all schedules fired on three silos at once")
{
    private const int Silos = 3;
    private const int Series = 3;
    private const int Given = 4;
    private const string Every = "0/2 * * * * ?";
    private const string Reminder = "visitDue", Order = "resolutionGiven";
    private const string Lead = "department-" + Sessions.Lead;

    // Working hours of a working day, for nobody is reminded at other times.
    private static readonly DateTimeOffset _now = new(2026, 3, 3, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly _longAgo = new(2026, 1, 5);

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly IReadOnlyList<string> _projects = [.. Workers.Codes.Take(6)];
    private static readonly string[] _settings =
    [
        $"Agency:Schedules:Times:series={Every}", $"Agency:Schedules:Times:sweep={Every}", $"Agency:Schedules:Times:deliveries={Every}",
        "Agency:Webhooks:AllowPrivate=true", "Agency:Webhooks:AllowHttp=true",
    ];

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var receiver = await HttpReceiver.Start();
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(trial, tables, silos: 0, services: 0, cancellationToken, _settings);
        var clock = new ShiftedClock { Shift = _now - TimeProvider.System.GetUtcNow() };
        for (var number = 1; number <= Silos; number++) await cluster.AddSilo($"s{number}", clock, cancellationToken);
        await cluster.AddServices(1, cancellationToken);
        using var administrator = cluster.As(new("root", Role.Administrator));
        using var department = cluster.As(new("d", Role.Department, Sessions.Lead));
        using (var hook = await administrator.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Url, rules = new[] { Order } }, cancellationToken)) hook.EnsureSuccessStatusCode();
        var (sender, from) = (new Sender(cluster.Clients), TimeProvider.System.GetTimestamp());
        await Task.WhenAll(_projects.Select((code, i) => sender.Send(Command.Registration(code, "registration", _longAgo), i, cancellationToken)));
        await Task.WhenAll(_projects.Select((code, i) => sender.Send(Command.Visit(code, "visit", _longAgo), i, cancellationToken)));
        await Task.WhenAll(Enumerable.Range(0, Series).Select(number => sender.Send(Command.Series(string.Create(CultureInfo.InvariantCulture, $"series-{number}"), ShanghaiTime.DayOf(_now)), number, cancellationToken)));
        var sessions = await Sessions.Open(sender, Given, _projects, ShanghaiTime.DayOf(_now), cancellationToken);
        await Task.WhenAll(sessions.Select((session, i) => sender.Send(Sessions.Conclusion(session), i, cancellationToken)));
        await Waiting.Becomes(async () => (await Effects()).All(e => e.Missing.Count == 0), _patience, cancellationToken);

        // What is done once more comes after it.
        await Task.Delay(trial.Aftermath + TimeSpan.FromSeconds(3), cancellationToken);
        var (to, effects) = (TimeProvider.System.GetTimestamp(), await Effects());
        var casualties = await cluster.End(cancellationToken);
        return effects.Aggregate(await Outcome.Of(sender, tables.Streams(), casualties, from, to, cancellationToken), (outcome, e) => outcome.With(e));

        async Task<Effects[]> Effects()
        {
            var (orders, reminders) = (sessions.SelectMany(s => _projects.Select((_, i) => $"{Lead} {s.Id}-{i + 1}")).ToArray(), await Told(cluster.Clients[0], Reminder, cancellationToken));
            return
            [
                await Made(tables.Streams(), cancellationToken),
                Record.Effects.Of(_projects.Select(p => $"office {p}"), [.. reminders.Select(r => r.What).Distinct()]),
                Record.Effects.Of([], [.. reminders.Select(r => $"{r.What} of {r.Day}")]),
                Record.Effects.Of(orders, [.. (await Told(department, Order, cancellationToken)).Select(t => t.What)]),
                Record.Effects.Of(orders.Select(o => $"sent to the webhook: {o}"), [.. receiver.Received.Select(r => r.Json.GetProperty("data")).Select(d => $"sent to the webhook: {d.GetProperty("recipient")} {d.GetProperty("subjectId")}")]),
            ];
        }
    }

    // The sessions that there are, against those that their series know.
    private static async Task<Effects> Made(IFactReader store, CancellationToken cancellationToken)
    {
        var (expected, made) = (new List<string>(), new List<string>());
        await foreach (var head in store.Heads(cancellationToken))
        {
            if (head.Stream.Kind is not (ReviewFact.StreamKind or SeriesFact.StreamKind)) continue;
            await foreach (var fact in store.Read(head.Stream, 0, cancellationToken))
            {
                if (head.Stream.Kind == SeriesFact.StreamKind && SeriesFact.Codec.Decode(fact).Fact is SeriesFact.SessionsMade sessions)
                    expected.AddRange(sessions.Occurrences.Select(o => $"session of {head.Stream.Id} for {o:O}"));
                if (head.Stream.Kind == ReviewFact.StreamKind && ReviewFact.Codec.Decode(fact).Fact is ReviewDrafted { Series: { } series, Occurrence: { } occurrence })
                    made.Add($"session of {series} for {occurrence:O}");
            }
        }

        // As long as a series has made none it is not done.
        var idle = Series - expected.Select(e => e.Split(' ')[2]).Distinct().Count();
        return Effects.Of(expected.Concat(Enumerable.Range(0, idle).Select(i => $"sessions of a series, {i}")), made);
    }

    private static async Task<IReadOnlyList<(string What, string Day)>> Told(HttpClient client, string rule, CancellationToken cancellationToken)
    {
        var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/notifications?rule={rule}&limit=200", cancellationToken);
        return [.. page.GetProperty("items").EnumerateArray().Select(n => ($"{n.GetProperty("recipient")} {n.GetProperty("subject").GetProperty("id")}", $"{n.GetProperty("day")}"))];
    }
}
