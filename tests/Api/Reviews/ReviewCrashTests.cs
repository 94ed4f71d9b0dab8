using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Faults.Processes;
using Agency.Projects;
using Agency.Reviews;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Grains.Reviews;
using Agency.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Api.Reviews;

/// <summary>The process is killed at random instants while sessions are concluded, and resolutions extended and closed: each of these reaches its
/// project, and once. <c>AGENCY_CRASHES</c> says how often it is killed.</summary>
public sealed class ReviewCrashTests : IDisposable
{
    private const int Writers = 4;
    private const int PerSession = 5;
    private const int Projects = 6;
    private const int MostMore = 6;
    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("AGENCY_CRASHES") ?? "1", CultureInfo.InvariantCulture);

    // Of each writer; more than it concludes.
    private static readonly int _sessions = 10 * (_kills + MostMore);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");
    private readonly DateOnly _held = ShanghaiTime.DayOf(TimeProvider.System.GetUtcNow()).AddDays(-1);
    private readonly int[] _done = new int[Writers];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Every_resolution_reaches_its_project_once_whenever_the_service_is_killed()
    {
        await Prepare();
        var random = new Random();

        // A kill that hits nothing between a commit and what follows from it shows nothing.
        var between = 0;
        for (var kill = 0; kill < _kills || (between == 0 && kill < _kills + MostMore); kill++)
        {
            await using var service = await ServiceProcess.Start(_data.FullName, Cancel);
            await CheckHealed();
            using var stop = new CancellationTokenSource();
            var before = _done.Sum();
            var writing = Enumerable.Range(0, Writers).Select(w => Write(service.Client, w, stop.Token)).ToArray();
            while (_done.Sum() < before + Writers)
            {
                Assert.DoesNotContain(writing, w => w.IsCompleted);
                await Task.WhenAny(Task.Delay(5, Cancel), Task.WhenAny(writing));
            }

            await Task.Delay(random.Next(300), Cancel);
            await service.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            if (await Missing() > 0) between++;
        }

        Assert.True(between > 0, "No kill was between a commit and its delivery.");
        await using (var last = await ServiceProcess.Start(_data.FullName, Cancel))
        {
            // What was under way is repeated under its key, and so done once.
            for (var writer = 0; writer < Writers; writer++) await Send(last.Client, writer, _done[writer]++);
            await CheckHealed();
            await last.Kill();
        }

        Assert.Equal(0, await Missing());
    }

    // Sessions under way, every entry concluded, as many resolutions as there are projects.
    private async Task Prepare()
    {
        await using var store = Open();
        for (var number = 0; number < Projects; number++)
        {
            await store.PutProject(CodeOf(number), new ProjectRegistered(
                CodeOf(number), "SOC_SMALL", 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty,
                new("n", "o", "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Other, null, null, null, [])));
        }

        await Task.WhenAll(Enumerable.Range(0, Writers * _sessions).Select(number =>
            store.Put(new ResolvedSession(_held, $"s{number}", [.. Enumerable.Range(0, Projects).Select(p => ResolvedSession.Draft(_held.AddDays(10), CodeOf(p)))]))));
    }

    // By then what the process before owed is paid.
    private Task CheckHealed() => Eventually.Holds(async () =>
    {
        using var reader = SqliteReader.Open(_data.FullName);
        return !await reader.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel);
    });

    // How many of what sessions say of resolutions their projects do not have on record. None has it twice, or what was not said.
    private async Task<int> Missing()
    {
        await using var store = Open();
        var caused = new List<string>();
        foreach (var session in await store.Summaries(ReviewFact.StreamKind, 0, Cancel).ToListAsync(Cancel))
        {
            var facts = await store.Read(session.Stream, 0, Cancel).ToListAsync(Cancel);
            Assert.Null(Streams.FaultOf(session.Stream, facts));
            caused.AddRange(facts.Select(ReviewFact.Codec.Decode).SelectMany(e => Caused(session.Stream.Id, e)));
        }

        var happened = new List<string>();
        for (var number = 0; number < Projects; number++)
            happened.AddRange((await store.CopiesOf(CodeOf(number))).Select(c => $"{CodeOf(number)} {c.Resolution} {c.Source} {c.DueDate:O} {c.Closed}"));
        Assert.NotEmpty(caused);
        Assert.Equal(happened.Count, happened.Distinct().Count());
        Assert.Empty(happened.Except(caused));
        return caused.Except(happened).Count();
    }

    private IEnumerable<string> Caused(string session, Entry<ReviewFact> entry) => entry.Fact switch
    {
        Concluded => Enumerable.Range(0, Projects).Select(p => $"{CodeOf(p)} {session}-{p + 1} {entry.Version} {_held.AddDays(10):O} False"),
        ResolutionExtended => [$"{CodeOf(0)} {session}-1 {entry.Version} {_held.AddDays(20):O} False"],
        ResolutionConfirmed => [$"{CodeOf(0)} {session}-1 {entry.Version} {_held.AddDays(20):O} True"],
        _ => [],
    };

    // A writer sends one act after the other; the one that got no answer is to be sent again.
    private async Task Write(HttpClient client, int writer, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && _done[writer] < (_sessions * PerSession) - 1)
        {
            try
            {
                await Send(client, writer, _done[writer]);
            }
            catch (HttpRequestException)
            {
                return;
            }

            _done[writer]++;
        }
    }

    private async Task Send(HttpClient client, int writer, int number)
    {
        var session = $"s{(writer * _sessions) + (number / PerSession)}";
        var (path, body) = (number % PerSession) switch
        {
            0 => ($"reviews/{session}/conclusion", $$"""{ "onBehalfOf": "{{ResolvedSession.Chair.Id}}" }"""),
            1 => ($"resolutions/{session}-1/extension", $$"""{ "dueDate": "{{_held.AddDays(20):O}}", "reason": "征地未完成", "onBehalfOf": "{{ResolvedSession.Chair.Id}}" }"""),
            2 => ($"resolutions/{session}-1/receipt", $$"""{ "onBehalfOf": "{{ResolvedSession.Lead}}" }"""),
            3 => ($"resolutions/{session}-1/completion", $$"""{ "evidence": [{ "name": "批复" }], "onBehalfOf": "{{ResolvedSession.Lead}}" }"""),
            _ => ($"resolutions/{session}-1/confirmation", "{}"),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", $"{writer}-{number}");
        using var response = await client.SendAsync(request, CancellationToken.None);
        if (!response.IsSuccessStatusCode) Assert.Fail($"{path} {body}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
    }

    private SqliteEventStore Open() => SqliteEventStore.Open(new SqliteStoreOptions { DataDirectory = _data.FullName }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);

    private static string CodeOf(int project) => $"2026-511302-47-01-{800_000 + project:000000}";
}
