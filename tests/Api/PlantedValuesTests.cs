using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agency.Tests.Api;

/// <summary>Personal data and free texts are answered to whoever may see them, and are nowhere else: in no log, at whatever level, in no
/// trace, in no problem (domain 3).</summary>
public sealed class PlantedValuesTests
{
    private const string Name = "欧阳植入";
    private const string Phone = "13712345670";
    private const string Mail = "planted.mail@example.cn";
    private const string Reason = "植入的理由";
    private const string Findings = "植入的走访情况";
    private const string Note = "植入的交接说明";
    private const string Comment = "植入的评价";
    private const string Stranger = "91510000MA6200000N";
    private const string Projects = "/api/v1/projects";

    private static readonly string[] _planted = [Name, Phone, Mail, Reason, Findings, Note, Comment, Stranger];

    [Fact]
    public async Task No_planted_value_is_in_any_log_trace_or_problem()
    {
        await using var api = new WatchedApi();
        var traces = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Enqueue(Told(activity)),
        };
        ActivitySource.AddActivityListener(listener);
        var problems = await Play(api);
        await Play(api, "2");

        Assert.True(api.Logs.Count > 1000 && traces.Count > 50, $"the test listens: {api.Logs.Count} logs, {traces.Count} traces");
        Assert.True(problems.Count > 30, $"{problems.Count} problems were provoked");
        Assert.All(["Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware Trace", "Orleans.Runtime.Messaging.MessageCenter Trace"], category => Assert.Contains(api.Logs, log => log.StartsWith(category, StringComparison.Ordinal)));
        Assert.Empty(Leaks("problem", problems).Concat(Leaks("log", api.Logs)).Concat(Leaks("trace", traces)).Take(20));
    }

    private static IEnumerable<string> Leaks(string where, IEnumerable<string> all) => all
        .Where(one => _planted.Any(value => one.Contains(value, StringComparison.Ordinal) || one.Contains(Uri.EscapeDataString(value), StringComparison.OrdinalIgnoreCase)))
        .Select(one => $"{where}: {one[..Math.Min(one.Length, 1500)]}");

    // Everything that can be said of persons and in free texts, said rightly and in every wrong way; the problems that came of it.
    private static async Task<List<string>> Play(ApiFixture api, string number = "1")
    {
        var (problems, project) = (new List<string>(), $"{Projects}/{await api.Registered(int.Parse(number, null), ("ownerCreditCode", Registration.Owner))}");
        var (office, owner, stranger) = (api.As(Role.Office), api.As(Role.Owner, creditCode: Registration.Owner), api.As(Role.Owner, "x", creditCode: Stranger));
        var (department, manager) = (api.As(Role.Department, department: "511300-FGW"), api.As(Role.Manager, $"m{number}"));

        // The directory of persons.
        var person = $$"""{ "name": "{{Name}}", "phone": "{{Phone}}", "mail": "{{Mail}}" }""";
        await Send(office, HttpMethod.Put, "/api/v1/persons/p-1", person);
        await Send(office, HttpMethod.Put, "/api/v1/persons/p!1", person);
        await Send(owner, HttpMethod.Put, "/api/v1/persons/p-1", person);
        await Wrong(office, HttpMethod.Put, "/api/v1/persons/p-1", "name", Name);
        await Wrong(office, HttpMethod.Put, "/api/v1/persons/p-1", "phone", Phone);
        await Wrong(office, HttpMethod.Put, "/api/v1/persons/p-1", "mail", Mail);
        await Send(office, HttpMethod.Put, "/api/v1/persons/p-1", $$"""{ "name": "{{Name}}", "phone": "{{Phone}}x", "mail": "{{Mail}}@@" }""");
        foreach (var role in (Role[])[Role.Office, Role.Clerk]) await Send(api.As(role), HttpMethod.Get, "/api/v1/persons/p-1");
        var agent = $$"""{ "id": "m{{number}}", "name": "{{Name}}", "phone": "{{Phone}}", "mail": "{{Mail}}", "department": "511300-ZJJ", "rank": "middle", "functions": ["manager", "clerk"], "capacity": 5 }""";
        await Send(office, HttpMethod.Post, "/api/v1/agents", agent);
        await Send(office, HttpMethod.Post, "/api/v1/agents", agent);
        await Send(office, HttpMethod.Post, "/api/v1/agents", agent.Replace("middle", Name, StringComparison.Ordinal));
        await Send(office, HttpMethod.Get, $"/api/v1/agents?q={Uri.EscapeDataString(Name)}");
        await Send(office, HttpMethod.Get, $"/api/v1/agents?limit={Uri.EscapeDataString(Name)}", problem: false);

        // Enterprises.
        await Send(office, HttpMethod.Get, $"{Projects}?owner={Stranger}");
        await Send(office, HttpMethod.Post, Projects, Registration.Body(Registration.Code(77), ("ownerCreditCode", Stranger + "X")));
        await Send(office, HttpMethod.Patch, project, $$"""{ "ownerCreditCode": "{{Stranger}}0" }""");
        await Wrong(office, HttpMethod.Patch, project, "ownerName", Name);
        foreach (var path in (string[])["", "/plan", "/history", "/approvals/A04", "/problems"]) await Send(stranger, HttpMethod.Get, project + path);
        await Send(stranger, HttpMethod.Post, $"{project}/approvals/A04/submission", """{ "materials": [] }""");

        // Free texts of steps, rightly and wrongly.
        await Send(owner, HttpMethod.Post, $"{project}/approvals/A04/submission", """{ "materials": [] }""");
        await Send(department, HttpMethod.Post, $"{project}/approvals/A04/supplement-request", $$"""{ "missing": ["声明"], "reason": "{{Reason}}" }""");
        await Send(department, HttpMethod.Post, $"{project}/approvals/A04/supplement-request", $$"""{ "missing": ["声明"], "reason": "{{Reason}}" }""");
        await Wrong(department, HttpMethod.Post, $"{project}/approvals/A04/suspension", "reason", Reason);
        await Send(office, HttpMethod.Post, $"{project}/approvals/A04/refusal", $$"""{ "kind": "{{Reason}}", "reason": "{{Reason}}" }""");
        await Send(office, HttpMethod.Post, $"{project}/approvals/A04/extension", $$"""{ "days": 1, "grantedBy": "{{Name}}", "reason": "{{string.Concat(Enumerable.Repeat(Reason, 1000))}}", "onBehalfOf": "511300-FGW" }""");
        await Send(office, HttpMethod.Post, $"{project}/pause", $$"""{ "reason": "{{Reason}}", "occurredOn": "{{Reason}}" }""");
        await Send(office, HttpMethod.Post, $"{project}/pause", $$"""{ "reason": "{{Reason}}", "occurredOn": "2030-01-01", "lateReason": "{{Reason}}" }""");
        await Send(office, HttpMethod.Post, $"{project}/plan/changes", $$"""{ "kind": "strike", "item": "Z99", "reason": "{{Reason}}" }""");
        await Send(office, HttpMethod.Post, $"{project}/corrections", $$"""{ "corrections": [ { "sequence": 2, "values": { "materials": "{{Reason}}" } } ], "reason": "{{Reason}}" }""");
        await Send(office, HttpMethod.Delete, $"{project}/works/2?reason={Uri.EscapeDataString(Reason)}");
        await Send(office, HttpMethod.Post, $"{project}/history/3/redaction", $$"""{ "text": "{{Reason}}", "reason": "{{Reason}}" }""");

        // The service to the project.
        await Send(office, HttpMethod.Put, $"{project}/manager", $$"""{ "agentId": "m{{number}}", "handoverNote": "{{Note}}" }""");
        await Send(office, HttpMethod.Put, $"{project}/manager", $$"""{ "handoverNote": "{{Note}}" }""");
        await Wrong(office, HttpMethod.Put, $"{project}/manager", "handoverNote", Note);
        await Send(manager, HttpMethod.Post, $"{project}/visits", $$"""{ "findings": "{{Findings}}", "followUps": [ { "what": "{{Note}}", "dueOn": "2026-03-09" } ] }""");
        await Wrong(manager, HttpMethod.Post, $"{project}/visits", "findings", Findings);
        await Send(manager, HttpMethod.Post, $"{project}/problems", $$"""{ "category": "land", "description": "{{Findings}}", "personInCharge": "{{Name}}" }""");
        await Send(manager, HttpMethod.Post, $"{project}/problems", $$"""{ "category": "land", "description": "{{Findings}}" }""");
        await Send(manager, HttpMethod.Post, $"{project}/problems/P1/closure", $$"""{ "evidence": [], "outcome": "{{Findings}}" }""");
        await Send(office, HttpMethod.Post, $"{project}/coordination", $$"""{ "kind": "adHoc", "topic": "{{Note}}", "conclusions": "{{Note}}" }""");
        await Wrong(owner, HttpMethod.Post, $"{project}/ratings", "comment", Comment);
        await Send(owner, HttpMethod.Post, $"{project}/ratings", $$"""{ "subject": "agency", "satisfaction": "satisfied", "comment": "{{Comment}}" }""");
        foreach (var path in (string[])["", "/history", "/problems", "/visits", "/coordination", "/approvals/A04"]) await Send(office, HttpMethod.Get, project + path);
        return problems;

        // A body with the value as something else than a string, beside it, in place of all, cut off, twice, and as the name of a member.
        async Task Wrong(HttpClient client, HttpMethod method, string path, string member, string value)
        {
            foreach (var body in (string[])[
                $$"""{ "{{member}}": { "x": "{{value}}" } }""", $$"""{ "{{member}}": ["{{value}}"] }""", $$"""{ "{{member}}": "{{value}}", "other": "{{value}}" }""", $$"""{ "{{value}}": "{{value}}" }""",
                $$"""{ "{{member}}": { "{{value}}": null, "x": [null] } }""", $"\"{value}\"", $"[\"{value}\"]", $$"""{ "{{member}}": "{{value}}""", $$"""{ "{{member}}": {{value}} }""",
                $$"""{ "{{member}}": "{{value}}", "{{member}}": "{{value}}" }""", $$"""{ "{{value}}": "1", "{{value}}": "2" }""", value])
                await Send(client, method, path, body);
        }

        async Task Send(HttpClient client, HttpMethod method, string path, string? body = null, bool problem = true)
        {
            using var response = await client.Send(method, path, body is null ? null : Requests.Json(body), ("Idempotency-Key", Guid.NewGuid().ToString()), ("Accept-Language", "en"));
            Assert.True((int)response.StatusCode < 500, $"{path}: {(int)response.StatusCode}");
            if ((int)response.StatusCode >= 400 && problem) problems.Add($"{method} {path[..Math.Max(path.IndexOf('?', StringComparison.Ordinal), 0)]} {await response.Content.ReadAsStringAsync(Requests.Cancel)}");
        }
    }

    private static string Told(Activity activity)
    {
        var told = new StringBuilder($"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription}");
        foreach (var (name, value) in activity.TagObjects) told.Append($" {name}={value}");
        foreach (var (name, value) in activity.Baggage) told.Append($" {name}={value}");
        foreach (var one in activity.Events)
        {
            told.Append($" {one.Name}");
            foreach (var (name, value) in one.Tags) told.Append($" {name}={value}");
        }

        return told.ToString();
    }

    /// <summary>The service as an operator would have it who turned every log on.</summary>
    private sealed class WatchedApi : ApiFixture
    {
        public ConcurrentQueue<string> Logs { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            string[] categories = ["Default", "Microsoft.AspNetCore", "Orleans", "Orleans.Runtime.Silo", "Orleans.Runtime.Watchdog", "Polly"];
            builder.ConfigureAppConfiguration(settings => settings.AddInMemoryCollection(categories.Select(category => KeyValuePair.Create($"Logging:LogLevel:{category}", (string?)"Trace"))));
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).Services.AddSingleton<ILoggerProvider>(new Provider(Logs)));
        }
    }

    private sealed class Provider(ConcurrentQueue<string> logs) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, logs);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(string category, ConcurrentQueue<string> logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            logs.Enqueue($"{category} scope {state} {Values(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Enqueue($"{category} {logLevel} {formatter(state, exception)} {Values(state)} {exception}");

        private static string Values(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(v => $"{v.Key}={v.Value}")) : "";
    }
}
