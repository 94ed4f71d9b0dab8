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

    [Fact]
    public async Task To_a_stranger_a_project_is_answered_as_one_that_is_nowhere()
    {
        var code = await api.Served(1);
        var samples = new OpenApiSamples(await (await api.CreateClient().Get("/openapi/v1.json")).Body());
        var different = new List<string>();
        var compared = 0;
        foreach (var operation in samples.Operations.Where(o => o.Path.StartsWith(Project, StringComparison.Ordinal)))
        {
            foreach (var role in Whose.Owning.Where(r => AccessTable.Shipped().Routes[operation.Route].Of(r) == Grant.Own))
            {
                var sample = samples.Body(operation);
                if (role == Role.Manager && operation.Route == $"POST {Project}/coordination") sample!["conclusions"] = "已协调";
                var body = sample?.ToJsonString();
                var (foreign, nowhere) = (await Ask(role, operation, code, body), await Ask(role, operation, Registration.Code(999_999), body));
                compared++;
                if (foreign != nowhere || !foreign.StartsWith("404", StringComparison.Ordinal)) different.Add($"{role} {operation.Route}:\n{foreign}\n{nowhere}");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.True(compared > 100, $"Only {compared} were not found.");
    }

    [Fact]
    public async Task Lists_and_statistics_hold_one_s_own_alone()
    {
        await api.Served(2);
        foreach (var role in Whose.Owning)
        {
            using var own = api.Own(role, 2);
            using var stranger = api.Stranger(role);
            await Eventually.Holds(async () => Total(await (await own.Get("/api/v1/projects")).Body(200)) >= 1);
            Assert.Equal(0, Total(await (await stranger.Get("/api/v1/projects")).Body(200)));
            Assert.Equal(0, Total(await (await stranger.Get("/api/v1/projects?q=小型")).Body(200)));
            Assert.Equal(0, Total(await (await stranger.Get("/api/v1/statistics/overview")).Body(200)));
            Assert.True(Total(await (await own.Get("/api/v1/statistics/overview")).Body(200)) >= 1);
            Assert.True(Happened(await (await own.Get("/api/v1/statistics/trend")).Body(200)) >= 1);
            Assert.Equal(0, Happened(await (await stranger.Get("/api/v1/statistics/trend")).Body(200)));
        }
    }

    [Fact]
    public async Task One_s_own_is_there_on_every_page()
    {
        var code = await api.Served(3);
        foreach (var role in Whose.Owning)
        {
            using var own = api.Own(role, 3);
            foreach (var page in (string[])["", "/plan", "/history", "/ledger", "/forecast", "/mandate", "/problems", "/visits", "/coordination", "/ratings", "/history/verification"])
                Assert.True((await own.Get($"{Registration.Path}/{code}{page}")).IsSuccessStatusCode, $"{role} {page}");
        }
    }

    [Fact]
    public async Task A_manager_sees_it_no_longer_once_it_is_handed_over_not_even_what_it_once_did()
    {
        var code = await api.Served(4);
        await api.Registered("m4b", TestAgents.Manager);
        using var old = api.Own(Role.Manager, 4);
        const string Visit = """{ "place": "工地", "findings": "正常" }""";
        await (await old.Post($"{Registration.Path}/{code}/visits", Visit, ("Idempotency-Key", "v"))).Body(201);
        await (await old.Post($"{Registration.Path}/{code}/visits", Visit, ("Idempotency-Key", "v"))).Body(201);
        Assert.Equal(200, (await api.As(Role.Office).Sent(HttpMethod.Put, $"{Registration.Path}/{code}/manager", new { agentId = "m4b", handoverNote = "交接" })).Status);
        await (await old.Get($"{Registration.Path}/{code}")).Problem(404, "project-not-found");
        await (await old.Post($"{Registration.Path}/{code}/visits", Visit, ("Idempotency-Key", "v"))).Problem(404, "project-not-found");
        await (await api.As(Role.Manager, "m4b").Get($"{Registration.Path}/{code}")).Body(200);
    }

    [Fact]
    public async Task Its_code_is_told_by_no_answer_to_a_stranger()
    {
        var code = await api.Served(6);
        await api.Accepted(code);
        await api.OtherCalendar();
        OpenApiSamples.Operation[] reading = [.. new OpenApiSamples(await (await api.CreateClient().Get("/openapi/v1.json")).Body()).Operations.Where(o => o.Method == HttpMethod.Get)];
        var (told, answered) = (new List<string>(), new HashSet<string>());
        foreach (var operation in reading)
        {
            foreach (var role in Whose.Owning.Where(r => MayCall(r, operation.Route)))
            {
                using var stranger = api.Stranger(role);
                var response = await stranger.Get(PageOf(operation));
                if (!response.IsSuccessStatusCode) continue;
                answered.Add(operation.Path);
                if ((await response.Content.ReadAsStringAsync(Requests.Cancel)).Contains(code, StringComparison.Ordinal)) told.Add($"{role} {operation.Route}");
            }
        }

        Assert.Empty(told);

        // Where the office is told it, and a stranger is answered, too.
        foreach (var page in (string[])["/projects", "/agents", "/agents/{id}", "/calendar/impact"])
        {
            Assert.Contains($"/api/v1{page}", answered);
            using var office = api.As(Role.Office);
            await Eventually.Holds(async () => (await (await office.Get(PageOf(reading.Single(o => o.Path == $"/api/v1{page}")))).Body(200)).GetRawText().Contains(code, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_agent_is_shown_with_those_of_its_projects_that_are_one_s_own()
    {
        var code = await api.Served(7);
        string[] agents = ["m7", "c7"];
        foreach (var agent in agents)
        {
            foreach (var role in (Role[])[Role.Manager, Role.Clerk, Role.Department])
            {
                using var own = api.Own(role, 7);
                await Eventually.Holds(async () => Projects(await (await own.Get($"/api/v1/agents/{agent}")).Body(200)).SequenceEqual([code]));
                using var stranger = api.Stranger(role);
                var seen = await (await stranger.Get($"/api/v1/agents/{agent}")).Body(200);
                Assert.Empty(Projects(seen));
                Assert.Equal(1, seen.GetProperty("load").GetInt32());
            }
        }

        // Whatever it comes as, it knows itself.
        using var manager = api.As(Role.Clerk, "m7");
        Assert.Equal([code], Projects(await (await manager.Get("/api/v1/agents/m7")).Body(200)));
        Assert.Empty(Projects(await (await manager.Get("/api/v1/agents/c7")).Body(200)));
    }

    [Fact]
    public async Task Who_stands_in_sees_it_too()
    {
        var code = await api.Served(5);
        await api.Registered("m5s", TestAgents.Manager);
        using var substitute = api.As(Role.Manager, "m5s");
        await (await substitute.Get($"{Registration.Path}/{code}")).Problem(404, "project-not-found");
        await api.Changed("m5", new() { Leaves = new(true, [new(new(2026, 3, 2), new(2026, 3, 6), "m5s")]) });
        await (await substitute.Get($"{Registration.Path}/{code}")).Body(200);
        await Eventually.Holds(async () => Total(await (await substitute.Get("/api/v1/projects")).Body(200)) == 1);
    }

    [Fact]
    public async Task Who_stands_in_for_the_last_manager_sees_what_has_ended_in_the_list_and_on_its_page()
    {
        var code = await api.Served(8);
        await api.Registered("m8s", TestAgents.Manager);
        await (await api.As(Role.Office).Post($"{Registration.Path}/{code}/termination", """{ "reason": "不再建设" }""")).Body(200);
        await api.Changed("m8", new() { Leaves = new(true, [new(new(2026, 3, 2), new(2026, 3, 6), "m8s")]) });
        foreach (var id in (string[])["m8", "m8s"])
        {
            using var manager = api.As(Role.Manager, id);
            await Eventually.Holds(async () => Total(await (await manager.Get("/api/v1/projects?state=terminated")).Body(200)) == 1);
            Assert.Equal("terminated", (await (await manager.Get($"{Registration.Path}/{code}")).Body(200)).GetProperty("state").GetString());
            await (await manager.Post($"{Registration.Path}/{code}/visits", """{ "place": "工地", "findings": "正常" }""")).Problem(409, "not-its-manager");
        }

        // Its clerks had it by the mandate, which has ended.
        using var clerk = api.Own(Role.Clerk, 8);
        await (await clerk.Get($"{Registration.Path}/{code}")).Problem(404, "project-not-found");
        Assert.Equal(0, Total(await (await clerk.Get("/api/v1/projects")).Body(200)));
    }

    private static bool MayCall(Role role, string route) => AccessTable.Shipped().Routes[route] is var access && (access.Anonymous || access.Of(role) != Grant.No);

    private static string[] Projects(JsonElement agent) => [.. agent.GetProperty("projects").EnumerateArray().Select(p => p.GetProperty("project").GetString()!)];

    // All that a trend counts, whatever it is, together.
    private static decimal Happened(JsonElement trend) => trend.ValueKind switch
    {
        JsonValueKind.Object => trend.EnumerateObject().Sum(m => Happened(m.Value)),
        JsonValueKind.Array => trend.EnumerateArray().Sum(Happened),
        JsonValueKind.Number => trend.GetDecimal(),
        _ => 0,
    };

    private static long Total(JsonElement answer) => answer.GetProperty("total").GetInt64();

    // Where somebody could look for the project: by its agents, its departments, its deadlines that another calendar moves.
    private static string PageOf(OpenApiSamples.Operation operation)
    {
        var path = operation.At(name => name switch
        {
            "id" => "m6",
            "code" when operation.Path.Contains("/departments/", StringComparison.Ordinal) => Whose.Department,
            "code" when operation.Path.Contains("/flows/", StringComparison.Ordinal) => "SOC_SMALL",
            "code" when operation.Path.Contains("/catalogue/", StringComparison.Ordinal) => "A04",
            "code" => Registration.Code(6),
            "item" => "A04",
            "year" => "2026",
            _ => "x",
        });
        return operation.Query.Contains("from") && operation.Path.Contains("/calendar/", StringComparison.Ordinal) ? $"{path}?from=1" : path;
    }

    // Status, headers and body, but for what is the request's own: date, trace, and the code where it was asked for.
    private async Task<string> Ask(Role role, OpenApiSamples.Operation operation, string code, string? body)
    {
        using var client = api.Stranger(role);
        var response = await client.Send(operation.Method, operation.At(name => name switch { "code" => code, "item" => "A04", "stage" => "S1", "number" => "1", _ => "x" }), body is null ? null : Requests.Json(body));
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(",", h.Value)}").Order(StringComparer.Ordinal);
        var text = TraceId().Replace(await response.Content.ReadAsStringAsync(Requests.Cancel), "").Replace(code, "", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {string.Join("; ", headers)} {text}");
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}
