using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Problems;

public sealed class ProblemsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _manager = api.As(Role.Manager, "wang");

    [Fact]
    public async Task A_problem_is_raised_worked_on_taken_higher_and_closed()
    {
        var project = await _office.Registered("2026-511302-47-01-300001");
        await api.Managed(project, "wang");
        var owner = api.As(Role.Owner, creditCode: ProjectHttp.Owner);
        var raised = await owner.Done($"{project}/problems", new { category = "land", item = "A04", description = "红线图未定" });
        Assert.Equal(("P1", "open", "manager", "2026-03-05"), (Text(raised, "id"), Text(raised, "state"), Text(raised, "level"), Text(raised, "dueOn")));
        await _manager.Done($"{project}/problems/P1/countermeasure", new { text = "会同自然资源局核实", personInCharge = "wang", dueOn = "2026-03-04" });
        Assert.Equal("invalid-entry", await _manager.Refused($"{project}/problems/P1/countermeasure", new { text = "t", dueOn = "2026-03-06" }));
        var escalated = await _manager.Done($"{project}/problems/P1/escalation", new { reason = "需多部门会商", level = "jointReview" });
        Assert.Equal(("jointReview", "2026-03-16"), (Text(escalated, "level"), Text(escalated, "dueOn")));
        Assert.Equal("level-not-higher", await _office.Refused($"{project}/problems/P1/escalation", new { reason = "r", level = "office" }));

        var counts = (await _office.Read(project)).GetProperty("problems");
        Assert.Equal((1, 1, 0), (counts.GetProperty("open").GetInt32(), counts.GetProperty("jointReview").GetInt32(), counts.GetProperty("manager").GetInt32()));

        Assert.Equal("invalid-entry", await _manager.Refused($"{project}/problems/P1/closure", new { evidence = Array.Empty<object>(), outcome = "o" }));
        var closed = await _manager.Done($"{project}/problems/P1/closure", new { evidence = new[] { new { name = "红线图" } }, outcome = "已定线" });
        Assert.Equal(("closed", "已定线"), (Text(closed, "state"), Text(closed.GetProperty("closure"), "outcome")));
        Assert.Equal("problem-closed", await _office.Refused($"{project}/problems/P1/escalation", new { reason = "r" }));
        Assert.Equal("红线图未定", Text(await _office.Read($"{project}/problems/P1"), "description"));
        Assert.Equal(["problem-raised", "countermeasure-taken", "problem-escalated", "problem-closed"], (await _office.Read($"{project}/history")).GetProperty("items").EnumerateArray().Skip(2).Select(e => Text(e, "type")!));
    }

    [Fact]
    public async Task Problems_are_listed_by_state_and_level()
    {
        var project = await _office.Registered("2026-511302-47-01-300002");
        await _office.Done($"{project}/problems", new { category = "funding", description = "d" });
        await _office.Done($"{project}/problems", new { category = "utility", description = "d", level = "cityLeadership" });
        await _office.Done($"{project}/problems/P1/closure", new { evidence = new[] { new { name = "e" } }, outcome = "o" });
        Assert.Equal(["P1", "P2"], await Listed(""));
        Assert.Equal(["P2"], await Listed("?state=open"));
        Assert.Equal(["P2"], await Listed("?level=cityLeadership"));
        Assert.Empty(await Listed("?state=closed&level=office"));
        var page = await _office.Read($"{project}/problems?limit=1");
        Assert.Equal(2, page.GetProperty("total").GetInt32());
        Assert.Equal("P2", Text((await _office.Read($"{project}/problems?limit=1&cursor={Text(page, "nextCursor")}")).GetProperty("items")[0], "id"));

        async Task<IEnumerable<string>> Listed(string query) => (await _office.Read($"{project}/problems{query}")).GetProperty("items").EnumerateArray().Select(p => Text(p, "id")!).ToArray();
    }

    [Fact]
    public async Task Another_enterprise_sees_none_of_it()
    {
        var project = await _office.Registered("2026-511302-47-01-300003");
        await _office.Done($"{project}/problems", new { category = "funding", description = "d" });
        var other = api.As(Role.Owner, creditCode: Registration.OtherOwner);
        Assert.Equal(404, (await other.Sent(HttpMethod.Get, $"{project}/problems")).Status);
        Assert.Equal(404, (await other.Sent(HttpMethod.Get, $"{project}/problems/P1")).Status);
        Assert.Equal("project-not-found", await other.Refused($"{project}/problems", new { category = "funding", description = "d" }));
        Assert.Equal("role-not-allowed", await api.As(Role.Supervisor).Refused($"{project}/problems", new { category = "funding", description = "d" }));
        Assert.Equal("problem-not-found", await _office.Refused($"{project}/problems/P2/escalation", new { reason = "r" }));
    }

    [Fact]
    public async Task The_version_is_the_problems_own_and_a_repeat_is_known()
    {
        var project = await _office.Registered("2026-511302-47-01-300004");
        await _office.Done($"{project}/problems", new { category = "funding", description = "一" });
        using var first = await Posted("k1", null);
        using var again = await Posted("k1", null);
        Assert.Equal(("\"3-", true), (first.Headers.ETag!.Tag[..3], again.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal($"{project}/problems/P2", first.Headers.Location!.ToString());
        using var stale = await Posted("k2", "\"2\"");
        Assert.Equal(412, (int)stale.StatusCode);
        Assert.Equal(2, (await _office.Read($"{project}/problems")).GetProperty("total").GetInt32());

        async Task<HttpResponseMessage> Posted(string key, string? version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{project}/problems") { Content = System.Net.Http.Json.JsonContent.Create(new { category = "funding", description = "二" }) };
            request.Headers.Add("Idempotency-Key", key);
            if (version is not null) request.Headers.Add("If-Match", version);
            return await _office.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_problem_on_paper_has_risen_since()
    {
        var project = await _office.Registered("2026-511302-47-01-300005");
        var raised = await _office.Done($"{project}/problems", new { category = "land", description = "d", occurredOn = "2026-02-11", lateReason = "补录" });
        Assert.Equal(("jointReview", "2026-03-01", "2026-03-13"), (Text(raised, "level"), Text(raised, "levelSince"), Text(raised, "dueOn")));
        Assert.Equal(1, (await _office.Read(project)).GetProperty("problems").GetProperty("jointReview").GetInt32());
        Assert.Equal(1, (await _office.Read($"{project}?asOf=2026-02-20")).GetProperty("problems").GetProperty("office").GetInt32());
    }

    [Fact]
    public async Task A_revocation_opens_a_problem()
    {
        var project = await _office.Registered("2026-511302-47-01-300006", new { conditions = new { LAND_GRANTED = false } });
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/approvals/A04/acceptance", new { onBehalfOf = "511300-FGW" });
        await _office.Done($"{project}/approvals/A04/decision", new { outcome = "approved", onBehalfOf = "511300-FGW" });
        await _office.Done($"{project}/approvals/B03/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/approvals/A04/revocation", new { reason = "材料虚假", onBehalfOf = "511300-FGW" });
        var problem = (await _office.Read($"{project}/problems")).GetProperty("items")[0];
        Assert.Equal(("A04", "basisChanged", "system"), (Text(problem, "item"), Text(problem, "category"), Text(problem, "raisedAs")));
        Assert.Contains("B03", problem.GetProperty("affected").EnumerateArray().Select(a => a.GetString()));
    }

    [Fact]
    public async Task The_rules_are_there_to_be_read()
    {
        var rules = await _office.Read("/api/v1/catalogue/service");
        Assert.Equal(15, rules.GetProperty("problemDays").GetProperty("cityLeadership").GetInt32());
        Assert.Contains("用地", rules.GetProperty("problemCategories").EnumerateArray().Select(c => Text(c, "name")));
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
