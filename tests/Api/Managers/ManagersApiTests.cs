using Agency.Agents;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Managers;

public sealed class ManagersApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = Registration.Path;

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_manager_is_appointed_and_hands_over_without_a_gap()
    {
        var code = await api.Registered(1);
        await api.Registered("m1", TestAgents.Manager);
        await api.Registered("m2", TestAgents.Manager);
        await (await _office.Get($"{Path}/{code}/manager")).Problem(404, "manager-not-found");

        var first = await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m1" }""")).Body(200);
        Assert.Equal(("m1", "2026-03-02", "2026-03-05"), (first.GetProperty("agent").GetString(), first.GetProperty("since").GetString(), first.GetProperty("firstContactDueOn").GetString()));
        Assert.Equal((1, 2, false), (first.GetProperty("load").GetInt32(), first.GetProperty("capacity").GetInt32(), first.GetProperty("overCapacity").GetBoolean()));

        // The same again is already so; another needs a note.
        Assert.Equal(2, (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m1" }""")).Version());
        var missing = await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m2" }""", ("Accept-Language", "en"))).Problem(422, "handover-note-missing");
        Assert.Contains("m1", missing.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await api.Projects("m2"));

        var second = await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m2", "handoverNote": "环评待补正" }""")).Body(200);
        Assert.Equal(("m2", "环评待补正"), (second.GetProperty("agent").GetString(), second.GetProperty("handoverNote").GetString()));
        Assert.Equal(("m1", "2026-03-02"), (second.GetProperty("before")[0].GetProperty("id").GetString(), second.GetProperty("before")[0].GetProperty("until").GetString()));
        Assert.Empty(await api.Projects("m1"));
        Assert.Equal([code], await api.Projects("m2"));

        var project = await (await _office.Get($"{Path}/{code}")).Body(200);
        Assert.Equal(("m2", "2026-03-02"), (project.GetProperty("manager").GetProperty("id").GetString(), project.GetProperty("manager").GetProperty("since").GetString()));
        foreach (var filter in (string[])["manager=m2", "agent=m2"])
            await Eventually.Holds(async () => (await (await _office.Get($"{Path}?{filter}")).Body(200)).GetProperty("total").GetInt32() == 1);
        Assert.Equal(0, (await (await _office.Get($"{Path}?manager=m1")).Body(200)).GetProperty("total").GetInt32());
        var overview = await (await _office.Get("/api/v1/statistics/overview")).Body(200);
        Assert.Contains(overview.GetProperty("manager").EnumerateArray(), g => g.GetProperty("key").GetString() == "m2");
    }

    [Fact]
    public async Task A_put_under_a_key_is_done_once_and_one_that_changed_nothing_is_not_remembered()
    {
        var path = $"{Path}/{await api.Registered(900)}/manager";
        foreach (var id in (string[])["k1", "k2"]) await api.Registered(id, TestAgents.Manager);
        const string First = """{ "agentId": "k1" }""", Second = """{ "agentId": "k2", "handoverNote": "n" }""";
        await (await _office.Put(path, First)).Body(200);

        var unchanged = await _office.Put(path, First, ("Idempotency-Key", "k"));
        Assert.Equal((2, false), (unchanged.Version(), unchanged.Headers.Contains("Idempotency-Replayed")));
        await (await _office.Put(path, Second, ("Idempotency-Key", "k"))).Body(200);
        Assert.True((await _office.Put(path, Second, ("Idempotency-Key", "k"))).Headers.Contains("Idempotency-Replayed"));
        await (await _office.Put(path, """{ "agentId": "k2" }""", ("Idempotency-Key", "k"))).Problem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("nobody", 404, "agent-not-found")]
    [InlineData("no one", 404, "agent-not-found")]
    [InlineData("", 404, "agent-not-found")]
    [InlineData(" ", 404, "agent-not-found")]
    [InlineData("clerk", 409, "agent-function")]
    [InlineData("staff", 409, "agent-rank")]
    [InlineData("elsewhere", 409, "agent-of-other-department")]
    [InlineData("gone", 409, "agent-not-active")]
    public async Task Who_does_not_fit_is_refused(string agent, int status, string code)
    {
        var project = await api.Registered(10 + Math.Abs(agent.Sum(c => c)));
        var details = agent switch
        {
            "clerk" => TestAgents.Clerk,
            "staff" => TestAgents.Manager with { Rank = Rank.Staff },
            "elsewhere" => TestAgents.Manager with { Department = "511300-FGW" },
            _ => TestAgents.Manager,
        };
        if (!agent.StartsWith("no", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(agent)) await api.Registered(agent, details);
        if (agent == "gone") await api.Changed(agent, new() { Active = new(true, false) });
        await (await _office.Put($"{Path}/{project}/manager", $$"""{ "agentId": "{{agent}}" }""")).Problem(status, code);
        Assert.Equal(1, (await _office.Get($"{Path}/{project}")).Version());
        if (status == 409) Assert.Empty(await api.Projects(agent));
    }

    [Fact]
    public async Task Who_names_nobody_is_told_whom_to_name_and_why()
    {
        const string Lead = "511303-LYJ";
        var code = await api.Registered(6, ("leadDepartment", Lead));
        await (await _office.Put($"{Path}/{code}/manager", "{}")).Problem(409, "nobody-fits");
        foreach (var (id, capacity) in new[] { ("idle", 4), ("loaded", 4) }) await api.Registered(id, TestAgents.Manager with { Department = Lead, Capacity = capacity });
        await (await _office.Put($"{Path}/{await api.Registered(7, ("leadDepartment", Lead))}/manager", """{ "agentId": "loaded" }""")).Body(200);

        var unnamed = await (await _office.Put($"{Path}/{code}/manager", "{}", ("Accept-Language", "en"))).Problem(409, "agent-unnamed");
        Assert.Contains("idle", unnamed.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("0 of 4", unnamed.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await _office.Get($"{Path}/{code}")).Version());
        var proposal = await (await _office.Get($"{Path}/{code}/manager/proposal")).Body(200);
        Assert.Equal(["idle", "loaded"], proposal.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("agent").GetString()));
        await (await api.As(Role.Clerk, "c").Get($"{Path}/{code}/manager/proposal")).Problem(403, "role-not-allowed");
    }

    [Fact]
    public async Task More_than_the_capacity_is_a_warning()
    {
        await api.Registered("busy", TestAgents.Manager with { Capacity = 1 });
        foreach (var (number, over) in new[] { (2, false), (3, true) })
        {
            var manager = await (await _office.Put($"{Path}/{await api.Registered(number)}/manager", """{ "agentId": "busy" }""")).Body(200);
            Assert.Equal(over, manager.GetProperty("overCapacity").GetBoolean());
        }
    }

    [Fact]
    public async Task A_terminated_project_has_no_manager_any_more_and_gets_none()
    {
        var code = await api.Registered(4);
        await api.Registered("m4", TestAgents.Manager);
        await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m4" }""")).Body(200);
        await (await _office.Post($"{Path}/{code}/termination", """{ "reason": "不再建设" }""")).Body(200);
        Assert.Empty(await api.Projects("m4"));
        var last = await (await _office.Get($"{Path}/{code}/manager")).Body(200);
        Assert.Equal(("m4", "2026-03-02"), (last.GetProperty("agent").GetString(), last.GetProperty("until").GetString()));
        await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m4" }""")).Problem(409, "project-terminated");
    }

    [Fact]
    public async Task A_manager_on_paper_has_its_day_and_why_it_is_late()
    {
        var code = await api.Registered(5);
        await api.Registered("m5", TestAgents.Manager);
        await api.Registered("m6", TestAgents.Manager);
        await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m5", "occurredOn": "2026-02-27" }""")).Problem(422, "late-reason-missing");
        var since = await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m5", "occurredOn": "2026-02-27", "lateReason": "纸质任命" }""")).Body(200);
        Assert.Equal(("2026-02-27", "2026-03-03"), (since.GetProperty("since").GetString(), since.GetProperty("firstContactDueOn").GetString()));
        await (await _office.Put($"{Path}/{code}/manager", """{ "agentId": "m6", "handoverNote": "无", "occurredOn": "2026-02-26", "lateReason": "纸质任命" }""")).Problem(409, "before-last-manager");
    }
}
