using System.Text.Json;
using System.Text.Json.Nodes;
using Agency.Agents;
using Agency.EventSourcing;
using Agency.People;
using Agency.Tests.Api.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Agents;

public sealed class AgentsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/agents";

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_person_becomes_an_agent_and_is_got_as_it_was_made()
    {
        var made = await _office.Post(Path, Body("a-1", ("district", "511302"), ("flows", JsonNode.Parse("""["IND"]""")), ("mail", "li@example.cn")));
        var agent = await made.Body(201);
        Assert.Equal((Path + "/a-1", 1), (made.Headers.Location?.ToString(), made.Version()));
        Assert.Equal(("a-1", "李伟", "138****1234", "active", 0), (Text(agent, "id"), Text(agent, "name"), Text(agent, "phone"), Text(agent, "status"), agent.GetProperty("load").GetInt32()));

        var got = await _office.Get(Path + "/a-1");
        Assert.Equal(made.Version(), got.Version());
        Assert.Equal(agent.GetRawText().Replace("138****1234", "13800001234", StringComparison.Ordinal).Replace("l***@", "li@", StringComparison.Ordinal), (await got.Body(200)).GetRawText());
        await (await _office.Post(Path, Body("a-1"))).Problem(409, "agent-exists");
        await (await _office.Get(Path + "/nobody")).Problem(404, "agent-not-found");
        await (await _office.Get(Path + "/a!b")).Problem(404, "agent-not-found");
    }

    [Theory]
    [InlineData("id", "李伟", "/id")]
    [InlineData("name", "", "/name")]
    [InlineData("phone", "x", "/phone")]
    [InlineData("mail", "x", "/mail")]
    [InlineData("department", "OWNER", "/department")]
    [InlineData("district", "110000", "/district")]
    public async Task A_wrong_value_is_refused_at_its_place(string member, string value, string at)
    {
        Assert.Equal([at], (await (await _office.Post(Path, Body("a-2", (member, value)))).Problem(422, "invalid-agent")).ErrorsAt());
        await (await _office.Get(Path + "/a-2")).Problem(404, "agent-not-found");
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place()
    {
        Assert.Equal(["/rank"], (await (await _office.Post(Path, Body("a-2", ("rank", "boss")))).Problem(400, "wrong-type")).ErrorsAt());
        Assert.Equal(["/functions"], (await (await _office.Post(Path, Body("a-2", ("functions", null)))).Problem(400, "missing-member")).ErrorsAt());
        Assert.Equal(["/salary"], (await (await _office.Post(Path, Body("a-2", ("salary", 1)))).Problem(400, "unknown-member")).ErrorsAt());
    }

    [Fact]
    public async Task Members_are_changed_or_taken_away_and_the_rest_stays()
    {
        await (await _office.Post(Path, Body("a-3", ("district", "511302")))).Body(201);
        await (await _office.Post(Path, Body("a-4"))).Body(201);
        var leaves = """[{ "from": "2026-03-02", "to": "2026-03-06", "substitute": "a-4" }]""";
        var changed = await _office.Patch(Path + "/a-3", $$"""{ "district": null, "capacity": 3, "leaves": {{leaves}} }""");
        var agent = await changed.Body(200);
        Assert.Equal(2, changed.Version());
        Assert.Equal((null, 3, "511300-ZJJ", true, "a-4"), (Text(agent, "district"), agent.GetProperty("capacity").GetInt32(), Text(agent, "department"), agent.GetProperty("onLeave").GetBoolean(), Text(agent, "substitute")));

        Assert.Equal(2, (await _office.Patch(Path + "/a-3", """{ "capacity": 3 }""")).Version());
        await (await _office.Patch(Path + "/a-3", """{ "capacity": 4 }""", ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        Assert.Equal(["/department", "/functions"], (await (await _office.Patch(Path + "/a-3", """{ "department": null, "functions": null }""")).Problem(422, "invalid-agent")).ErrorsAt());
        Assert.Equal(["/leaves/0/substitute"], (await (await _office.Patch(Path + "/a-3", """{ "leaves": [{ "from": "2026-03-02", "to": "2026-03-06", "substitute": "a-3" }] }""")).Problem(422, "invalid-agent")).ErrorsAt());
        var many = string.Join(", ", Enumerable.Repeat("""{ "from": "2026-03-02", "to": "2026-03-06", "substitute": "a-4" }""", 101));
        Assert.Equal(["/leaves"], (await (await _office.Patch(Path + "/a-3", $$"""{ "leaves": [{{many}}] }""")).Problem(422, "invalid-agent")).ErrorsAt());
        await (await _office.Patch(Path + "/nobody", """{ "capacity": 4 }""")).Problem(404, "agent-not-found");
    }

    [Fact]
    public async Task The_agent_itself_refuses_whoever_comes_past_the_route()
    {
        await (await _office.Post(Path, Body("a-9"))).Body(201);
        var (grains, act) = (api.Services.GetRequiredService<IGrainFactory>(), new Act(new("li", Role.Manager), "c"));
        var details = (await grains.GetGrain<IAgentGrain>("a-9").View())!.Details;
        Assert.Equal("role-not-allowed", (await grains.GetGrain<IAgentGrain>("a-10").Register(details, act)).Refusal!.Code);
        Assert.Equal("role-not-allowed", (await grains.GetGrain<IAgentGrain>("a-9").Change(new() { Capacity = new(true, 9) }, act)).Refusal!.Code);
    }

    [Fact]
    public async Task An_agent_with_a_project_closes_and_is_inactive_when_it_has_none()
    {
        await (await _office.Post(Path, Body("a-5"))).Body(201);
        var (grain, act, assignment) = (api.Services.GetRequiredService<IGrainFactory>().GetGrain<IAgentGrain>("a-5"), new Act(new("ada", Role.Office), "c"), new Assignment("2026-511302-47-01-000005", Function.Clerk, "c"));
        await grain.Reserve(assignment, act);
        var closed = await (await _office.Patch(Path + "/a-5", """{ "active": false }""")).Body(200);
        Assert.Equal(("closing", 1, "2026-511302-47-01-000005"), (Text(closed, "status"), closed.GetProperty("load").GetInt32(), Text(closed.GetProperty("projects")[0], "project")));
        await grain.Release(assignment, act);
        Assert.Equal("inactive", Text(await (await _office.Get(Path + "/a-5")).Body(200), "status"));
        Assert.Equal("active", Text(await (await _office.Patch(Path + "/a-5", """{ "active": true }""")).Body(200), "status"));
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_writes_the_person_down_only_if_that_is_still_to_be_done()
    {
        (string, string) key = ("Idempotency-Key", "a-6");
        await (await _office.Post(Path, Body("a-6"), key)).Body(201);
        await (await _office.Put("/api/v1/persons/a-6", """{ "name": "李小伟" }""")).Body(200);
        var repeated = await _office.Post(Path, Body("a-6"), key);
        Assert.Equal("李小伟", Text(await repeated.Body(201), "name"));
        Assert.Contains("Idempotency-Replayed", repeated.Headers.Select(h => h.Key));

        // As after a crash between the two.
        var rows = api.Services.GetRequiredService<IRowStore>();
        await rows.Delete(new("person", "a-6"), null, Requests.Cancel);
        Assert.Equal("李伟", Text(await (await _office.Post(Path, Body("a-6"), key)).Body(201), "name"));
    }

    [Fact]
    public async Task The_list_is_filtered_sorted_and_paged()
    {
        string[] ids = ["l-1", "l-2", "l-3"];
        foreach (var id in ids) await (await _office.Post(Path, Body(id, ("department", "511303-SWJ"), ("name", $"王{id}"), ("functions", JsonNode.Parse(id == "l-3" ? """["clerk"]""" : """["manager"]"""))))).Body(201);
        await (await _office.Patch(Path + "/l-2", """{ "active": false, "district": "511303" }""")).Body(200);
        var grain = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IAgentGrain>("l-1");
        await grain.Reserve(new("2026-511302-47-01-000006", Function.Manager, "c"), new(new("ada", Role.Office), "c"));

        Assert.Equal(ids, await Ids("department=511303-SWJ"));
        Assert.Equal(["l-3"], await Ids("department=511303-SWJ&function=clerk"));
        Assert.Equal(["l-2"], await Ids("department=511303-SWJ&status=inactive"));
        Assert.Equal(["l-2"], await Ids("district=511303"));
        Assert.Equal(["l-2"], await Ids("q=王L-2"));
        Assert.Equal(["l-1", "l-2", "l-3"], await Ids("q=l-"));
        Assert.Equal(["l-1", "l-3", "l-2"], await Ids("department=511303-SWJ&sort=-load,-id"));

        var seen = new List<string?>();
        var cursor = "";
        do
        {
            var page = await (await _office.Get($"{Path}?department=511303-SWJ&sort=load&limit=1{cursor}")).Body(200);
            Assert.Equal((1, 3), (page.GetProperty("items").GetArrayLength(), page.GetProperty("total").GetInt32()));
            seen.Add(Text(page.GetProperty("items")[0], "id"));
            cursor = Text(page, "nextCursor") is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(["l-2", "l-3", "l-1"], seen);
        await (await _office.Get($"{Path}?sort=name")).Problem(400, "bad-sort");
        await (await _office.Get($"{Path}?status=gone")).Problem(400, "bad-parameter");

        async Task<IEnumerable<string?>> Ids(string query) =>
            (await (await _office.Get($"{Path}?{query}")).Body(200)).GetProperty("items").EnumerateArray().Select(a => Text(a, "id"));
    }

    [Fact]
    public async Task Phone_and_mail_are_masked_for_whoever_has_no_need_of_them()
    {
        await (await _office.Post(Path, Body("a-7", ("mail", "li@example.cn")))).Body(201);
        var (masked, own) = (api.As(Role.Department, department: "511300-ZJJ"), api.As(Role.Manager, "a-7"));
        Assert.Equal(("李伟", "138****1234", "l***@example.cn"), Reach(await (await masked.Get(Path + "/a-7")).Body(200)));
        Assert.Equal(("李伟", "138****1234", "l***@example.cn"), Reach((await (await masked.Get(Path + "?q=a-7")).Body(200)).GetProperty("items")[0]));
        Assert.Equal(("李伟", "13800001234", "li@example.cn"), Reach(await (await own.Get(Path + "/a-7")).Body(200)));
        Assert.Equal(("李伟", "138****1234", "l***@example.cn"), Reach((await (await _office.Get(Path + "?q=a-7")).Body(200)).GetProperty("items")[0]));
        Assert.Equal(("李伟", "138****1234", "l***@example.cn"), Reach(await (await _office.Patch(Path + "/a-7", "{}")).Body(200)));
        Assert.NotEqual((await masked.Get(Path + "/a-7")).Headers.ETag, (await own.Get(Path + "/a-7")).Headers.ETag);

        static (string?, string?, string?) Reach(JsonElement agent) => (Text(agent, "name"), Text(agent, "phone"), Text(agent, "mail"));
    }

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.Clerk)]
    [InlineData(Role.Department)]
    [InlineData(Role.Leadership)]
    [InlineData(Role.Supervisor)]
    [InlineData(Role.Owner)]
    public async Task Only_office_and_administrator_register_and_change(Role role)
    {
        var client = api.As(role, department: role == Role.Department ? "511300-ZJJ" : null, creditCode: role == Role.Owner ? "91511302MA62900AX9" : null);
        await (await client.Post(Path, Body("a-8"))).Problem(403, "role-not-allowed");
        await (await client.Patch(Path + "/a-8", "{}")).Problem(403, "role-not-allowed");
        if (role == Role.Owner) await (await client.Get(Path)).Problem(403, "role-not-allowed");
        else await (await client.Get(Path + "?q=a-8")).Body(200);
    }

    [Fact]
    public async Task The_least_loaded_who_fits_is_proposed()
    {
        await (await _office.Post(Path, Body("m-1", ("department", "511304-ZJJ")))).Body(201);
        await (await _office.Post(Path, Body("m-2", ("department", "511304-ZJJ")))).Body(201);
        var grains = api.Services.GetRequiredService<IGrainFactory>();
        await grains.GetGrain<IAgentGrain>("m-1").Reserve(new("2026-511302-47-01-000009", Function.Manager, "c"), new(new("ada", Role.Office), "c"));
        var proposal = await grains.GetGrain<IAgentsGrain>(IAgentsGrain.Key).Propose(new("2026-511302-47-01-000008", Function.Manager, "511304-ZJJ", "511304", "IND"), Requests.Cancel);
        Assert.Equal(["m-2", "m-1"], proposal.Candidates.Select(c => c.Agent));
        Assert.All(proposal.LeftOut, l => Assert.Contains(Unfit.OtherDepartment, l.Because));
    }

    private static string? Text(JsonElement body, string member) => body.GetProperty(member).GetString();

    private static string Body(string id, params (string Member, JsonNode? Value)[] changes)
    {
        var body = new JsonObject
        {
            ["id"] = id,
            ["name"] = "李伟",
            ["phone"] = "13800001234",
            ["department"] = "511300-ZJJ",
            ["rank"] = "middle",
            ["functions"] = JsonNode.Parse("""["manager", "clerk"]"""),
            ["capacity"] = 5,
        };
        foreach (var (member, value) in changes)
        {
            if (value is null) body.Remove(member);
            else body[member] = value;
        }

        return body.ToJsonString();
    }
}
