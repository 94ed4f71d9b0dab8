using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Projects;
using Agency.Tests.Grains.Reviews;

namespace Agency.Tests.Api.Reviews;

public sealed class ResolutionsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _lead = api.As(Role.Department, "chen", ResolvedSession.Lead);
    private readonly HttpClient _chair = api.As(Role.Leadership, ResolvedSession.Chair.Id);

    [Fact]
    public async Task A_resolution_is_chased_until_it_is_closed_and_its_project_is_told()
    {
        var project = await _office.Registered("2026-511302-47-01-700001");
        await api.Resolved("life", 1, "2026-511302-47-01-700001");
        const string At = "/api/v1/resolutions/life-1";
        Assert.Equal(("given", "2026-02-28", "green"), Told(await _lead.Read(At), "state", "receiveBy", "light"));
        await _lead.Done($"{At}/receipt", new { });
        Assert.Equal("resolution-not-overdue", await _office.Refused($"{At}/urging", new { }));
        await _lead.Done($"{At}/progress", new { progress = "已报件" });
        Assert.Equal(("underWay", "2026-03-31", "2026-03-20"), Told(await _lead.Done($"{At}/extension", new { dueDate = "2026-03-31", reason = "征地未完成" }), "state", "askedFor", "dueDate"));
        Assert.Equal("not-the-chair", await api.As(Role.Leadership, "other").Refused($"{At}/extension", new { dueDate = "2026-03-31" }));
        Assert.Equal(("underWay", "2026-03-31", "2026-03-20"), Told(await _chair.Done($"{At}/extension", new { dueDate = "2026-03-31" }), "state", "dueDate", "extendedFrom"));
        await _lead.Done($"{At}/completion", new { evidence = new[] { new { name = "批复" } } });
        Assert.Equal("underWay", Text(await _office.Done($"{At}/return", new { reason = "缺批复文号" }), "state"));
        await _office.Done($"{At}/completion", new { evidence = new[] { new { name = "批复" } }, onBehalfOf = ResolvedSession.Lead });
        Assert.Equal(("closed", "2026-03-02", "grey"), Told(await _office.Done($"{At}/confirmation", new { }), "state", "closedOn", "light"));

        var told = (await _office.Read($"{project}/history")).GetProperty("items").EnumerateArray().Where(e => Text(e, "type") == "resolution-recorded").Select(e => e.GetProperty("data")).ToArray();
        Assert.Equal(["2026-03-31 False", "2026-03-31 True"], told.Select(t => $"{Text(t, "dueDate")} {t.GetProperty("closed").GetBoolean()}"));
    }

    [Fact]
    public async Task The_office_enters_who_asked_for_an_extension_and_who_granted_it()
    {
        await api.Resolved("paper", 1);
        const string At = "/api/v1/resolutions/paper-1/extension";
        Assert.Equal("on-behalf-of-chair", await _office.Refused(At, new { dueDate = "2026-03-31", reason = "征地未完成" }));
        Assert.Equal("on-behalf-of-chair", await _office.Refused(At, new { dueDate = "2026-03-31", reason = "征地未完成", onBehalfOf = "other" }));
        Assert.Equal("on-behalf-of-unit", await _office.Refused(At, new { dueDate = "2026-03-31", reason = "征地未完成", onBehalfOf = ResolvedSession.Stranger }));
        Assert.Equal(("given", "2026-03-31", "2026-03-20"), Told(await _office.Done(At, new { dueDate = "2026-03-31", reason = "征地未完成", onBehalfOf = ResolvedSession.Lead }), "state", "askedFor", "dueDate"));
        Assert.Equal(("given", null, "2026-03-31"), Told(await _office.Done(At, new { dueDate = "2026-03-31", onBehalfOf = ResolvedSession.Chair.Id }), "state", "askedFor", "dueDate"));
    }

    [Fact]
    public async Task Who_does_not_see_it_any_more_gets_no_first_answer_again()
    {
        await api.Resolved("moved", 1);
        Assert.Equal(200, await Received(ResolvedSession.Lead));
        Assert.Equal(200, await Received(ResolvedSession.Lead));
        Assert.Equal(404, await Received(ResolvedSession.Stranger));

        async Task<int> Received(string department)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/resolutions/moved-1/receipt") { Content = System.Net.Http.Json.JsonContent.Create(new { }) };
            request.Headers.Add("Idempotency-Key", "moved");
            using var response = await api.As(Role.Department, "zhou", department).SendAsync(request, TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task What_is_overdue_is_urged_step_by_step()
    {
        var session = new ResolvedSession(ResolvedHttp.Held, "late", ResolvedSession.Draft(ResolvedHttp.Held, null)).Concluded(ResolvedHttp.Held);
        await Storage.StoredSessions.Put(api.Store(), session);
        var urged = await _office.Done("/api/v1/resolutions/late-1/urging", new { documentNumber = "155督〔2026〕1号" });
        Assert.Equal(("red", "supervisionNotice", "given"), Told(urged, "light", "nextStep", "state"));
        Assert.Equal("ladder-step-not-next", await _office.Refused("/api/v1/resolutions/late-1/urging", new { step = "interview" }));
        Assert.Equal("role-not-allowed", await _lead.Refused("/api/v1/resolutions/late-1/urging", new { }));
    }

    [Fact]
    public async Task A_stranger_and_who_asks_for_none_are_answered_alike()
    {
        await api.Resolved("hidden", 1);
        var stranger = api.As(Role.Department, "x", ResolvedSession.Stranger);
        foreach (var id in (string[])["hidden-1", "hidden-2", "nowhere-1", "hidden", "a%3F-1"])
        {
            Assert.Equal(404, (await stranger.Sent(HttpMethod.Get, $"/api/v1/resolutions/{id}")).Status);
            Assert.Equal("resolution-not-found", await stranger.Refused($"/api/v1/resolutions/{id}/receipt", new { }));
        }

        Assert.Equal(403, (await api.As(Role.Manager, "m").Sent(HttpMethod.Get, "/api/v1/resolutions/hidden-1")).Status);
    }

    [Fact]
    public async Task They_are_listed_by_filters_and_page_by_page()
    {
        await api.Resolved("list", 3, "2026-511302-47-01-700009", 2);
        Assert.Equal(["list-1", "list-2", "list-3"], await Listed("review=list"));
        Assert.Equal(["list-2"], await Listed("review=list&state=underWay"));
        Assert.Equal(["list-1", "list-2", "list-3"], await Listed($"review=list&open=true&light=green&department={ResolvedSession.Assisting}&project=2026-511302-47-01-700009&dueTo=2026-03-20"));
        Assert.Empty(await Listed("review=list&dueTo=2026-03-19"));
        var page = await _office.Read("/api/v1/resolutions?review=list&limit=2");
        Assert.Equal(3, page.GetProperty("total").GetInt32());
        Assert.Equal(["list-3"], await Listed($"review=list&limit=2&cursor={Text(page, "nextCursor")}"));

        async Task<IEnumerable<string>> Listed(string query) => (await _office.Read($"/api/v1/resolutions?{query}")).GetProperty("items").EnumerateArray().Select(r => Text(r, "id")!).ToArray();
    }

    [Fact]
    public async Task Its_version_is_its_own_and_a_repeat_is_known()
    {
        await api.Resolved("version", 2);
        using var first = await Posted("k1", "\"6\"");
        using var again = await Posted("k1", "\"6\"");
        Assert.Equal((200, "\"8-", true), ((int)first.StatusCode, first.Headers.ETag!.Tag[..3], again.Headers.Contains("Idempotency-Replayed")));
        using var stale = await Posted("k2", "\"6\"");
        Assert.Equal(412, (int)stale.StatusCode);

        async Task<HttpResponseMessage> Posted(string key, string version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/resolutions/version-1/receipt") { Content = System.Net.Http.Json.JsonContent.Create(new { }) };
            request.Headers.Add("Idempotency-Key", key);
            request.Headers.Add("If-Match", version);
            return await _lead.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    private static (string?, string?, string?) Told(JsonElement view, string a, string b, string c) => (Text(view, a), Text(view, b), Text(view, c));

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
