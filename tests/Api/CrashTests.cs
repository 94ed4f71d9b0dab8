using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Agency.Faults.Processes;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Api;

/// <summary>The process that stores is killed under load: nothing acknowledged is lost, nothing is done twice.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Writers = 8;
    private const int Kills = 3;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _acknowledged = new();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_killed_service_has_lost_nothing_that_it_acknowledged_and_repeats_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        var open = Enumerable.Range(0, Writers).Select(w => new Command(CodeOf(w), "registration", Registration(CodeOf(w)), $"r{w}")).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var service = await ServiceProcess.Start(_data.FullName, cancel);
            using var stop = new CancellationTokenSource();
            var writing = open.Select((command, writer) => Write(service.Client, writer, command, stop.Token)).ToArray();
            var enough = (kill + 1) * 40 * Writers;
            while (_acknowledged.Values.Sum(a => a.Count) < enough) await Task.WhenAny(Task.Delay(5, cancel), Task.WhenAll(writing));
            await service.Kill();
            await stop.CancelAsync();
            open = await Task.WhenAll(writing);
            await CheckStore();
        }

        // What was under way at the last kill is repeated under its key, and so done once.
        await using var last = await ServiceProcess.Start(_data.FullName, cancel);
        foreach (var (command, writer) in open.Select((c, w) => (c, w))) Assert.True(await Send(last.Client, writer, command, cancel));
        foreach (var (code, tokens) in _acknowledged)
        {
            var history = await last.Client.GetFromJsonAsync<JsonElement>($"/api/v1/projects/{code}/history?limit=200", cancel);
            var recorded = history.GetProperty("items").EnumerateArray().Select(TokenOf).OfType<string>().ToList();
            while (history.GetProperty("nextCursor").GetString() is { } cursor)
            {
                history = await last.Client.GetFromJsonAsync<JsonElement>($"/api/v1/projects/{code}/history?limit=200&cursor={cursor}", cancel);
                recorded.AddRange(history.GetProperty("items").EnumerateArray().Select(TokenOf).OfType<string>());
            }

            Assert.Equal(tokens, recorded);
        }
    }

    // A writer sends one command after the other to its own project; the one that got no answer is to be sent again.
    private async Task<Command> Write(HttpClient client, int writer, Command command, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await Send(client, writer, command, CancellationToken.None)) return command;
            }
            catch (HttpRequestException)
            {
                return command;
            }

            var number = _acknowledged[command.Code].Count;
            var token = $"w{writer}n{number}";
            command = number % 2 == 1
                ? new(command.Code, "approvals/A04/submission", $$"""{ "materials": [{ "name": "{{token}}" }] }""", token)
                : new(command.Code, "approvals/A04/withdrawal", $$"""{ "reason": "{{token}}" }""", token);
        }

        return command;
    }

    private async Task<bool> Send(HttpClient client, int writer, Command command, CancellationToken cancellationToken)
    {
        var path = command.Path == "registration" ? "/api/v1/projects" : $"/api/v1/projects/{command.Code}/{command.Path}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(command.Body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", $"{writer}-{command.Token}");
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            Assert.Fail($"{command.Path} {command.Token}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        _acknowledged.GetOrAdd(command.Code, _ => new()).Enqueue(command.Token);
        return true;
    }

    private async Task CheckStore()
    {
        await using var store = SqliteEventStore.Open(new SqliteStoreOptions { DataDirectory = _data.FullName }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);
        foreach (var code in _acknowledged.Keys)
        {
            var stream = new StreamId("project", code);
            Assert.Null(Streams.FaultOf(stream, await store.Read(stream, 0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)));
        }
    }

    private static string? TokenOf(JsonElement fact) => fact.GetProperty("type").GetString() switch
    {
        "registered" => $"r{fact.GetProperty("data").GetProperty("details").GetProperty("name").GetString()}",
        "submission" => fact.GetProperty("data").GetProperty("materials")[0].GetProperty("name").GetString(),
        "withdrawal" => fact.GetProperty("data").GetProperty("reason").GetString(),
        _ => null,
    };

    private static string CodeOf(int writer) => $"2026-511302-47-01-{writer:000000}";

    private static string Registration(string code) => $$"""
        { "code": "{{code}}", "name": "{{int.Parse(code[^6..], null)}}", "flow": "SOC_SMALL", "ownerName": "o", "ownerCreditCode": "91511302MA62900AX9",
          "district": "511302", "authority": "city", "leadDepartment": "511300-ZJJ", "keyLevel": "other" }
        """;

    private sealed record Command(string Code, string Path, string Body, string Token);
}
