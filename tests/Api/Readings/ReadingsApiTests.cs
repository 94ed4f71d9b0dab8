using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agency.Tests.Api.Readings;

public sealed class ReadingsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/readings";
    private const string Persons = "/api/v1/persons";

    private readonly HttpClient _supervisor = api.As(Role.Supervisor, "sun");

    [Fact]
    public async Task Who_reads_another_unmasked_is_written_down()
    {
        var office = api.As(Role.Office, "ada-1");
        await (await office.Put($"{Persons}/r-1", """{ "name": "王芳", "phone": "13900005678" }""")).Body(200);
        await (await office.Put($"{Persons}/ada-1", """{ "name": "艾达" }""")).Body(200);
        foreach (var (role, id, subject) in ((Role, string, string)[])[(Role.Office, "ada-1", "r-1"), (Role.Office, "ada-1", "ada-1"), (Role.Clerk, "r-1", "r-1"), (Role.Clerk, "c-1", "r-1"), (Role.Administrator, "root-1", "r-1")])
            await (await api.As(role, id).Get($"{Persons}/{subject}")).Body(200);
        await (await office.Get($"{Persons}/r-none")).Problem(404, "person-not-found");

        Assert.Equal(["ada-1 office GET /api/v1/persons/{id} r-1", "root-1 administrator GET /api/v1/persons/{id} r-1"], await Listed("?subject=r-1"));
        Assert.Empty(await Listed("?subject=ada-1"));
        Assert.Empty(await Listed("?subject=r-none"));
    }

    [Fact]
    public async Task Who_reads_an_agent_unmasked_is_written_down()
    {
        var office = api.As(Role.Office, "ada-2");
        await (await office.Post("/api/v1/agents", """{ "id": "r-2", "name": "李", "phone": "13700005678", "department": "511300-ZJJ", "rank": "middle", "functions": ["clerk"], "capacity": 5 }""")).Body(201);
        await (await office.Get("/api/v1/agents/r-2")).Body(200);
        await (await office.Get("/api/v1/agents")).Body(200);
        await (await office.Patch("/api/v1/agents/r-2", "{}")).Body(200);
        await (await api.As(Role.Leadership, "ada-2").Get("/api/v1/agents/r-2")).Body(200);
        Assert.Equal(["ada-2 office GET /api/v1/agents/{id} r-2"], await Listed("?actor=ada-2"));
    }

    [Fact]
    public async Task What_the_supervisor_reads_of_a_record_is_written_down()
    {
        var project = $"{Registration.Path}/{await api.Registered(1)}";
        foreach (var client in (HttpClient[])[_supervisor, api.As(Role.Office)])
        {
            foreach (var part in (string[])["", "/plan", "/history", "/history/verification"]) await (await client.Get(project + part)).Body(200);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{project}/events");
            using var events = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Requests.Cancel);
            Assert.Equal(200, (int)events.StatusCode);
        }

        Assert.Equal(
            ["sun supervisor GET /api/v1/projects/{code}/events", "sun supervisor GET /api/v1/projects/{code}/history", "sun supervisor GET /api/v1/projects/{code}/history/verification"],
            (await Listed($"?subject={Registration.Code(1)}")).Select(line => line[..line.LastIndexOf(' ')]));
        Assert.Equal(304, (int)(await _supervisor.Get($"{project}/history", ("If-None-Match", (await _supervisor.Get($"{project}/history")).Headers.ETag!.ToString()))).StatusCode);
        Assert.Equal(5, (await Listed($"?subject={Registration.Code(1)}")).Length);
    }

    [Fact]
    public async Task A_project_read_under_an_alias_is_written_down_under_its_code()
    {
        var (office, project, alias) = (api.As(Role.Office), await api.Registered(2), Registration.Code(3));
        await (await office.Patch($"{Registration.Path}/{project}", $$"""{ "aliases": ["{{alias}}"] }""")).Body(200);
        await (await _supervisor.Get($"{Registration.Path}/{alias}/history")).Body(200);
        Assert.Equal([$"sun supervisor GET /api/v1/projects/{{code}}/history {project}"], await Listed($"?subject={project}"));
        Assert.Empty(await Listed($"?subject={alias}"));
    }

    [Fact]
    public async Task Readings_are_listed_by_day_page_by_page_across_months()
    {
        await using var later = new ApiFixture();
        var (office, supervisor) = (later.As(Role.Office), later.As(Role.Supervisor));
        await (await office.Put($"{Persons}/r-3", """{ "name": "王芳" }""")).Body(200);
        for (var day = 0; day < 6; day++)
        {
            await (await office.Get($"{Persons}/r-3")).Body(200);
            await (await office.Get($"{Persons}/r-3")).Body(200);
            later.Clock.Advance(TimeSpan.FromDays(10));
        }

        // The clock is at 2026-05-01; of the days read, 2026-04-11 and -21 are in the last 30, which are from 04-02.
        Assert.Equal("21 21 11 11", await Days(""));
        Assert.Equal("22 22 12 12", await Days("?from=2026-03-12&to=2026-03-31"));
        Assert.Equal("21 21 11 11 1 1 22 22 12 12 2 2", await Days("?from=2025-12-31&to=2026-12-31"));
        Assert.Equal("21 21 11 11 1 1 22 22 12 12 2 2", await Days("?to=2026-05-01&from=2026-01-01"));
        Assert.Empty(await Days("?from=9999-01-01&to=9999-12-31"));
        Assert.Empty(await Days("?from=0001-01-01&to=0001-12-31"));
        await (await supervisor.Get($"{Path}?from=2025-12-30&to=2026-12-31")).Problem(400, "period-too-long");
        await (await supervisor.Get($"{Path}?from=0001-01-01&to=9999-12-31")).Problem(400, "period-too-long");
        Assert.Empty(await Days("?from=2026-05-02&to=2026-05-01"));

        var (seen, cursor) = (new List<int>(), "");
        do
        {
            var page = await (await supervisor.Get($"{Path}?from=2026-01-01&limit=5{cursor}")).Body(200);
            Assert.Equal(12, page.GetProperty("total").GetInt32());
            seen.AddRange(DaysOf(page));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null && seen.Count < 20);

        Assert.Equal([21, 21, 11, 11, 1, 1, 22, 22, 12, 12, 2, 2], seen);

        async Task<string> Days(string query) => string.Join(' ', DaysOf(await (await supervisor.Get(Path + query)).Body(200)));

        static int[] DaysOf(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("at").GetDateTimeOffset().Day)];
    }

    [Fact]
    public async Task Without_the_row_there_is_no_answer()
    {
        await using var failing = new FailingApi();
        var office = failing.As(Role.Office);
        await (await office.Put($"{Persons}/r-4", """{ "name": "王芳" }""")).Body(200);
        var problem = await (await office.Get($"{Persons}/r-4")).Problem(503, "unavailable");
        Assert.DoesNotContain("王芳", problem.GetRawText(), StringComparison.Ordinal);
        await (await failing.As(Role.Clerk).Get($"{Persons}/r-4")).Body(200);
    }

    // Not by when: the clock stands.
    private async Task<string[]> Listed(string query) => [.. (await (await _supervisor.Get(Path + query)).Body(200)).GetProperty("items").EnumerateArray()
        .Select(r => $"{r.GetProperty("actor").GetString()} {r.GetProperty("role").GetString()} {r.GetProperty("route").GetString()} {r.GetProperty("subject").GetString()}").Order(StringComparer.Ordinal)];

    private sealed class FailingApi : ApiFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                var rows = services.Last(s => s.ServiceType == typeof(IRowStore));
                services.Replace(ServiceDescriptor.Singleton<IRowStore>(provider => new Full((IRowStore)rows.ImplementationFactory!(provider))));
            });
        }
    }

    /// <summary>Takes no readings.</summary>
    private sealed class Full(IRowStore rows) : IRowStore
    {
        public Task<Row?> Get(RowKey key, CancellationToken cancellationToken) => rows.Get(key, cancellationToken);

        public Task<string?> Create(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            key.Partition.StartsWith("reading-", StringComparison.Ordinal) ? throw new StoreUnavailableException("The disk is full.") : rows.Create(key, bytes, cancellationToken);

        public Task<string?> Replace(RowKey key, ReadOnlyMemory<byte> bytes, string tag, CancellationToken cancellationToken) => rows.Replace(key, bytes, tag, cancellationToken);

        public Task<string> Put(RowKey key, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => rows.Put(key, bytes, cancellationToken);

        public Task<bool> Delete(RowKey key, string? tag, CancellationToken cancellationToken) => rows.Delete(key, tag, cancellationToken);

        public Task<bool> Erase(RowKey key, string? tag, ReadOnlyMemory<byte>? leaving, CancellationToken cancellationToken) => rows.Erase(key, tag, leaving, cancellationToken);

        public Task<IReadOnlyList<Row>> List(string partition, string? after, string? before, int limit, CancellationToken cancellationToken) => rows.List(partition, after, before, limit, cancellationToken);
    }
}
