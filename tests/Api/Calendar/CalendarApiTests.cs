using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Calendar;

public sealed class CalendarApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/calendar";

    private readonly HttpClient _admin = api.As(Role.Administrator);
    private readonly HttpClient _owner = api.As(Role.Owner, creditCode: Registration.Owner);

    [Fact]
    public async Task A_shipped_year_is_the_first_versions()
    {
        var response = await _owner.Get($"{Path}/2025");
        var year = await response.Body(200);
        Assert.Equal((2025, 1), (year.GetProperty("year").GetInt32(), year.GetProperty("changedIn").GetInt32()));
        Assert.Contains("2025-01-29", Days(year, "off"));
        Assert.Contains("2025-01-26", Days(year, "work"));
        Assert.False(year.TryGetProperty("pendingSilos", out _));
        Assert.Equal(304, (int)(await _owner.Get($"{Path}/2025", ("If-None-Match", response.Headers.ETag!.ToString()))).StatusCode);
    }

    [Fact]
    public async Task A_year_that_is_put_is_a_new_version_and_counts_at_once()
    {
        const string Count = $"{Path}/working-days?from=2030-01-01&to=2030-01-31";
        var before = (await (await _owner.Get(Count)).Body(200), Version: await Newest());
        Assert.Equal((true, 22), (before.Item1.GetProperty("provisional").GetBoolean(), before.Item1.GetProperty("days").GetInt32()));

        var put = await _admin.Put($"{Path}/2030", """{ "off": ["2030-01-04", "2030-01-03"], "work": ["2030-01-06"], "source": "国办发明电〔2029〕1号" }""");
        var year = await put.Body(200);
        Assert.Equal(before.Version + 1, put.Version());
        Assert.Equal(["2030-01-03", "2030-01-04"], Days(year, "off"));
        Assert.Equal("国办发明电〔2029〕1号", year.GetProperty("source").GetString());
        Assert.Empty(year.GetProperty("pendingSilos").EnumerateArray());

        var after = await (await _owner.Get(Count)).Body(200);
        Assert.Equal((false, 21), (after.GetProperty("provisional").GetBoolean(), after.GetProperty("days").GetInt32()));
        await (await _owner.Get($"{Path}/2030?version={before.Version}")).Problem(404, "calendar-year-not-found");
        Assert.Equal(put.Version(), (await _owner.Get($"{Path}/2030?version={put.Version()}")).Version());
        Assert.Equal(1, (await _owner.Get($"{Path}/2025")).Version());
    }

    [Fact]
    public async Task The_same_again_in_another_order_is_no_version()
    {
        var first = await _admin.Put($"{Path}/2031", """{ "off": ["2031-01-01", "2031-01-02"], "work": [] }""");
        var again = await _admin.Put($"{Path}/2031", """{ "off": ["2031-01-02", "2031-01-01"], "work": [], "source": null }""");
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal(first.Version(), await Newest());
    }

    [Fact]
    public async Task Versions_say_who_changed_what()
    {
        await _admin.Put($"{Path}/2032", """{ "off": ["2032-01-01"], "work": [] }""");
        var page = await (await _owner.Get($"{Path}/versions?limit=1")).Body(200);
        var first = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal((1, "system"), (first.GetProperty("version").GetInt32(), first.GetProperty("actor").GetString()));
        var last = (await (await _owner.Get($"{Path}/versions?limit=200&cursor={page.GetProperty("nextCursor").GetString()}")).Body(200)).GetProperty("items").EnumerateArray().Last();
        Assert.Equal((2032, "ada"), (last.GetProperty("changedYears")[0].GetInt32(), last.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task Every_open_deadline_moves_with_the_calendar()
    {
        var code = await api.Registered(1);
        await api.As(Role.Owner, creditCode: Registration.Owner).Post($"/api/v1/projects/{code}/approvals/A04/submission", """{ "materials": [] }""");
        await api.As(Role.Department, department: "511300-FGW").Post($"/api/v1/projects/{code}/approvals/A04/acceptance", "{}");
        var item = $"/api/v1/projects/{code}/approvals/A04";
        var before = await _owner.Get(item);
        Assert.Equal("2026-03-03", (await before.Body(200)).GetProperty("clock").GetProperty("dueDate").GetString());

        var year = await (await _admin.Get($"{Path}/2026")).Body(200);
        var off = JsonSerializer.Serialize(Days(year, "off").Append("2026-03-03"));
        await (await _admin.Put($"{Path}/2026", $$"""{ "off": {{off}}, "work": {{year.GetProperty("work").GetRawText()}} }""")).Body(200);
        var after = await _owner.Get(item, ("If-None-Match", before.Headers.ETag!.ToString()));
        Assert.Equal("2026-03-04", (await after.Body(200)).GetProperty("clock").GetProperty("dueDate").GetString());
        Assert.Equal(before.Version(), after.Version());
        await (await _admin.Put($"{Path}/2026", $$"""{ "off": {{year.GetProperty("off").GetRawText()}}, "work": {{year.GetProperty("work").GetRawText()}} }""", ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        await (await _admin.Put($"{Path}/2026", $$"""{ "off": {{year.GetProperty("off").GetRawText()}}, "work": {{year.GetProperty("work").GetRawText()}} }""")).Body(200);
    }

    [Fact]
    public async Task If_Match_compares_with_the_version_that_last_changed_the_year()
    {
        const string Body = """{ "off": [], "work": [] }""";
        Assert.Equal(200, (int)(await _admin.Put($"{Path}/2033", Body, ("If-Match", "\"0\""))).StatusCode);
        await (await _admin.Put($"{Path}/2033", Body, ("If-Match", "\"0\""))).Problem(412, "version-mismatch");
        var tag = (await _admin.Get($"{Path}/2033")).Headers.ETag!.ToString();
        await (await _admin.Put($"{Path}/2034", Body)).Body(200);
        await (await _admin.Put($"{Path}/2033", """{ "off": ["2033-01-03"], "work": [] }""", ("If-Match", tag))).Body(200);
    }

    [Theory]
    [InlineData(2035, """{ "off": ["2035-01-01", "2034-12-31"], "work": [] }""", "calendar-day-outside-year", "/off/1")]
    [InlineData(2035, """{ "off": [], "work": ["2036-01-05"] }""", "calendar-day-outside-year", "/work/0")]
    [InlineData(2035, """{ "off": ["2035-01-01", "2035-01-01"], "work": [] }""", "calendar-day-twice", "/off/1")]
    [InlineData(2035, """{ "off": ["2035-01-06"], "work": ["2035-01-06"] }""", "calendar-day-off-and-work", "/work/0")]
    [InlineData(2035, """{ "off": [], "work": ["2035-01-01"] }""", "calendar-work-on-weekday", "/work/0")]
    public async Task What_is_no_arrangement_is_refused_by_the_day_and_stores_nothing(int year, string body, string code, string at)
    {
        var problem = await (await _admin.Put($"{Path}/{year}", body)).Problem(422, code);
        Assert.Equal([at], problem.ErrorsAt());
        await (await _admin.Get($"{Path}/{year}")).Problem(404, "calendar-year-not-found");
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 422)]
    public async Task A_source_has_at_most_500_characters(int length, int status)
    {
        var response = await _admin.Put($"{Path}/{2036 + length - 500}", JsonSerializer.Serialize(new { off = Array.Empty<string>(), work = Array.Empty<string>(), source = new string('源', length) }));
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 422) Assert.Equal(["/source"], (await response.Problem(422, "calendar-source-too-long")).ErrorsAt());
    }

    [Theory]
    [InlineData("""{ "off": [] }""", "missing-member", "/work")]
    [InlineData("""{ "off": [], "work": [], "souce": "" }""", "unknown-member", "/souce")]
    [InlineData("""{ "off": ["2035-1-1"], "work": [] }""", "wrong-type", "/off/0")]
    [InlineData("""{ "off": [null], "work": [] }""", "wrong-type", "/off/0")]
    [InlineData("""{ "off": null, "work": [] }""", "wrong-type", "/off")]
    [InlineData("""{ "off": "2035-01-01", "work": [] }""", "wrong-type", "/off")]
    [InlineData("""{ "off": [], "work": [], "off": [] }""", "duplicate-member", "/off")]
    public async Task What_cannot_be_read_is_told_with_its_place(string body, string code, string at) =>
        Assert.Equal([at], (await (await _admin.Put($"{Path}/2035", body)).Problem(400, code)).ErrorsAt());

    [Theory]
    [InlineData("1999")]
    [InlineData("2101")]
    [InlineData("0")]
    public async Task A_year_out_of_range_is_refused_and_is_none(string year)
    {
        await (await _admin.Put($"{Path}/{year}", """{ "off": [], "work": [] }""")).Problem(422, "calendar-year-out-of-range");
        await (await _admin.Get($"{Path}/{year}")).Problem(404, "calendar-year-not-found");
    }

    [Fact]
    public async Task A_year_is_a_number() => await (await _admin.Get($"{Path}/next")).Problem(400, "bad-parameter");

    [Theory]
    [InlineData("?version=0")]
    [InlineData("?version=-1")]
    [InlineData("?version=9999")]
    public async Task A_version_that_there_is_not_is_not_found(string query) => await (await _owner.Get($"{Path}/2026{query}")).Problem(404, "calendar-year-not-found");

    [Theory]
    [InlineData(Role.Office)]
    [InlineData(Role.Leadership)]
    [InlineData(Role.Supervisor)]
    [InlineData(Role.Manager)]
    public async Task Only_an_administrator_changes_the_calendar(Role role) =>
        await (await api.As(role).Put($"{Path}/2035", """{ "off": [], "work": [] }""")).Problem(403, "role-not-allowed");

    // The interface document's two examples, and the ends of what can be asked.
    [Theory]
    [InlineData("from=2026-02-10&days=5", """{"from":"2026-02-10","to":"2026-02-24","days":5,"provisional":false}""")]
    [InlineData("from=2026-02-10&to=2026-02-24", """{"from":"2026-02-10","to":"2026-02-24","days":5,"provisional":false}""")]
    [InlineData("from=2026-02-14&days=0", """{"from":"2026-02-14","to":"2026-02-14","days":0,"provisional":false}""")]
    [InlineData("from=2026-02-24&days=-5", """{"from":"2026-02-24","to":"2026-02-10","days":-5,"provisional":false}""")]
    [InlineData("from=2026-02-24&to=2026-02-10", """{"from":"2026-02-24","to":"2026-02-10","days":-5,"provisional":false}""")]
    [InlineData("from=2026-12-31&days=1", """{"from":"2026-12-31","to":"2027-01-01","days":1,"provisional":true}""")]
    [InlineData("from=9999-12-30&days=1", """{"from":"9999-12-30","to":"9999-12-31","days":1,"provisional":true}""")]
    public async Task Working_days_are_counted_without_from_and_with_to(string query, string answer)
    {
        var response = await _owner.Get($"{Path}/working-days?{query}");
        Assert.Equal(answer, (await response.Body(200)).GetRawText());
    }

    [Theory]
    [InlineData("from=2026-02-10", "days-or-to", "days", "to")]
    [InlineData("from=2026-02-10&days=5&to=2026-02-24", "days-or-to", "days", "to")]
    [InlineData("days=5", "missing-parameter", "from")]
    [InlineData("from=2026-02-30&days=5", "bad-parameter", "from")]
    [InlineData("from=2026-02-10&days=five", "bad-parameter", "days")]
    [InlineData("from=2026-02-10&days=99999999999", "bad-parameter", "days")]
    [InlineData("from=2026-02-10&day=5", "unknown-parameter", "day")]
    public async Task What_cannot_be_asked_is_told(string query, string code, params string[] names) =>
        Assert.Equal(names, (await (await _owner.Get($"{Path}/working-days?{query}")).Problem(400, code)).ErrorsAt());

    [Theory]
    [InlineData("from=9999-12-31&days=1")]
    [InlineData("from=0001-01-01&days=-1")]
    [InlineData("from=2026-02-10&days=2147483647")]
    [InlineData("from=2026-02-10&days=-2147483648")]
    public async Task A_day_that_cannot_be_written_is_refused(string query) =>
        Assert.Equal(["days"], (await (await _owner.Get($"{Path}/working-days?{query}")).Problem(422, "day-out-of-range")).ErrorsAt());

    [Theory]
    [InlineData("zh-CN", "2035-01-01 不是周末")]
    [InlineData("en", "2035-01-01 is a weekday")]
    public async Task A_refusal_is_told_in_the_readers_language(string language, string part)
    {
        var problem = await (await _admin.Put($"{Path}/2035", """{ "off": [], "work": ["2035-01-01"] }""", ("Accept-Language", language))).Problem(422, "calendar-work-on-weekday");
        Assert.Contains(part, problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Contains(part, problem.GetProperty("errors").GetProperty("/work/0")[0].GetString()!, StringComparison.Ordinal);
    }

    private async Task<long> Newest() => (await (await _admin.Get($"{Path}/versions")).Body(200)).GetProperty("total").GetInt64();

    private static string[] Days(JsonElement year, string member) => [.. year.GetProperty(member).EnumerateArray().Select(d => d.GetString()!)];
}
