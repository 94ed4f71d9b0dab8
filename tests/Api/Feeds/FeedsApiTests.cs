using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;
using Agency.Tests.Api.Access;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;
using Agency.Tests.Api.Reviews;
using Agency.Tests.Silo.Feeds;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agency.Tests.Api.Feeds;

public sealed class FeedsApiTests(FeedsApiTests.Service api) : IClassFixture<FeedsApiTests.Service>
{
    private const string Path = "/api/v1/feeds";
    private readonly HttpClient _anybody = api.CreateClient();

    [Fact]
    public async Task A_department_s_feed_of_sessions_shows_those_that_it_is_called_to_until_it_is_revoked()
    {
        using var department = api.As(Role.Department, "fd1", department: Whose.Department);
        using var stranger = api.As(Role.Department, "fd2", department: "511303-SWJ");
        await api.Called("feed-r1", Whose.Department);
        var (id, url) = await Made(department, "sessions");
        var (_, foreign) = await Made(stranger, "sessions");

        var answer = await _anybody.Get(url);
        Assert.Equal((200, "text/calendar; charset=utf-8", "no-cache, private"), ((int)answer.StatusCode, $"{answer.Content.Headers.ContentType}", $"{answer.Headers.CacheControl}"));
        var session = Assert.Single((await Read(url)).Components, c => c["uid"] == "review-feed-r1@511300.agency");
        Assert.Equal(("三月例会", "2026-03-06T01:30:00.000Z", "CONFIRMED", "0"), (session["summary"], session["dtstart"], session["status"], session["sequence"]));
        Assert.DoesNotContain("feed-r1", await (await _anybody.Get(foreign)).Content.ReadAsStringAsync(Requests.Cancel), StringComparison.Ordinal);

        // The same state is the same bytes.
        Assert.Equal(304, (int)(await _anybody.Get(url, ("If-None-Match", $"{answer.Headers.ETag}"))).StatusCode);
        Assert.Equal(id, Assert.Single(await Listed(department)));
        Assert.DoesNotContain(id, await Listed(stranger));

        await (await stranger.Send(HttpMethod.Delete, $"{Path}/{id}", null)).Problem(404, "feed-not-found");
        Assert.Equal(200, (int)(await _anybody.Get(url)).StatusCode);
        Assert.Equal(204, (int)(await department.Send(HttpMethod.Delete, $"{Path}/{id}", null)).StatusCode);
        var revoked = await (await _anybody.Get(url)).Problem(404, "feed-not-found");
        var unknown = await (await _anybody.Get($"{Path}/{new string('A', 43)}.ics")).Problem(404, "feed-not-found");
        Assert.Equal(Shape(unknown), Shape(revoked));
        Assert.Equal(Shape(unknown), Shape(await (await _anybody.Get($"{Path}/x.ics")).Problem(404, "feed-not-found")));
        Assert.Empty(await Listed(department));

        static string Shape(JsonElement problem) => string.Join('\n', problem.EnumerateObject().Select(p => p.Name == "traceId" ? "" : p.ToString()));
    }

    [Fact]
    public async Task A_manager_s_feed_loses_a_project_that_is_handed_over_and_a_deactivated_one_has_none()
    {
        var project = $"{Registration.Path}/{await api.Registered(971)}";
        await api.Managed(project, "fm1");
        var (_, first) = await Made(api.As(Role.Manager, "fm1"), "agent");
        await Eventually.Holds(async () => (await Read(first)).Components.Count > 0);
        var visit = Assert.Single((await Read(first)).Components, c => c["uid"]!.StartsWith("visit-", StringComparison.Ordinal));
        Assert.StartsWith("走访：", visit["summary"], StringComparison.Ordinal);
        Assert.Equal("date", visit.Find("dtstart")!.Type);

        await api.Registered("fm2", TestAgents.Manager);
        await (await api.As(Role.Office).Put($"{project}/manager", """{ "agentId": "fm2", "handoverNote": "环评待补正" }""")).Body(200);
        var (_, second) = await Made(api.As(Role.Manager, "fm2"), "agent", ("Accept-Language", "en"));
        await Eventually.Holds(async () => (await Read(second)).Components.Any(c => c["uid"] == visit["uid"]));
        await Eventually.Holds(async () => (await Read(first)).Components.Count == 0);
        Assert.Contains((await Read(second)).Components, c => c["summary"]!.StartsWith("Visit: ", StringComparison.Ordinal));

        var (_, never) = await Made(api.As(Role.Manager, "nobody"), "agent");
        Assert.Empty((await Read(never)).Components);
    }

    [Fact]
    public async Task A_department_s_own_feed_has_what_it_has_to_do()
    {
        var code = await api.Served(972);
        await api.Accepted(code);
        var (_, url) = await Made(api.As(Role.Department, "fd3", department: Whose.Department), "department");
        await Eventually.Holds(async () => (await Read(url)).Components.Any(c => c["description"] == $"项目代码 {code}" && c["summary"]!.StartsWith("作出决定：", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_command_again_gives_another_address_and_the_one_before_is_void()
    {
        using var office = api.As(Role.Office, "fo1");
        (string, string)[] key = [("Idempotency-Key", "feed-1")];
        var (first, lost) = await Made(office, "sessions", key);
        var (second, url) = await Made(office, "sessions", key);
        Assert.Equal(first, second);
        Assert.Equal([first], await Listed(office));
        await (await _anybody.Get(lost)).Problem(404, "feed-not-found");
        Assert.Equal(200, (int)(await _anybody.Get(url)).StatusCode);
    }

    [Fact]
    public async Task Each_role_has_the_feeds_that_show_it_something_and_not_without_end()
    {
        foreach (var (role, kind) in ((Role, string)[])[(Role.Office, "agent"), (Role.Manager, "sessions"), (Role.Department, "agent"), (Role.Supervisor, "department")])
        {
            using var client = api.As(role, "fx", role == Role.Department ? Whose.Department : null);
            await (await client.Post(Path, $$"""{ "kind": "{{kind}}" }""")).Problem(403, "feed-kind-not-yours");
        }

        using var many = api.As(Role.Supervisor, "fs1");
        for (var i = 0; i < 20; i++) await Made(many, "sessions");
        await (await many.Post(Path, """{ "kind": "sessions" }""")).Problem(409, "too-many-feeds");
    }

    [Fact]
    public async Task The_administrator_sees_and_revokes_everybody_s_and_an_erased_person_s_end()
    {
        using var admin = api.As(Role.Administrator, "root");
        var (id, url) = await Made(api.As(Role.Leadership, "fl1"), "sessions");
        Assert.Contains(id, await Listed(admin));
        Assert.Equal(204, (int)(await admin.Send(HttpMethod.Delete, $"{Path}/{id}", null)).StatusCode);
        await (await _anybody.Get(url)).Problem(404, "feed-not-found");

        var (_, erased) = await Made(api.As(Role.Leadership, "fl2"), "sessions");
        await (await admin.Put("/api/v1/persons/fl2", """{ "name": "王芳" }""")).Body(200);
        Assert.Equal(204, (int)(await admin.Send(HttpMethod.Delete, "/api/v1/persons/fl2", null)).StatusCode);
        await (await _anybody.Get(erased)).Problem(404, "feed-not-found");
    }

    [Fact]
    public async Task The_token_is_in_no_row_log_or_trace()
    {
        var traces = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(t => $"{t.Key}={t.Value}"))}"),
        };
        ActivitySource.AddActivityListener(listener);
        var (_, url) = await Made(api.As(Role.Office, "fo2"), "sessions");
        var token = url[(Path.Length + 1)..^".ics".Length];
        Assert.Equal(43, token.Length);
        Assert.Equal(200, (int)(await _anybody.Get(url)).StatusCode);
        var unknown = new string('B', 43);
        await (await _anybody.Get($"{Path}/{unknown}.ics")).Problem(404, "feed-not-found");

        Assert.True(api.Lines.Count > 10 && !traces.IsEmpty, $"{api.Lines.Count} lines, {traces.Count} traces");
        var told = api.Lines.Concat(traces).Where(l => l.Contains(token, StringComparison.Ordinal) || l.Contains(unknown, StringComparison.Ordinal));
        Assert.Empty(told.Take(5));
        var rows = await api.Services.GetRequiredService<IRowStore>().List("feed", cancellationToken: Requests.Cancel);
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.DoesNotContain(token, r.Key + System.Text.Encoding.UTF8.GetString(r.Bytes.Span), StringComparison.Ordinal));
    }

    private static async Task<(string Id, string Url)> Made(HttpClient client, string kind, params (string, string)[] headers)
    {
        var made = await (await client.Post(Path, $$"""{ "kind": "{{kind}}" }""", headers)).Body(201);
        return (made.GetProperty("id").GetString()!, made.GetProperty("url").GetString()!);
    }

    private static async Task<string?[]> Listed(HttpClient client)
    {
        var list = await client.Read($"{Path}?limit=200");
        Assert.All(list.GetProperty("items").EnumerateArray(), f => Assert.False(f.TryGetProperty("url", out _) || f.TryGetProperty("token", out _)));
        return [.. list.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("id").GetString())];
    }

    private async Task<IcalComponent> Read(string url) => await IcalJs.Read(await (await _anybody.Get(url)).Content.ReadAsStringAsync(Requests.Cancel));

    /// <summary>The service with all that it logs at the lowest level, and with room for tests that ask often.</summary>
    public sealed class Service : ApiFixture
    {
        internal ConcurrentQueue<string> Lines { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Agency:Limits:FeedsPerMinute", "1000");
            builder.UseSetting("Logging:LogLevel:Default", "Trace");
            builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Trace");
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Kept(Lines)));
        }
    }

    private sealed class Kept(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
