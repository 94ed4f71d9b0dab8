using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Tests.Api.Progress;

/// <summary>Progress without an account. Monday 2 March 2026.</summary>
public sealed class ProgressApiTests(ProgressApiTests.Service api) : IClassFixture<ProgressApiTests.Service>
{
    private readonly HttpClient _anybody = api.CreateClient();

    [Fact]
    public async Task Whoever_knows_code_and_owner_is_told_what_is_published_and_nothing_else()
    {
        const string Code = "2026-511302-47-01-700001";
        var office = api.As(Role.Office);
        var project = await office.Registered(Code);
        await office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        var response = await Ask(Code);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var progress = await response.Body(200);
        Assert.Equal(
            """{"asOf":"2026-03-02","state":"active","stage":{"code":"S1","name":"立项用地规划许可","nameEn":"Project initiation and land-use planning permission"},"items":{"applicable":"*","underWay":1,"approved":0},"turns":[{"who":"office","department":null,"name":null},{"who":"department","department":"511300-FGW","name":"南充市发展和改革委员会"}],"days":{"limit":15,"used":0,"remaining":15},"expectedFinish":{"day":"*","provisional":false}}""",
            Masked(progress));
        Assert.Equal((await office.Read($"{project}/forecast")).GetProperty("finish").GetString(), progress.GetProperty("expectedFinish").GetProperty("day").GetString());
        foreach (var secret in (string[])[Code, ProjectHttp.Owner, "测试项目", "建设单位", "ada"]) Assert.DoesNotContain(secret, progress.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_leads_to_the_project()
    {
        const string Code = "2026-511302-47-01-700002", Alias = "2603-511302-47-01-700002";
        var office = api.As(Role.Office);
        await (await office.Patch(await office.Registered(Code), $$"""{ "aliases": ["{{Alias}}"] }""")).Body(200);
        Assert.Equal((await (await Ask(Code)).Body(200)).GetRawText(), (await (await Ask(Alias)).Body(200)).GetRawText());
        await (await Ask(Alias, "91511302MA62900AX8")).Problem(404, "project-not-found");
    }

    [Fact]
    public async Task Unknown_wrong_and_malformed_look_the_same()
    {
        const string Code = "2026-511302-47-01-700003";
        await api.As(Role.Office).Registered(Code);
        string? first = null;
        foreach (var (code, creditCode) in ((string, string)[])[(Code, "91511302MA62900AX8"), ("2026-511302-47-01-799999", ProjectHttp.Owner), (Code, ""), (Code, "x"), ("nothing", ProjectHttp.Owner), ("2026-511302-47-01-700003 ", ProjectHttp.Owner), (Code, ProjectHttp.Owner + " ")])
        {
            using var response = await Ask(code, creditCode);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Requests.Cancel))!.AsObject();
            body.Remove("traceId");
            var looks = $"{(int)response.StatusCode} {body.ToJsonString()}\n{string.Join('\n', response.Headers.Concat(response.Content.Headers).OrderBy(h => h.Key).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}"))}";
            Assert.StartsWith("404 ", looks, StringComparison.Ordinal);
            Assert.Equal(first ??= looks, looks);
        }
    }

    [Fact]
    public async Task A_question_without_a_credit_code_is_none() =>
        await (await _anybody.Get("/api/v1/progress/2026-511302-47-01-700004")).Problem(400, "missing-parameter");

    [Fact]
    public async Task No_line_of_the_log_has_a_credit_code()
    {
        const string Code = "2026-511302-47-01-700005";
        await api.As(Role.Office).Registered(Code);
        api.Lines.Clear();
        Assert.Equal(200, (int)(await Ask(Code)).StatusCode);
        Assert.Equal(404, (int)(await Ask("2026-511302-47-01-799998")).StatusCode);
        Assert.Contains(api.Lines, line => line.Contains("/api/v1/progress/", StringComparison.Ordinal));
        Assert.DoesNotContain(api.Lines, line => line.Contains(ProjectHttp.Owner, StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> Ask(string code, string creditCode = ProjectHttp.Owner) =>
        _anybody.Get($"/api/v1/progress/{Uri.EscapeDataString(code)}?creditCode={Uri.EscapeDataString(creditCode)}");

    // Two figures hang on the shipped catalogue alone.
    private static string Masked(JsonElement progress)
    {
        var node = JsonNode.Parse(progress.GetRawText())!;
        (node["items"]!["applicable"], node["expectedFinish"]!["day"]) = ("*", "*");
        return node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>The service with all that it logs at the lowest level, and with room for tests that ask often.</summary>
    public sealed class Service : ApiFixture
    {
        internal ConcurrentQueue<string> Lines { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Agency:Limits:ProgressPerMinute", "1000");
            builder.UseSetting("Logging:LogLevel:Default", "Trace");
            builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Trace");
            builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace");
            builder.ConfigureLogging(logging => logging.AddProvider(new Kept(Lines)));
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
