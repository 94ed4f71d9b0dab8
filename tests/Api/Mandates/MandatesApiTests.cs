using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Mandates;

public sealed class MandatesApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = Registration.Path;
    private const string Full = """{ "scope": "full", "consent": true, "term": { "until": "2026-12-31" } }""";
    private const string Nothing = """{ "materials": [] }""";

    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _owner = api.As(Role.Owner, "owner", creditCode: Registration.Owner);

    [Fact]
    public async Task A_mandate_is_requested_accepted_agreed_staffed_and_completed()
    {
        var path = $"{Path}/{await api.Registered(1)}";
        await api.Registered("c1", TestAgents.Clerk);
        await api.Registered("c2", TestAgents.Clerk);
        Assert.Equal((JsonValueKind.Null, 0), await Now(path));

        var requested = await _owner.Post($"{path}/mandate", Full);
        Assert.Equal($"/api/v1/projects/{Registration.Code(1)}/mandate", requested.Headers.Location!.ToString());
        var mandate = await requested.Body(201);
        Assert.Equal((1, "requested", "2026-03-02", "2026-03-04"), (mandate.GetProperty("number").GetInt32(), State(mandate), mandate.GetProperty("term").GetProperty("from").GetString(), mandate.GetProperty("answerDueOn").GetString()));
        await (await _owner.Post($"{path}/mandate", Full)).Problem(409, "mandate-open");
        await (await _office.Post($"{path}/mandate/agreement", """{ "documentNumber": "代〔2026〕1号" }""")).Problem(409, "mandate-step-not-possible");

        await (await _office.Post($"{path}/mandate/acceptance", "{}")).Body(200);
        await (await _office.Put($"{path}/mandate/agents/c1", """{ "plan": "先办备案" }""")).Problem(409, "mandate-step-not-possible");
        await (await _office.Post($"{path}/mandate/agreement", "{}")).Problem(422, "invalid-mandate");
        mandate = await (await _office.Post($"{path}/mandate/agreement", """{ "documentNumber": "代〔2026〕1号" }""")).Body(200);
        Assert.Equal(("agreed", "2026-03-03"), (State(mandate), mandate.GetProperty("clerkDueOn").GetString()));

        Assert.Equal(["/plan"], (await (await _office.Put($"{path}/mandate/agents/c1", "{}")).Problem(422, "invalid-mandate")).ErrorsAt());
        await (await _office.Put($"{path}/mandate/agents/%20", """{ "plan": "先办备案" }""")).Problem(404, "agent-not-found");
        mandate = await (await _office.Put($"{path}/mandate/agents/c1", """{ "plan": "先办备案" }""")).Body(200);
        Assert.Equal(("active", "先办备案"), (State(mandate), mandate.GetProperty("clerks")[0].GetProperty("plan").GetString()));
        Assert.Equal(mandate.GetProperty("version").GetInt64(), (await _office.Put($"{path}/mandate/agents/c1", """{ "plan": "又" }""")).Version());
        await (await _office.Put($"{path}/mandate/agents/c2", """{ "plan": "再办施工许可" }""")).Body(200);
        Assert.Equal([Registration.Code(1)], await api.Projects("c2"));

        // Changing clerks ends nothing.
        mandate = await (await _office.Send(HttpMethod.Delete, $"{path}/mandate/agents/c1?reason=调岗")).Body(200);
        Assert.Equal(("active", "2026-03-02"), (State(mandate), mandate.GetProperty("clerks")[0].GetProperty("until").GetString()));
        Assert.Empty(await api.Projects("c1"));
        await (await _office.Send(HttpMethod.Delete, $"{path}/mandate/agents/c1")).Problem(404, "clerk-not-found");

        Assert.Equal(["/callBack"], (await (await _office.Post($"{path}/mandate/completion", """{ "documentNumber": "办结〔2026〕1号" }""")).Problem(422, "invalid-mandate")).ErrorsAt());
        mandate = await (await _office.Post($"{path}/mandate/completion", """{ "documentNumber": "办结〔2026〕1号", "handedOver": ["备案证"], "callBack": "满意" }""")).Body(200);
        Assert.Equal(("completed", "满意", "备案证"), (State(mandate), mandate.GetProperty("callBack").GetString(), mandate.GetProperty("handedOver")[0].GetString()));
        Assert.Empty(await api.Projects("c2"));

        // A new one counts on.
        Assert.Equal(2, (await (await _owner.Post($"{path}/mandate", Full)).Body(201)).GetProperty("number").GetInt32());
        Assert.Equal((JsonValueKind.Object, 1), await Now(path));
    }

    [Fact]
    public async Task A_clerk_acts_only_inside_the_mandate_and_is_told_what_it_covers()
    {
        var path = $"{Path}/{await api.Registered(2)}";
        foreach (var id in (string[])["c3", "c4"]) await api.Registered(id, TestAgents.Clerk);
        await api.Registered("c6", TestAgents.Clerk);
        await api.Registered("c5", TestAgents.Clerk with { Leaves = [new(new(2026, 3, 2), new(2026, 3, 6), "c6")] });
        var (clerk, other) = (api.As(Role.Clerk, "c3"), api.As(Role.Clerk, "c4"));
        await (await clerk.Post($"{path}/approvals/A04/submission", Nothing)).Problem(404, "project-not-found");
        await Staffed(path, """{ "scope": "part", "items": ["A04"], "consent": true, "term": { "until": "2026-12-31" } }""", "c3", "c5");

        await (await other.Post($"{path}/approvals/A04/submission", Nothing)).Problem(404, "project-not-found");
        var outside = await (await clerk.Post($"{path}/approvals/B03/submission", Nothing, ("Accept-Language", "en"))).Problem(409, "outside-mandate");
        Assert.Contains("covers A04 from 2026-03-02 to 2026-12-31", outside.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await (await clerk.Post($"{path}/works-finished", """{ "finishedOn": "2026-03-02" }""")).Problem(409, "outside-mandate");
        await (await clerk.Post($"{path}/stages/S1/applications", """{ "items": ["A04"] }""")).Body(201);
        await (await clerk.Post($"{path}/approvals/A04/withdrawal", """{ "reason": "材料有误" }""")).Body(200);

        // Who stands in for a clerk on leave is the clerk.
        await (await api.As(Role.Clerk, "c6").Post($"{path}/approvals/A04/submission", Nothing)).Body(200);

        // The owner acts at any time, and takes the mandate back.
        await (await _owner.Post($"{path}/approvals/A04/withdrawal", """{ "reason": "再看" }""")).Body(200);
        var revoked = await (await _owner.Post($"{path}/mandate/revocation", """{ "reason": "自行办理" }""")).Body(200);
        Assert.Equal(("revoked", "自行办理"), (State(revoked), revoked.GetProperty("reason").GetString()));
        await (await clerk.Post($"{path}/approvals/A04/submission", Nothing)).Problem(404, "project-not-found");
        await (await _owner.Post($"{path}/approvals/A04/submission", Nothing)).Body(200);
    }

    [Fact]
    public async Task A_mandate_covers_nothing_outside_its_term()
    {
        var path = $"{Path}/{await api.Registered(3)}";
        await api.Registered("c7", TestAgents.Clerk);
        await Staffed(path, """{ "scope": "full", "consent": true, "term": { "from": "2026-03-03", "until": "2026-03-03" } }""", "c7");
        var clerk = api.As(Role.Clerk, "c7");
        Assert.False((await (await clerk.Get($"{path}/mandate")).Body(200)).GetProperty("current").GetProperty("inTerm").GetBoolean());
        await (await clerk.Post($"{path}/approvals/A04/submission", Nothing)).Problem(409, "outside-mandate");
    }

    [Fact]
    public async Task A_project_that_is_not_eligible_by_its_level_needs_the_offices_reason()
    {
        var path = $"{Path}/{await api.Registered(4, ("keyLevel", "other"))}";
        await (await _owner.Post($"{path}/mandate", Full)).Body(201);
        await (await _office.Post($"{path}/mandate/acceptance", "{}")).Problem(422, "discretion-reason-missing");
        Assert.Equal("accepted", State(await (await _office.Post($"{path}/mandate/acceptance", """{ "reason": "带动就业" }""")).Body(200)));
        await (await _office.Post($"{path}/mandate/termination", """{ "ground": "feesUnpaid" }""")).Problem(422, "reason-required");
        var ended = await (await _office.Post($"{path}/mandate/termination", """{ "ground": "feesUnpaid", "reason": "逾期未缴" }""")).Body(200);
        Assert.Equal(("terminated", "feesUnpaid"), (State(ended), ended.GetProperty("ground").GetString()));
    }

    [Theory]
    [InlineData("""{ "scope": "full", "consent": false, "term": { "until": "2026-12-31" } }""", "/consent")]
    [InlineData("""{ "scope": "full", "consent": true, "term": { "until": "2026-12-31" }, "stages": ["S1"] }""", "/scope")]
    [InlineData("""{ "scope": "part", "consent": true, "term": { "until": "2026-12-31" } }""", "/scope")]
    [InlineData("""{ "scope": "part", "consent": true, "term": { "until": "2026-12-31" }, "stages": ["S9"] }""", "/stages/0")]
    [InlineData("""{ "scope": "part", "consent": true, "term": { "until": "2026-12-31" }, "items": ["A04", "X9"] }""", "/items/1")]
    [InlineData("""{ "scope": "part", "consent": true, "term": { "until": "2026-12-31" }, "items": ["A04", "A04"] }""", "/items/1")]
    [InlineData("""{ "scope": "full", "consent": true, "term": { "until": "2026-03-01" } }""", "/term/until")]
    [InlineData("""{ "scope": "full", "consent": true, "term": { "from": "2026-04-01", "until": "2026-03-31" } }""", "/term/until")]
    public async Task A_request_that_cannot_be_is_refused_with_the_place(string body, string at)
    {
        var path = $"{Path}/{await api.Registered(100 + Math.Abs(body.Sum(c => c)))}";
        Assert.Equal([at], (await (await _owner.Post($"{path}/mandate", body)).Problem(422, "invalid-mandate")).ErrorsAt());
    }

    [Fact]
    public async Task The_projects_termination_ends_the_mandate_in_the_same_commit_for_good()
    {
        var path = $"{Path}/{await api.Registered(5)}";
        await api.Registered("c8", TestAgents.Clerk);
        await Staffed(path, Full, "c8");
        await (await _office.Post($"{path}/termination", """{ "reason": "不再建设" }""")).Body(200);
        var past = (await (await _office.Get($"{path}/mandate")).Body(200)).GetProperty("past")[0];
        Assert.Equal(("terminated", "projectEnded"), (State(past), past.GetProperty("ground").GetString()));
        Assert.Empty(await api.Projects("c8"));

        // The clerk is others' by then: a termination that is voided brings nothing of it back.
        var history = (await (await _office.Get($"{path}/history")).Body(200)).GetProperty("items");
        await (await _office.Post($"{path}/corrections", $$"""{ "corrections": [ { "sequence": {{history.GetArrayLength()}}, "void": true } ], "reason": "误录" }""")).Body(200);
        Assert.Equal(JsonValueKind.Null, (await Now(path)).Current);
        await (await _owner.Post($"{path}/mandate", Full)).Body(201);
    }

    [Fact]
    public async Task Who_may_do_what_is_said_by_roles()
    {
        var path = $"{Path}/{await api.Registered(6)}";
        await (await api.As(Role.Clerk, "c9").Post($"{path}/mandate", Full)).Problem(403, "role-not-allowed");
        await (await api.As(Role.Owner, "x", creditCode: Registration.OtherOwner).Post($"{path}/mandate", Full)).Problem(404, "project-not-found");
        await (await api.As(Role.Owner, "x", creditCode: Registration.OtherOwner).Get($"{path}/mandate")).Problem(404, "project-not-found");
        await (await _owner.Post($"{path}/mandate/acceptance", "{}")).Problem(403, "role-not-allowed");
        await (await _office.Post($"{path}/mandate/acceptance", "{}")).Problem(409, "no-mandate");
        await (await _owner.Post($"{path}/mandate", """{ "scope": "full", "consent": true, "term": { "until": "2026-12-31" }, "occurredOn": "2026-02-27" }""")).Problem(422, "paper-entry-office-only");

        // The office enters what came on paper, in order.
        await (await _office.Post($"{path}/mandate", """{ "scope": "full", "consent": true, "term": { "until": "2026-12-31" }, "occurredOn": "2026-02-27", "lateReason": "纸质申请" }""")).Body(201);
        await (await _office.Post($"{path}/mandate/acceptance", """{ "occurredOn": "2026-02-26", "lateReason": "纸质" }""")).Problem(409, "before-last-mandate");
        await (await _office.Post($"{path}/mandate/acceptance", """{ "occurredOn": "2026-02-28", "lateReason": "纸质" }""")).Body(200);
    }

    [Fact]
    public async Task The_checklist_says_what_is_there_what_is_missing_and_what_is_owed()
    {
        var path = $"{Path}/{await api.Registered(7)}";
        await api.Registered("c10", TestAgents.Clerk);
        var clerk = api.As(Role.Clerk, "c10");
        await (await clerk.Get($"{path}/mandate/checklist")).Problem(404, "project-not-found");
        await Staffed(path, Full, "c10");
        var item = Item(await (await clerk.Get($"{path}/mandate/checklist")).Body(200), "A04")!.Value;
        Assert.Equal(("ready", "511300-FGW", true), (State(item), item.GetProperty("department").GetString(), item.GetProperty("covered").GetBoolean()));
        var material = item.GetProperty("materials")[0];
        Assert.Equal("missing", State(material));

        var name = material.GetProperty("name").GetString();
        await (await clerk.Post($"{path}/approvals/A04/submission", $$"""{ "materials": [ { "name": "{{name}}", "hash": "h1" } ] }""")).Body(200);
        Assert.Null(Item(await (await clerk.Get($"{path}/mandate/checklist")).Body(200), "A04"));
        await (await _office.Post($"{path}/approvals/A04/supplement-request", """{ "missing": ["声明"], "reason": "缺", "dueOn": "2026-03-20", "onBehalfOf": "511300-FGW" }""")).Body(200);
        var materials = Item(await (await _owner.Get($"{path}/mandate/checklist")).Body(200), "A04")!.Value.GetProperty("materials").EnumerateArray().ToArray();
        Assert.Contains(materials, m => State(m) == "handedIn" && m.GetProperty("handedIn").GetProperty("hash").GetString() == "h1");
        Assert.Contains(materials, m => State(m) == "missing" && m.GetProperty("name").GetString() == "声明" && m.GetProperty("dueOn").GetString() == "2026-03-20" && m.GetProperty("essential").GetBoolean());

        await (await api.As(Role.Clerk, "c99").Get($"{path}/mandate/checklist")).Problem(404, "project-not-found");
        await (await api.As(Role.Manager, "m99").Get($"{path}/mandate/checklist")).Problem(404, "project-not-found");
        await (await api.As(Role.Department, department: "511300-FGW").Get($"{path}/mandate/checklist")).Problem(403, "role-not-allowed");
    }

    private static JsonElement? Item(JsonElement checklist, string code) =>
        checklist.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("item").GetString() == code).Select(i => (JsonElement?)i).FirstOrDefault();

    private static string? State(JsonElement one) => one.GetProperty("state").GetString();

    private async Task<(JsonValueKind Current, int Past)> Now(string path)
    {
        var view = await (await _owner.Get($"{path}/mandate")).Body(200);
        return (view.GetProperty("current").ValueKind, view.GetProperty("past").GetArrayLength());
    }

    private async Task Staffed(string path, string request, params string[] clerks)
    {
        await (await _owner.Post($"{path}/mandate", request)).Body(201);
        await (await _office.Post($"{path}/mandate/acceptance", "{}")).Body(200);
        await (await _office.Post($"{path}/mandate/agreement", """{ "documentNumber": "代〔2026〕2号" }""")).Body(200);
        foreach (var clerk in clerks) await (await _office.Put($"{path}/mandate/agents/{clerk}", """{ "plan": "按计划" }""")).Body(200);
    }
}
