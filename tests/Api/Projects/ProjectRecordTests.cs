using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Projects;

public sealed class ProjectRecordTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = Registration.Path;

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task Every_fact_is_in_the_history_with_who_when_for_whom_and_why()
    {
        var path = $"{Path}/{await api.Registered(1)}";
        await (await api.As(Role.Owner, "li", creditCode: Registration.Owner).Post($"{path}/approvals/A04/submission", """{ "materials": [ { "name": "项目基本信息", "hash": "abc" } ], "documentNumber": "收〔2026〕1号" }""")).Body(200);
        await (await _office.Post($"{path}/approvals/A04/supplement-request", """{ "missing": ["声明"], "reason": "缺声明", "onBehalfOf": "511300-FGW", "documentNumber": "补〔2026〕1号" }""")).Body(200);

        var page = await _office.Get($"{path}/history");
        var facts = (await page.Body(200)).GetProperty("items");
        Assert.Equal([1, 2, 3], facts.EnumerateArray().Select(f => f.GetProperty("sequence").GetInt32()));
        Assert.Equal(["registered", "submission", "supplement-request"], facts.EnumerateArray().Select(f => f.GetProperty("type").GetString()));
        Assert.Equal(("li", "owner", "2026-03-02"), (facts[1].GetProperty("actor").GetString(), facts[1].GetProperty("role").GetString(), facts[1].GetProperty("occurredOn").GetString()));
        Assert.Equal(("511300-FGW", false), (facts[2].GetProperty("onBehalfOf").GetString(), facts[2].GetProperty("corrected").GetBoolean()));
        Assert.Equal(("缺声明", "补〔2026〕1号"), (facts[2].GetProperty("data").GetProperty("reason").GetString(), facts[2].GetProperty("data").GetProperty("documentNumber").GetString()));
        Assert.Equal("abc", facts[1].GetProperty("data").GetProperty("materials")[0].GetProperty("hash").GetString());
        Assert.True(facts[1].GetProperty("recordedAt").GetDateTimeOffset() < facts[2].GetProperty("recordedAt").GetDateTimeOffset());
        Assert.Equal(304, (int)(await _office.Get($"{path}/history", ("If-None-Match", page.Headers.ETag!.ToString()))).StatusCode);
    }

    [Fact]
    public async Task The_history_is_read_page_by_page()
    {
        var path = $"{Path}/{await api.Registered(2)}";
        for (var i = 0; i < 4; i++) await (await _office.Patch(path, $$"""{ "name": "名{{i}}" }""")).Body(200);
        var (seen, cursor) = (new List<int>(), "");
        do
        {
            var page = await (await _office.Get($"{path}/history?limit=2{cursor}")).Body(200);
            Assert.Equal(5, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("sequence").GetInt32()));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null && seen.Count < 20);

        Assert.Equal([1, 2, 3, 4, 5], seen);
        await (await _office.Get($"{path}/history?sort=sequence")).Problem(400, "bad-sort");
        await (await _office.Get($"{path}/history?cursor=eyJ4IjoxfQ")).Problem(400, "bad-cursor");
    }

    [Fact]
    public async Task An_owner_of_another_credit_code_finds_nothing_anywhere()
    {
        var path = $"{Path}/{await api.Registered(3)}";
        var (own, other) = (api.As(Role.Owner, creditCode: Registration.Owner), api.As(Role.Owner, creditCode: Registration.OtherOwner));
        foreach (var part in (string[])["", "/plan", "/history"])
        {
            await (await own.Get($"{path}{part}")).Body(200);
            await (await other.Get($"{path}{part}")).Problem(404, "project-not-found");
        }

        await (await own.Get($"{path}/approvals/A04")).Body(200);
        await (await other.Get($"{path}/approvals/A04")).Problem(404, "item-not-found");
        foreach (var (step, body) in ((string, string)[])[
            ("submission", """{ "materials": [] }"""), ("supplement", """{ "materials": [] }"""), ("acceptance", "{}"), ("materials", """{ "materials": [ { "name": "又" } ] }"""),
            ("decision", """{ "outcome": "approved" }"""), ("withdrawal", """{ "reason": "又" }"""), ("submission", """{ "materials": [], "occurredOn": "2030-01-01" }""")])
            await (await other.Post($"{path}/approvals/A04/{step}", body)).Problem(404, "project-not-found");
        Assert.Equal(1, (await _office.Get(path)).Version());
    }

    [Fact]
    public async Task What_there_is_not_is_not_found()
    {
        var code = await api.Registered(4);
        foreach (var part in (string[])["", "/plan", "/history"])
        {
            await (await _office.Get($"{Path}/{Registration.Code(999)}{part}")).Problem(404, "project-not-found");
            await (await _office.Get($"{Path}/none{part}")).Problem(404, "project-not-found");
        }

        await (await _office.Get($"{Path}/{code}/approvals/Z99")).Problem(404, "item-not-found");
        await (await _office.Get($"{Path}/{code}/nothing")).Problem(404, "not-found");
    }

    [Fact]
    public async Task A_view_changes_its_tag_with_the_day_though_not_its_version()
    {
        await using var later = new ApiFixture();
        var code = await later.Registered(1);
        var office = later.As(Role.Office);
        await (await office.Post($"{Path}/{code}/approvals/A04/submission", """{ "materials": [] }""")).Body(200);
        await (await office.Post($"{Path}/{code}/approvals/A04/acceptance", """{ "onBehalfOf": "511300-FGW" }""")).Body(200);
        var before = await office.Get($"{Path}/{code}");
        later.Clock.Advance(TimeSpan.FromDays(2));
        var after = await office.Get($"{Path}/{code}", ("If-None-Match", before.Headers.ETag!.ToString()));
        Assert.Equal(("red", before.Version()), ((await after.Body(200)).GetProperty("light").GetString(), after.Version()));
    }
}
