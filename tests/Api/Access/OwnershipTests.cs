using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agency.Api.Access;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Access;

/// <summary>What is not one's own looks as if it did not exist, on every route that is for one's own.</summary>
public sealed partial class OwnershipTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Project = "/api/v1/projects/{code}";
    private static readonly Role[] _owning = [Role.Owner, Role.Manager, Role.Clerk, Role.Department];

    [Fact]
    public async Task To_a_stranger_a_project_is_answered_as_one_that_is_nowhere()
    {
        var code = await Served(1);
        var samples = new OpenApiSamples(await (await api.CreateClient().Get("/openapi/v1.json")).Body());
        var different = new List<string>();
        var compared = 0;
        foreach (var operation in samples.Operations.Where(o => o.Path.StartsWith(Project, StringComparison.Ordinal)))
        {
            foreach (var role in _owning.Where(r => AccessTable.Shipped().Routes[operation.Route].Of(r) == Grant.Own))
            {
                var body = samples.Body(operation)?.ToJsonString();
                var (foreign, nowhere) = (await Ask(role, operation, code, body), await Ask(role, operation, Registration.Code(999_999), body));
                if (foreign.StartsWith("404", StringComparison.Ordinal)) compared++;
                if (foreign != nowhere || foreign[0] != '4') different.Add($"{role} {operation.Route}:\n{foreign}\n{nowhere}");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.True(compared > 100, $"Only {compared} were not found.");
    }

    [Fact]
    public async Task Lists_and_statistics_hold_one_s_own_alone()
    {
        await Served(2);
        foreach (var role in _owning)
        {
            using var own = Own(role, 2);
            using var stranger = Stranger(role);
            await Eventually.Holds(async () => Total(await (await own.Get("/api/v1/projects")).Body(200)) >= 1);
            Assert.Equal(0, Total(await (await stranger.Get("/api/v1/projects")).Body(200)));
            Assert.Equal(0, Total(await (await stranger.Get("/api/v1/projects?q=小型")).Body(200)));
            Assert.Equal(0, Total(await (await stranger.Get("/api/v1/statistics/overview")).Body(200)));
            Assert.True(Total(await (await own.Get("/api/v1/statistics/overview")).Body(200)) >= 1);
            Assert.DoesNotContain("\"registered\":1", (await (await stranger.Get("/api/v1/statistics/trend")).Body(200)).GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_s_own_is_there_on_every_page()
    {
        var code = await Served(3);
        foreach (var role in _owning)
        {
            using var own = Own(role, 3);
            foreach (var page in (string[])["", "/plan", "/history", "/ledger", "/forecast", "/mandate", "/problems", "/visits", "/coordination", "/ratings", "/history/verification"])
                Assert.True((await own.Get($"{Registration.Path}/{code}{page}")).IsSuccessStatusCode, $"{role} {page}");
        }
    }

    [Fact]
    public async Task A_manager_sees_it_no_longer_once_it_is_handed_over_not_even_what_it_once_did()
    {
        var code = await Served(4);
        await api.Registered("m4b", TestAgents.Manager);
        using var old = Own(Role.Manager, 4);
        const string Visit = """{ "place": "工地", "findings": "正常" }""";
        await (await old.Post($"{Registration.Path}/{code}/visits", Visit, ("Idempotency-Key", "v"))).Body(201);
        await (await old.Post($"{Registration.Path}/{code}/visits", Visit, ("Idempotency-Key", "v"))).Body(201);
        Assert.Equal(200, (await api.As(Role.Office).Sent(HttpMethod.Put, $"{Registration.Path}/{code}/manager", new { agentId = "m4b", handoverNote = "交接" })).Status);
        await (await old.Get($"{Registration.Path}/{code}")).Problem(404, "project-not-found");
        await (await old.Post($"{Registration.Path}/{code}/visits", Visit, ("Idempotency-Key", "v"))).Problem(404, "project-not-found");
        await (await api.As(Role.Manager, "m4b").Get($"{Registration.Path}/{code}")).Body(200);
    }

    [Fact]
    public async Task Who_stands_in_sees_it_too()
    {
        var code = await Served(5);
        await api.Registered("m5s", TestAgents.Manager);
        using var substitute = api.As(Role.Manager, "m5s");
        await (await substitute.Get($"{Registration.Path}/{code}")).Problem(404, "project-not-found");
        await api.Changed("m5", new() { Leaves = new(true, [new(new(2026, 3, 2), new(2026, 3, 6), "m5s")]) });
        await (await substitute.Get($"{Registration.Path}/{code}")).Body(200);
        await Eventually.Holds(async () => Total(await (await substitute.Get("/api/v1/projects")).Body(200)) == 1);
    }

    // A project with manager m<n> and clerk c<n>.
    private async Task<string> Served(int number)
    {
        var code = await api.Registered(number);
        await api.Managed($"{Registration.Path}/{code}", $"m{number}");
        await api.Registered($"c{number}", TestAgents.Clerk);
        var (owner, office) = (Own(Role.Owner, number), api.As(Role.Office));
        var mandate = $"{Registration.Path}/{code}/mandate";
        await (await owner.Post(mandate, """{ "scope": "full", "consent": true, "term": { "until": "2026-12-31" } }""")).Body(201);
        await (await office.Post($"{mandate}/acceptance", "{}")).Body(200);
        await (await office.Post($"{mandate}/agreement", """{ "documentNumber": "代办〔2026〕1号" }""")).Body(200);
        await (await office.Put($"{mandate}/agents/c{number}", """{ "plan": "先办备案" }""")).Body(200);
        return code;
    }

    private HttpClient Own(Role role, int number) => role switch
    {
        Role.Owner => api.As(role, "li", creditCode: Registration.Owner),
        Role.Manager => api.As(role, $"m{number}"),
        Role.Clerk => api.As(role, $"c{number}"),
        _ => api.As(role, "chen", department: "511300-ZJJ"),
    };

    private HttpClient Stranger(Role role) => api.As(role, "stranger", role == Role.Department ? "511303-SWJ" : null, role == Role.Owner ? Registration.OtherOwner : null);

    private static long Total(JsonElement answer) => answer.GetProperty("total").GetInt64();

    // Status, headers and body, but for what is the request's own: date, trace, and the code where it was asked for.
    private async Task<string> Ask(Role role, OpenApiSamples.Operation operation, string code, string? body)
    {
        using var client = Stranger(role);
        var response = await client.Send(operation.Method, operation.At(name => name switch { "code" => code, "item" => "A04", "stage" => "S1", "number" => "1", _ => "x" }), body is null ? null : Requests.Json(body));
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(",", h.Value)}").Order(StringComparer.Ordinal);
        var text = TraceId().Replace(await response.Content.ReadAsStringAsync(Requests.Cancel), "").Replace(code, "", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {string.Join("; ", headers)} {text}");
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
