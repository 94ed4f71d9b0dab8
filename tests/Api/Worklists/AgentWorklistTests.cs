using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Worklists;

public sealed class AgentWorklistTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/projects";
    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _owner = api.As(Role.Owner, "owner", creditCode: Registration.Owner);

    [Fact]
    public async Task A_manager_follows_all_and_a_clerk_does_what_the_mandate_covers()
    {
        var path = $"{Path}/{await api.Registered(21)}";
        await api.Registered("wm1", TestAgents.Manager);
        await api.Registered("wc1", TestAgents.Clerk);
        await (await _office.Put($"{path}/manager", """{ "agentId": "wm1" }""")).Body(200);
        await (await _owner.Post($"{path}/mandate", """{ "scope": "part", "stages": ["S1"], "consent": true, "term": { "until": "2026-12-31" } }""")).Body(201);
        await Eventually.Holds(async () => (await Duties("wm1", Role.Manager)).Any(d => What(d) == "answerMandate" && d.GetProperty("daysLeft").GetInt32() == 2));
        Assert.Contains(await Duties("wm1", Role.Manager), d => What(d) == "submit" && d.GetProperty("who").GetString() == "owner");

        await (await _office.Post($"{path}/mandate/acceptance", """{ "reason": "企业申请" }""")).Body(200);
        await (await _office.Post($"{path}/mandate/agreement", """{ "documentNumber": "代〔2026〕1号" }""")).Body(200);
        await (await _office.Put($"{path}/mandate/agents/wc1", """{ "plan": "先办备案" }""")).Body(200);
        await Eventually.Holds(async () => (await Duties("wc1", Role.Clerk)).Length > 0);
        var plan = (await _office.Read($"{path}/plan")).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("code").GetString()!, i => i.GetProperty("stage").GetString());
        Assert.All(await Duties("wc1", Role.Clerk), d => Assert.Equal(("S1", "owner"), (plan[d.GetProperty("item").GetString()!], d.GetProperty("who").GetString())));
    }

    [Fact]
    public async Task Who_stands_in_for_an_agent_on_leave_sees_what_it_has_to_do()
    {
        var path = $"{Path}/{await api.Registered(22)}";
        await api.Registered("wm2", TestAgents.Manager);
        await api.Registered("wm3", TestAgents.Manager);
        await (await _office.Put($"{path}/manager", """{ "agentId": "wm2" }""")).Body(200);
        await Eventually.Holds(async () => (await Duties("wm2", Role.Manager)).Length > 0);
        Assert.Empty(await Duties("wm3", Role.Manager));

        await api.Changed("wm2", new() { Leaves = new(true, [new(new(2026, 3, 1), new(2026, 3, 31), "wm3")]) });
        var duties = await Duties("wm3", Role.Manager);
        Assert.NotEmpty(duties);
        Assert.All(duties, d => Assert.Equal("wm2", d.GetProperty("standingIn").GetString()));
    }

    [Fact]
    public async Task What_is_due_during_a_standstill_stays_in_the_worklist_and_a_manager_is_told_how_a_project_ends()
    {
        var path = $"{Path}/{await api.Registered(23)}";
        await api.Registered("wm5", TestAgents.Manager);
        await (await _office.Put($"{path}/manager", """{ "agentId": "wm5" }""")).Body(200);
        await (await _office.Post($"{path}/problems", """{ "category": "land", "description": "征地" }""")).Body(201);
        await (await _office.Post($"{path}/pause", """{ "reason": "资金", "documentNumber": "缓〔2026〕1号" }""")).Body(200);
        await Eventually.Holds(async () => (await Duties("wm5", Role.Manager)).Select(What).SequenceEqual(["solveProblem"]));

        await (await _office.Post($"{path}/termination", """{ "reason": "撤项", "documentNumber": "终〔2026〕1号" }""")).Body(200);
        await Eventually.Holds(async () => (await Duties("wm5", Role.Manager)).Length == 0);
        var changes = (await _office.Read("/api/v1/agents/wm5/worklist?since=2026-01-01T00:00:00Z")).GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("type").GetString());
        Assert.Contains("terminated", changes);
    }

    [Theory]
    [InlineData(24, "mandate/revocation", "mandate-revoked")]
    [InlineData(25, "termination", "terminated")]
    public async Task The_last_clerk_is_told_what_ended_the_mandate_and_nothing_after_it(int number, string ending, string type)
    {
        var (path, clerk) = ($"{Path}/{await api.Registered(number)}", $"wc{number}");
        await api.Registered(clerk, TestAgents.Clerk);
        await (await _owner.Post($"{path}/mandate", """{ "scope": "full", "consent": true, "term": { "until": "2026-12-31" } }""")).Body(201);
        await (await _office.Post($"{path}/mandate/acceptance", """{ "reason": "企业申请" }""")).Body(200);
        await (await _office.Post($"{path}/mandate/agreement", """{ "documentNumber": "代〔2026〕1号" }""")).Body(200);
        await (await _office.Put($"{path}/mandate/agents/{clerk}", """{ "plan": "先办备案" }""")).Body(200);
        await Eventually.Holds(async () => (await Duties(clerk, Role.Clerk)).Length > 0);

        await (await _office.Post($"{path}/{ending}", """{ "reason": "撤项", "documentNumber": "终〔2026〕1号" }""")).Body(200);
        await (await _office.Patch(path, """{ "name": "改名" }""")).Body(200);
        await Eventually.Holds(async () => (await Duties(clerk, Role.Clerk)).Length == 0);
        var changes = (await _office.Read($"/api/v1/agents/{clerk}/worklist?since=2026-01-01T00:00:00Z")).GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("type").GetString());
        Assert.Equal(type, changes.Last());
    }

    [Fact]
    public async Task The_worklist_of_another_is_none()
    {
        await api.Registered("wm4", TestAgents.Manager);
        await (await api.As(Role.Manager, "wm9").Get("/api/v1/agents/wm4/worklist")).Problem(404, "agent-not-found");
        await (await _office.Get("/api/v1/agents/nobody/worklist")).Problem(404, "agent-not-found");
        await (await _office.Get("/api/v1/agents/wm4/worklist")).Body(200);
    }

    private async Task<JsonElement[]> Duties(string agent, Role role) =>
        [.. (await api.As(role, agent).Read($"/api/v1/agents/{agent}/worklist?limit=200")).GetProperty("items").EnumerateArray()];

    private static string? What(JsonElement duty) => duty.GetProperty("what").GetString();
}
