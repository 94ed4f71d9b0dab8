using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Agency.Api.Access;
using Agency.Faults.Processes;
using Agency.Notifications;
using Agency.People;
using Agency.Reviews;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Grains.Reviews;
using Agency.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Api.Notifications;

/// <summary>The process is killed at random instants while sessions are concluded, their departments told, and a webhook with them: each notice is in its inbox once and
/// reaches the receiver, again only where a kill fell between. <c>AGENCY_CRASHES</c> says how often it is killed.</summary>
public sealed class NoticeCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 4;
    private const int PerRound = 8;
    private const int PerSession = 3;
    private const int MostMore = 6;
    private const string Rule = "resolutionGiven";
    private static readonly string[] _settings =
    [
        "Agency:Webhooks:AllowPrivate=true", "Agency:Webhooks:AllowHttp=true", "Agency:Deliveries:TimeoutSeconds=60",
        "Agency:Schedules:Times:deliveries=* * * * * ?", "Agency:Schedules:Times:sweep=*/5 * * * * ?",
    ];

    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("AGENCY_CRASHES") ?? "2", CultureInfo.InvariantCulture);
    private static readonly int _sessions = PerRound * (_kills + MostMore + 1);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");
    private readonly DateOnly _held = ShanghaiTime.DayOf(TimeProvider.System.GetUtcNow()).AddDays(-1);
    private readonly List<DateTimeOffset> _killedAt = [];
    private readonly int[] _done = new int[Writers];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Every_notice_is_in_its_inbox_once_and_reaches_the_receiver_whenever_the_service_is_killed()
    {
        await using var receiver = await HttpReceiver.Start();
        var random = new Random();
        receiver.Answer = _ => Task.Delay(Random.Shared.Next(30), CancellationToken.None);
        await Prepare();

        // A kill that leaves nothing between a commit and its delivery shows nothing.
        var between = 0;
        for (var round = 0; round < _kills || (between == 0 && round < _kills + MostMore); round++)
        {
            await using var service = await ServiceProcess.Start(_data.FullName, Cancel, null, _settings);
            if (round == 0) await Send(service.Client, new("root", Role.Administrator), HttpMethod.Post, "webhooks", $$"""{ "url": "{{receiver.Url}}", "rules": ["{{Rule}}"] }""");
            using var stop = new CancellationTokenSource();
            var before = _done.Sum();
            var writing = Enumerable.Range(0, Writers).Select(w => Write(service.Client, w, PerRound * (round + 1), stop.Token)).ToArray();
            while (_done.Sum() < before + Writers && !writing.All(w => w.IsCompleted)) await Task.WhenAny(Task.Delay(5, Cancel), Task.WhenAll(writing));
            await Task.Delay(random.Next(600), Cancel);
            await service.Kill();
            _killedAt.Add(TimeProvider.System.GetUtcNow());
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            var owed = (await Caused()).Except(receiver.Received.Select(Told)).Count();
            if (owed > 0) between++;
            output.WriteLine($"kill {round + 1}: {_done.Sum()} sessions concluded, {owed} notices between commit and receiver");
        }

        Assert.True(between > 0, "No kill was between a commit and its delivery.");
        HashSet<string> inboxes;
        await using (var last = await ServiceProcess.Start(_data.FullName, Cancel, null, _settings))
        {
            // What was under way is repeated under its key, and so done once.
            for (var writer = 0; writer < Writers; writer++) await Conclude(last.Client, writer);
            await Eventually.Holds(async () => await PendingOf(last.Client) == 0 && !(await Caused()).Except(receiver.Received.Select(Told)).Any(), TimeSpan.FromMinutes(2));
            inboxes = await CheckInboxes(last.Client);
            await last.Kill();
        }

        CheckReceived(receiver.Received, inboxes);
    }

    // What resolutions given by concluded sessions are to be told, and whom.
    private async Task<HashSet<string>> Caused()
    {
        using var reader = SqliteReader.Open(_data.FullName);
        var caused = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < Writers * _sessions; number++)
        {
            var facts = await reader.Read(ReviewFact.StreamOf($"s{number}"), 0, Cancel).ToListAsync(Cancel);
            if (!facts.Any(f => ReviewFact.Codec.Decode(f).Fact is Concluded)) continue;
            for (var resolution = 1; resolution <= PerSession; resolution++)
                caused.UnionWith(((string[])[ResolvedSession.Lead, ResolvedSession.Assisting]).Select(d => $"department-{d} s{number}-{resolution}"));
        }

        return caused;
    }

    private static string Told(HttpReceiver.Request request) => $"{request.Json.GetProperty("data").GetProperty("recipient")} {request.Json.GetProperty("data").GetProperty("subjectId")}";

    // The ids of what the inboxes hold: what was caused, each once.
    private async Task<HashSet<string>> CheckInboxes(HttpClient client)
    {
        var (ids, told) = (new List<string>(), new List<string>());
        foreach (var department in (string[])[ResolvedSession.Lead, ResolvedSession.Assisting])
        {
            for (var cursor = ""; cursor is not null;)
            {
                var page = await Send(client, ResolvedSession.Of(department) with { Id = "d" }, HttpMethod.Get, $"notifications?rule={Rule}&limit=200{cursor}", null);
                foreach (var item in page.GetProperty("items").EnumerateArray())
                {
                    ids.Add(item.GetProperty("id").GetString()!);
                    told.Add($"{item.GetProperty("recipient")} {item.GetProperty("subject").GetProperty("id")}");
                }

                cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
            }
        }

        Assert.Equal((await Caused()).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        return [.. ids];
    }

    // Repeats have the id and the body of the first, and were sent after a kill that came after the one before.
    private void CheckReceived(IReadOnlyList<HttpReceiver.Request> received, HashSet<string> inboxes)
    {
        var byId = received.GroupBy(r => r.Id).ToArray();
        var notices = byId.Select(same => same.First().Json.GetProperty("data").GetProperty("id").GetString()!).ToArray();
        Assert.Equal(inboxes.Order(StringComparer.Ordinal), notices.Order(StringComparer.Ordinal));
        foreach (var same in byId)
        {
            Assert.Single(same.Select(r => Encoding.UTF8.GetString(r.Body)).Distinct());
            long[] sent = [.. same.Select(r => long.Parse(r.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)).Order()];
            foreach (var (first, again) in sent.Zip(sent.Skip(1))) Assert.Contains(_killedAt, k => first <= k.ToUnixTimeSeconds() && k.ToUnixTimeSeconds() <= again);
        }

        // Of a kill no more can be sent twice than were under way.
        var repeats = received.Count - byId.Length;
        output.WriteLine($"{_killedAt.Count} kills, {inboxes.Count} notices, {received.Count} requests, {repeats} repeats");
        Assert.InRange(repeats, 0, _killedAt.Count * new DeliveryOptions().AtOnce);
    }

    // Sessions under way, every entry concluded.
    private async Task Prepare()
    {
        await using var store = SqliteEventStore.Open(new SqliteStoreOptions { DataDirectory = _data.FullName }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);
        await Task.WhenAll(Enumerable.Range(0, Writers * _sessions).Select(number =>
            store.Put(new ResolvedSession(_held, $"s{number}", [.. Enumerable.Range(0, PerSession).Select(_ => ResolvedSession.Draft(_held.AddDays(10), project: null))]))));
    }

    // A writer concludes one session after the other; the one that got no answer is to be sent again.
    private async Task Write(HttpClient client, int writer, int most, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && _done[writer] < most)
        {
            try
            {
                await Conclude(client, writer);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private async Task Conclude(HttpClient client, int writer)
    {
        var session = $"s{(writer * _sessions) + _done[writer]}";
        await Send(client, ResolvedSession.Office, HttpMethod.Post, $"reviews/{session}/conclusion", $$"""{ "onBehalfOf": "{{ResolvedSession.Chair.Id}}" }""", session);
        _done[writer]++;
    }

    private async Task<int> PendingOf(HttpClient client)
    {
        var root = new Actor("root", Role.Administrator);
        var hook = (await Send(client, root, HttpMethod.Get, "webhooks", null)).GetProperty("items")[0].GetProperty("id").GetString();
        return (await Send(client, root, HttpMethod.Get, $"webhooks/{hook}/deliveries?state=pending&limit=1", null)).GetProperty("total").GetInt32();
    }

    private async Task<JsonElement> Send(HttpClient client, Actor actor, HttpMethod method, string path, string? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", EmbeddedIssuer.Of(_data.FullName).Issue(actor, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request, CancellationToken.None);
        var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
        if (!response.IsSuccessStatusCode) Assert.Fail($"{path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
