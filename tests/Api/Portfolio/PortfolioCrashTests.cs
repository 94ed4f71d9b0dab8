using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.Faults.Processes;
using Agency.Managers;
using Agency.Projects;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Api.Portfolio;

/// <summary>The process is killed at random instants under load. Afterwards the portfolio tells what the stored facts do, and what had
/// to follow in other grains has happened exactly once. <c>AGENCY_CRASHES</c> says how often it is killed.</summary>
public sealed class PortfolioCrashTests : IDisposable
{
    private const int Writers = 6;
    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("AGENCY_CRASHES") ?? "3", CultureInfo.InvariantCulture);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");
    private readonly int[] _done = new int[Writers];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_killed_service_tells_what_is_stored_and_does_elsewhere_what_follows_once()
    {
        var random = new Random();
        for (var kill = 0; kill < _kills; kill++)
        {
            await using var service = await ServiceProcess.Start(_data.FullName, Cancel);
            if (kill == 0) await Employ(service.Client);
            using var stop = new CancellationTokenSource();
            var before = _done.Sum();
            var writing = Enumerable.Range(0, Writers).Select(w => Write(service.Client, w, stop.Token)).ToArray();
            while (_done.Sum() < before + Writers) await Task.WhenAny(Task.Delay(5, Cancel), Task.WhenAll(writing));

            // The instant is to be any: in the middle of a commit, before or while what follows is done.
            await Task.Delay(random.Next(700), Cancel);
            await service.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
        }

        await using (var last = await ServiceProcess.Start(_data.FullName, Cancel))
        {
            // What was under way is repeated under its key, and so done once.
            for (var writer = 0; writer < Writers; writer++) await Send(last.Client, writer, Act.Of(writer, _done[writer]++));
            await CheckPortfolio(last.Client);
            await CheckMarkers();
            await FullChecks.IsWhole(_data.FullName, TimeProvider.System);
            await last.Kill();
        }

        await CheckEffects();
    }

    // Every project is listed as its own grain, which has just folded it, tells it; and so are they counted.
    private async Task CheckPortfolio(HttpClient client)
    {
        var expected = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var code in Registered()) expected.Add(code, await client.GetFromJsonAsync<JsonElement>($"/api/v1/projects/{code}", Cancel));
        await Eventually.Holds(async () => (await Overview()).GetProperty("total").GetInt32() == expected.Count);
        var listed = new Dictionary<string, JsonElement>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/projects?limit=200&sort=code{cursor}", Cancel);
            foreach (var item in page.GetProperty("items").EnumerateArray()) listed.Add(Text(item, "code")!, item);
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(expected.Keys, listed.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, e => Assert.Equal(Told(e.Value), Told(listed[e.Key])));
        Assert.All(expected, e => Assert.Equal(e.Value.GetProperty("clock").GetProperty("usedDays").GetInt32(), listed[e.Key].GetProperty("approvalDays").GetInt32()));
        foreach (var dimension in (string[])["state", "light", "keyLevel"])
        {
            var groups = expected.Values.GroupBy(p => Text(p, dimension)).ToDictionary(g => g.Key!, g => g.Count());
            Assert.Equal(groups, (await Overview()).GetProperty(dimension).EnumerateArray().ToDictionary(g => Text(g, "key")!, g => g.GetProperty("projects").GetInt32()));
        }

        Task<JsonElement> Overview() => client.GetFromJsonAsync<JsonElement>("/api/v1/statistics/overview", Cancel);
        static string Told(JsonElement p) => string.Join(' ', ((string[])["name", "state", "currentStage", "light", "registeredOn", "completedOn", "ownerName"]).Select(name => Text(p, name)));
    }

    private async Task CheckMarkers()
    {
        using var reader = SqliteReader.Open(_data.FullName);
        await Eventually.Holds(async () =>
        {
            for (var shard = 0; shard < reader.Shards; shard++)
            {
                if (await reader.Markers(Sharding.SpreadKind, shard, Cancel).AnyAsync(Cancel)) return false;
            }

            return true;
        });
    }

    // What facts had to cause in other streams, and what has happened there, each as often as it did.
    private async Task CheckEffects()
    {
        await using var store = SqliteEventStore.Open(new SqliteStoreOptions { DataDirectory = _data.FullName }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);
        var (caused, happened, managed) = (new List<string>(), new List<string>(), new List<Entry<ProjectFact>[]>());
        for (var shard = 0; shard < store.Shards; shard++)
        {
            foreach (var summary in await store.Summaries(Sharding.SpreadKind, shard, Cancel).ToListAsync(Cancel))
            {
                var facts = await store.Read(summary.Stream, 0, Cancel).ToListAsync(Cancel);
                Assert.Null(Streams.FaultOf(summary.Stream, facts));
                Entry<ProjectFact>[] entries = [.. facts.Select(ProjectFact.Codec.Decode)];
                ProjectFact[] of = [.. entries.Select(e => e.Fact)];
                caused.AddRange(Caused(summary.Stream.Id, of));
                happened.AddRange(Happened(summary.Stream.Id, of));
                managed.Add([.. entries.Where(e => e.Fact is ManagerAppointed)]);
            }
        }

        await CheckPlaces(store, managed);

        Assert.NotEmpty(caused);
        Assert.Equal(caused.Order(StringComparer.Ordinal), happened.Order(StringComparer.Ordinal));
    }

    // Each agent keeps one confirmed place for each project that it manages, and has released once, and for good, each that it managed.
    private static async Task CheckPlaces(SqliteEventStore store, IEnumerable<Entry<ProjectFact>[]> managed)
    {
        var told = new List<AgentFact>();
        foreach (var agent in await store.Summaries(AgentFact.Kind, 0, Cancel).ToListAsync(Cancel))
            told.AddRange((await store.Read(agent.Stream, 0, Cancel).ToListAsync(Cancel)).Select(f => AgentFact.Codec.Decode(f).Fact));
        var places = told.Select(f => f switch
        {
            AgentFact.Reserved r => (r.Assignment.CommandId, Step: "reserved"),
            AgentFact.Confirmed c => (c.Assignment.CommandId, Step: "confirmed"),
            AgentFact.Released r => (r.Assignment.CommandId, Step: "released"),
            _ => (CommandId: "", Step: ""),
        }).Where(p => p.Step.Length > 0).ToLookup(p => p.CommandId, p => p.Step);
        var appointments = managed.ToArray();
        Assert.Contains(appointments, a => a.Length > 1);
        foreach (var project in appointments)
        {
            foreach (var (i, appointment) in project.Index())
            {
                // One that another has followed at once may have been told of its end alone.
                string[] steps = [.. places[appointment.CommandId]];
                Assert.Equal(i + 1 < project.Length ? "released" : "confirmed", steps[^1]);
                Assert.Equal(1, steps.Count(s => s == steps[^1] && s != "reserved"));
            }
        }

        var appointed = appointments.SelectMany(a => a).Select(a => a.CommandId).ToHashSet(StringComparer.Ordinal);
        Assert.All(places.Where(p => !appointed.Contains(p.Key)), p => Assert.Equal("released", p.Last()));
    }

    // A further effect across grains is one more line here, and one more in what has happened.
    private static IEnumerable<string> Caused(string project, ProjectFact[] facts)
    {
        string[] before = [];
        foreach (var fact in facts)
        {
            if (fact is not DetailsChanged { Details.Aliases: var after }) continue;
            foreach (var alias in after.Except(before)) yield return $"{alias} given to {project}";
            foreach (var alias in before.Except(after)) yield return $"{alias} released";
            before = [.. after];
        }
    }

    private static IEnumerable<string> Happened(string alias, ProjectFact[] facts) => facts.Select(fact => fact switch
    {
        AliasGiven given => $"{alias} given to {given.Project}",
        AliasReleased => $"{alias} released",
        _ => null,
    }).OfType<string>();

    // A writer sends one act after the other; the one that got no answer is to be sent again.
    private async Task Write(HttpClient client, int writer, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Send(client, writer, Act.Of(writer, _done[writer]));
            }
            catch (HttpRequestException)
            {
                return;
            }

            _done[writer]++;
        }
    }

    private static async Task Employ(HttpClient client)
    {
        foreach (var id in Enumerable.Range(0, Writers).SelectMany(w => (string[])[Act.ManagerOf(w, 0), Act.ManagerOf(w, 1)]))
        {
            using var body = new StringContent($$"""{ "id": "{{id}}", "name": "n", "department": "511300-ZJJ", "rank": "middle", "functions": ["manager"], "capacity": 5 }""", Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(new Uri("/api/v1/agents", UriKind.Relative), body, Cancel);
            Assert.True(response.IsSuccessStatusCode);
        }
    }

    private static async Task Send(HttpClient client, int writer, Act act)
    {
        // A code that the project before has given up is free as soon as that is delivered.
        await Eventually.Holds(async () =>
        {
            using var request = new HttpRequestMessage(act.Method, $"/api/v1/projects{act.Path}") { Content = new StringContent(act.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", $"{writer}{act.Path}{act.Body.Length}".Replace('/', '-'));
            using var response = await client.SendAsync(request, CancellationToken.None);
            if (response.IsSuccessStatusCode) return true;
            var problem = await response.Content.ReadAsStringAsync(CancellationToken.None);
            if (!problem.Contains("\"code-in-use\"", StringComparison.Ordinal)) Assert.Fail($"{act.Path} {act.Body}: {(int)response.StatusCode} {problem}");
            return false;
        });
    }

    private IEnumerable<string> Registered() => Enumerable.Range(0, Writers).SelectMany(w => Enumerable.Range(0, ((_done[w] - 1) / Act.PerProject) + 1).Select(n => Act.CodeOf(w, n)));

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>What a writer does: project after project, each is registered, gets the writer's one alias, a manager,
    /// applies, gives the alias up, gets another manager, and withdraws.</summary>
    private sealed record Act(HttpMethod Method, string Path, string Body)
    {
        public const int PerProject = 7;

        public static Act Of(int writer, int number)
        {
            var code = CodeOf(writer, number / PerProject);
            return (number % PerProject) switch
            {
                0 => new(HttpMethod.Post, "", Registration(code)),
                1 => new(HttpMethod.Patch, $"/{code}", $$"""{ "aliases": ["2603-511302-04-01-{{writer:000000}}"] }"""),
                2 => new(HttpMethod.Put, $"/{code}/manager", $$"""{ "agentId": "{{ManagerOf(writer, 0)}}" }"""),
                3 => new(HttpMethod.Post, $"/{code}/approvals/A04/submission", """{ "materials": [] }"""),
                4 => new(HttpMethod.Patch, $"/{code}", """{ "aliases": [] }"""),
                5 => new(HttpMethod.Put, $"/{code}/manager", $$"""{ "agentId": "{{ManagerOf(writer, 1)}}", "handoverNote": "调岗" }"""),
                _ => new(HttpMethod.Post, $"/{code}/approvals/A04/withdrawal", """{ "reason": "改期" }"""),
            };
        }

        public static string ManagerOf(int writer, int number) => $"m{writer}{number}";

        public static string CodeOf(int writer, int number) => $"2026-511302-47-01-{(writer * 100_000) + number:000000}";

        private static string Registration(string code) => $$"""
            { "code": "{{code}}", "name": "{{code[^6..]}}", "flow": "SOC_SMALL", "ownerName": "o", "ownerCreditCode": "91511302MA62900AX9",
              "district": "511302", "authority": "city", "leadDepartment": "511300-ZJJ", "keyLevel": "other" }
            """;
    }
}
