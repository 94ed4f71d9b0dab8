using System.Text.Json;
using System.Text.Json.Nodes;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Api.Catalogue;

public sealed class FlowApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/catalogue/flows";

    // The interface document's example, but for the items and the texts that it only hints at.
    private const string Example = """
        { "name": "试点流程", "effectiveFrom": "2026-01-01", "totalLimitDays": 30, "plannedConstructionDays": 480,
          "stages": [ { "code": "S1", "limitDays": 30, "milestoneRule": "any" } ], "conditions": [ { "code": "NEW1", "question": "是否试点?" } ],
          "items": [ { "item": "A02", "condition": "A02" }, { "item": "A04", "condition": "A04" }, { "item": "A12", "condition": "NEW1" }, { "item": "D11", "appliesIf": ["P04"], "stage": "SP" },
                     { "item": "X1", "name": "新事项", "stage": "S1", "organ": "SWJ", "limitDays": 5, "limitUnit": "workingDays", "countsInTotal": true, "milestone": false,
                       "maxExtensionDays": 10, "deemedAcceptance": true, "materials": [ { "name": "申请书", "essential": true } ] } ],
          "edges": [ ["A04", "X1"] ], "tolerantEdges": [], "exclusiveGroups": [ { "code": "X1", "items": ["A02", "A04"], "rule": "exactlyOne" } ] }
        """;

    private readonly HttpClient _admin = api.As(Role.Administrator);

    public static TheoryData<string> Shipped => [.. Cities.Shipped.Flows.Select(f => f.Code)];

    [Fact]
    public async Task The_shipped_flows_are_listed_with_their_versions()
    {
        var page = await (await api.As(Role.Office).Get(Path)).Body(200);
        Assert.Subset(page.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("code").GetString()).ToHashSet(), Cities.Shipped.Flows.Select(f => (string?)f.Code).ToHashSet());
        Assert.Equal(["version", "effectiveFrom", "totalLimitDays"], page.GetProperty("items")[0].GetProperty("versions")[0].EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task A_shipped_flow_that_is_put_back_as_it_was_got_is_no_new_version(string code)
    {
        var got = await _admin.Get($"{Path}/{code}");
        var body = await got.Body(200);
        var put = await _admin.Put($"{Path}/{code}", body.GetRawText(), ("If-Match", got.Headers.ETag!.ToString()));
        Assert.Equal(body.GetRawText(), (await put.Body(200)).GetRawText());
        Assert.Equal(0, body.GetProperty("warnings").GetArrayLength());
        Assert.Equal((1, got.Headers.ETag), (body.GetProperty("version").GetInt32(), put.Headers.ETag));
        Assert.Equal(304, (int)(await _admin.Get($"{Path}/{code}", ("If-None-Match", got.Headers.ETag!.ToString()))).StatusCode);
    }

    [Fact]
    public async Task The_documents_example_is_put_changed_and_found_by_version()
    {
        const string Pilot = $"{Path}/PILOT";
        var first = await (await _admin.Put(Pilot, Example, ("If-Match", "\"0\""))).Body(200);
        Assert.Equal(1, first.GetProperty("version").GetInt32());
        Assert.Equal("""[["A04","X1"]]""", first.GetProperty("edges").GetRawText());
        Assert.Equal("any", first.GetProperty("stages")[0].GetProperty("milestoneRule").GetString());
        Assert.Equal("exactlyOne", first.GetProperty("exclusiveGroups")[0].GetProperty("rule").GetString());
        Assert.Equal(("X1", 5), (Item(first, 4).GetProperty("item").GetString(), Item(first, 4).GetProperty("limitDays").GetInt32()));
        Assert.Equal(1, (await _admin.Put(Pilot, Example)).Version());

        var changed = Changed("""{ "plannedConstructionDays": 500, "version": "seven", "warnings": {}, "simulation": [ 1 ] }""");
        Assert.Equal(2, (await (await _admin.Put(Pilot, changed)).Body(200)).GetProperty("version").GetInt32());
        await (await _admin.Put(Pilot, Example, ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        Assert.Equal(first.GetRawText(), (await (await _admin.Get($"{Pilot}?version=1")).Body(200)).GetRawText());
        Assert.Equal(500, (await (await _admin.Get(Pilot)).Body(200)).GetProperty("plannedConstructionDays").GetInt32());

        var code = await api.Registered(1, ("flow", "PILOT"));
        Assert.Equal(2, (await (await api.As(Role.Office).Get($"/api/v1/projects/{code}")).Body(200)).GetProperty("flowVersion").GetInt32());
    }

    [Fact]
    public async Task A_limit_above_the_laws_is_warned_of_in_the_readers_language()
    {
        var body = Changed("""{ "items": [ { "item": "A04", "condition": "A04", "limitDays": 30, "statutoryDays": 20 }, { "item": "A02", "condition": "A02" }, { "item": "X1", "name": "又", "stage": "S1", "organ": "SWJ", "limitDays": 1 } ] }""");
        var warning = (await (await _admin.Put($"{Path}/WARNED", body, ("Accept-Language", "en"))).Body(200)).GetProperty("warnings")[0];
        Assert.Equal(("/items/0/limitDays", "limit-above-statutory"), (warning.GetProperty("at").GetString(), warning.GetProperty("code").GetString()));
        Assert.StartsWith("The limit of A04, 30 days", warning.GetProperty("detail").GetString(), StringComparison.Ordinal);
        warning = (await (await _admin.Get($"{Path}/WARNED")).Body(200)).GetProperty("warnings")[0];
        Assert.StartsWith("事项 A04 的期限 30 天", warning.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    // A02 has 5 days, A04 1 and X1 after it 5; one of A02 and A04 applies, and its approval completes the stage.
    [Fact]
    public async Task A_flow_shows_what_its_limits_come_to_at_worst_and_is_warned_of_where_that_is_too_much()
    {
        const string Figures = """{"stages":{"S1":{"worst":5,"limit":30}},"total":{"worst":6,"limit":30}}""";
        var put = await (await _admin.Put($"{Path}/SIMULATED", Example)).Body(200);
        Assert.Equal((Figures, 0), (put.GetProperty("simulation").GetRawText(), put.GetProperty("warnings").GetArrayLength()));
        Assert.Equal(Figures, (await (await _admin.Get($"{Path}/SIMULATED")).Body(200)).GetProperty("simulation").GetRawText());

        var tight = Changed("""{ "totalLimitDays": 4, "stages": [ { "code": "S1", "limitDays": 4, "milestoneRule": "any" } ] }""");
        var warnings = (await (await _admin.Put($"{Path}/SIMULATED", tight, ("Accept-Language", "en"))).Body(200)).GetProperty("warnings");
        Assert.Equal(2, warnings.GetArrayLength());
        Assert.Equal(("/stages/0/limitDays", "stage-over-limit"), (warnings[0].GetProperty("at").GetString(), warnings[0].GetProperty("code").GetString()));
        Assert.Contains("stage S1 takes up to 5 working days in simulation, 4 being", warnings[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(("/totalLimitDays", "total-over-limit"), (warnings[1].GetProperty("at").GetString(), warnings[1].GetProperty("code").GetString()));
        Assert.Contains("6 approval days in simulation, 4 being", warnings[1].GetProperty("detail").GetString(), StringComparison.Ordinal);
        warnings = (await (await _admin.Get($"{Path}/SIMULATED")).Body(200)).GetProperty("warnings");
        Assert.Contains("阶段 S1 最多仍需 5 个工作日，超过期限 4 个工作日", warnings[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "edges": [ ["A04", "X1"], ["X1", "A12"], ["A12", "A04"] ] }""", "/edges", "A04 X1 A12")]
    [InlineData("""{ "totalLimitDays": 31 }""", "/totalLimitDays", "30")]
    [InlineData("""{ "totalLimitDays": 121, "stages": [ { "code": "S1", "limitDays": 60 }, { "code": "S2", "limitDays": 61 } ] }""", "/totalLimitDays", "120")]
    [InlineData("""{ "stages": [ { "code": "S1", "limitDays": 15 }, { "code": "S1", "limitDays": 15 } ] }""", "/stages/1/code", "S1")]
    [InlineData("""{ "stages": [ { "code": "S1", "limitDays": 30 }, { "code": "SP", "limitDays": 0 } ] }""", "/stages/1/code", "SP")]
    [InlineData("""{ "edges": [ ["A04", "X9"] ] }""", "/edges/0/1", "X9")]
    [InlineData("""{ "tolerantEdges": [ ["X1", "A04"] ] }""", "/tolerantEdges/0", "X1 → A04")]
    [InlineData("""{ "conditions": [] }""", "/items/2/condition", "NEW1")]
    [InlineData("""{ "exclusiveGroups": [ { "code": "X1", "items": ["A02"], "rule": "atMostOne" } ] }""", "/exclusiveGroups/0/items", "X1")]
    [InlineData("""{ "name": "" }""", "/name", "name")]
    [InlineData("""{ "items": [] }""", "/items", "items")]
    public async Task What_is_wrong_with_a_flow_is_told_at_its_place_and_stores_nothing(string change, string at, string named)
    {
        var problem = await (await _admin.Put($"{Path}/WRONG", Changed(change), ("Accept-Language", "en"))).Problem(422, "invalid-flow");
        Assert.Contains(named, string.Join('\n', problem.GetProperty("errors").GetProperty(at).EnumerateArray().Select(e => e.GetString())), StringComparison.Ordinal);
        await (await _admin.Get($"{Path}/WRONG")).Problem(404, "flow-not-found");
    }

    [Theory]
    [InlineData("""{ "item": "X1", "stage": "S1", "organ": "SWJ", "limitDays": 5 }""", "/items/0/name")]
    [InlineData("""{ "item": "X1", "name": "又", "organ": "SWJ", "limitDays": 5 }""", "/items/0/stage")]
    [InlineData("""{ "item": "X1", "name": "又", "stage": "S1", "limitDays": 5 }""", "/items/0/organ")]
    [InlineData("""{ "item": "X1", "name": "又", "stage": "S1", "organ": "SWJ" }""", "/items/0/limitDays")]
    [InlineData("""{ "item": "X1", "name": "又", "stage": "S1", "organ": "SWX", "limitDays": 5 }""", "/items/0/organ")]
    [InlineData("""{ "item": "X1", "name": "又", "stage": "S5", "organ": "SWJ", "limitDays": 5 }""", "/items/0/stage")]
    [InlineData("""{ "item": "X1", "name": "又", "stage": "S1", "organ": "SWJ", "limitDays": -1 }""", "/items/0/limitDays")]
    [InlineData("""{ "item": "X@1", "name": "又", "stage": "S1", "organ": "SWJ", "limitDays": 5 }""", "/items/0/item")]
    [InlineData("""{ "item": "A12", "condition": "A12", "appliesIf": ["A02"] }""", "/items/0/appliesIf")]
    [InlineData("""{ "item": "A12", "appliesIf": ["Z99"] }""", "/items/0/appliesIf/0")]
    public async Task What_is_wrong_with_an_item_is_told_at_its_place(string item, string at)
    {
        var body = $$"""{ "name": "又", "effectiveFrom": "2026-01-01", "totalLimitDays": 30, "stages": [ { "code": "S1", "limitDays": 30 } ], "items": [ {{item}} ] }""";
        Assert.Equal([at], (await (await _admin.Put($"{Path}/WRONG", body)).Problem(422, "invalid-flow")).ErrorsAt());
    }

    [Theory]
    [InlineData("""{ "title": "又" }""", "unknown-member", "/title")]
    [InlineData("""{ "items": [ { "item": "A04", "limit": 3 } ] }""", "unknown-member", "/items/0/limit")]
    [InlineData("""{ "items": [ { "item": "A04", "limitDays": "3" } ] }""", "wrong-type", "/items/0/limitDays")]
    [InlineData("""{ "items": [ { "item": "A04", "limitUnit": "days" } ] }""", "wrong-type", "/items/0/limitUnit")]
    [InlineData("""{ "items": [ null ] }""", "wrong-type", "/items/0")]
    [InlineData("""{ "items": null }""", "wrong-type", "/items")]
    [InlineData("""{ "stages": [ { "code": "S1" } ] }""", "missing-member", "/stages/0/limitDays")]
    [InlineData("""{ "edges": [ ["A04"] ] }""", "wrong-type", "/edges/0")]
    [InlineData("""{ "edges": [ ["A04", "X1", "A12"] ] }""", "wrong-type", "/edges/0")]
    [InlineData("""{ "edges": [ ["A04", 1] ] }""", "wrong-type", "/edges/0")]
    [InlineData("""{ "edges": [ "A04" ] }""", "wrong-type", "/edges/0")]
    [InlineData("""{ "edges": [ ["A04", null] ] }""", "wrong-type", "/edges/0/1")]
    [InlineData("""{ "effectiveFrom": "soon" }""", "wrong-type", "/effectiveFrom")]
    [InlineData("""{ "effectiveFrom": null }""", "wrong-type", "/effectiveFrom")]
    public async Task What_cannot_be_read_is_told_with_its_place(string change, string code, string at) =>
        Assert.Equal([at], (await (await _admin.Put($"{Path}/WRONG", Changed(change))).Problem(400, code)).ErrorsAt());

    [Fact]
    public async Task A_flow_of_many_items_is_kept_even_under_a_key_and_one_too_large_is_refused()
    {
        var first = await _admin.Put($"{Path}/LARGE", Many(2000), ("Idempotency-Key", "large"));
        await (await _admin.Put($"{Path}/LARGE", Many(1))).Body(200);
        var again = await _admin.Put($"{Path}/LARGE", Many(2000), ("Idempotency-Key", "large"));
        Assert.Equal((first.Headers.ETag, true), (again.Headers.ETag, again.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal((await first.Body(200)).GetRawText(), (await again.Body(200)).GetRawText());

        var problem = await (await _admin.Put($"{Path}/LARGER", Many(3500), ("Idempotency-Key", "larger"))).Problem(422, "invalid-flow");
        Assert.Contains("字节", problem.GetProperty("errors").GetProperty("")[0].GetString()!, StringComparison.Ordinal);
        await (await _admin.Put($"{Path}/LARGEST", Many(4500))).Problem(413, "body-too-large");

        static string Many(int items) => Changed(JsonSerializer.Serialize(new
        {
            conditions = Array.Empty<object>(),
            edges = Array.Empty<object>(),
            exclusiveGroups = Array.Empty<object>(),
            items = Enumerable.Range(0, items).Select(i => new { item = $"I{i}", name = "又", stage = "SP", organ = "SWJ", limitDays = 1 }),
        }));
    }

    [Fact]
    public async Task A_code_that_is_none_is_refused() => await (await _admin.Put($"{Path}/PI.LOT", Example)).Problem(422, "invalid-flow");

    [Theory]
    [InlineData(Role.Office)]
    [InlineData(Role.Supervisor)]
    public async Task Only_an_administrator_puts_flows(Role role) => await (await api.As(role).Put($"{Path}/PILOT2", Example)).Problem(403, "role-not-allowed");

    private static string Changed(string change)
    {
        var body = JsonNode.Parse(Example)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) body[name] = value?.DeepClone();
        return body.ToJsonString();
    }

    private static JsonElement Item(JsonElement flow, int index) => flow.GetProperty("items")[index];
}
