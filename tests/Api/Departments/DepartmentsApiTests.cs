using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Departments;

public sealed class DepartmentsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/departments";

    private readonly HttpClient _admin = api.As(Role.Administrator);

    [Fact]
    public async Task All_departments_are_listed_once_page_by_page()
    {
        var (seen, query) = (new List<string>(), "?limit=100");
        while (true)
        {
            var page = await (await _admin.Get($"{Path}{query}")).Body(200);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("code").GetString()!));
            Assert.Equal(255, page.GetProperty("total").GetInt32());
            if (page.GetProperty("nextCursor").GetString() is not { } cursor) break;
            query = $"?limit=100&cursor={cursor}";
        }

        Assert.Equal((255, 255), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(["511300-FGW", "511302-FGW"], seen.Take(2));
    }

    [Theory]
    [InlineData("organ=ZJJ", 10)]
    [InlineData("organ=ZJJ&district=511302", 1)]
    [InlineData("organ=GGZY&district=511302", 0)]
    [InlineData("organ=NONE", 0)]
    public async Task They_are_found_by_organ_and_district(string query, int count)
    {
        var page = await (await _admin.Get($"{Path}?{query}")).Body(200);
        Assert.Equal((count, count), (page.GetProperty("total").GetInt32(), page.GetProperty("items").GetArrayLength()));
    }

    [Theory]
    [InlineData("sort=name", "bad-sort", "sort")]
    [InlineData("cursor=x", "bad-cursor", "cursor")]
    [InlineData("organs=ZJJ", "unknown-parameter", "organs")]
    public async Task What_a_list_cannot_do_is_told(string query, string code, string name) =>
        Assert.Equal([name], (await (await _admin.Get($"{Path}?{query}")).Problem(400, code)).ErrorsAt());

    [Fact]
    public async Task A_department_is_renamed_and_takes_its_own_short_name_back()
    {
        const string One = $"{Path}/511303-ZJJ";
        var before = await _admin.Get(One);
        Assert.Equal("""{"code":"511303-ZJJ","organ":"ZJJ","kind":"department","district":"511303","name":"高坪区住房和城乡建设局","shortName":"高坪区住建局"}""", (await before.Body(200)).GetRawText());

        var renamed = await _admin.Put(One, """{ "name": "高坪区住建委", "shortName": "区住建委" }""", ("If-Match", before.Headers.ETag!.ToString()));
        Assert.Equal("区住建委", (await renamed.Body(200)).GetProperty("shortName").GetString());
        await (await _admin.Put(One, """{ "name": "又" }""", ("If-Match", before.Headers.ETag!.ToString()))).Problem(412, "version-mismatch");

        var again = await _admin.Put(One, """{ "name": "高坪区住建委" }""");
        Assert.Equal("高坪区住建局", (await again.Body(200)).GetProperty("shortName").GetString());
        Assert.True(again.Version() > renamed.Version());
        Assert.Equal(304, (int)(await _admin.Get(One, ("If-None-Match", again.Headers.ETag!.ToString()))).StatusCode);
        Assert.Equal(200, (int)(await _admin.Get(One, ("If-None-Match", before.Headers.ETag!.ToString()))).StatusCode);
        Assert.Equal("高坪区住建委", (await (await _admin.Get($"{Path}?organ=ZJJ&district=511303")).Body(200)).GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_rename_repeated_under_its_key_is_done_once()
    {
        const string One = $"{Path}/511304-ZJJ";
        var first = await _admin.Put(One, """{ "name": "一" }""", ("Idempotency-Key", "k"));
        await (await _admin.Put(One, """{ "name": "二" }""")).Body(200);
        var again = await _admin.Put(One, """{ "name": "一" }""", ("Idempotency-Key", "k"));
        Assert.Equal("二", (await (await _admin.Get(One)).Body(200)).GetProperty("name").GetString());
        Assert.Equal((first.Headers.ETag, "true"), (again.Headers.ETag, string.Join("", again.Headers.GetValues("Idempotency-Replayed"))));
        await (await _admin.Put(One, """{ "name": "三" }""", ("Idempotency-Key", "k"))).Problem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("511302-GGZY")]
    [InlineData("511300-zjj")]
    [InlineData("NONE")]
    public async Task A_code_that_is_none_is_not_found(string code)
    {
        await (await _admin.Get($"{Path}/{code}")).Problem(404, "department-not-found");
        await (await _admin.Put($"{Path}/{code}", """{ "name": "又" }""")).Problem(404, "department-not-found");
    }

    [Fact]
    public async Task Names_that_cannot_be_are_refused_each_at_its_place()
    {
        var problem = await (await _admin.Put($"{Path}/511302-ZJJ", $$"""{ "name": " ", "shortName": "{{new string('长', 101)}}" }""")).Problem(422, "invalid-department");
        Assert.Equal(["/name", "/shortName"], problem.ErrorsAt());
        Assert.Equal(0, (await _admin.Get($"{Path}/511302-ZJJ")).Version());
    }

    [Theory]
    [InlineData("{}", "missing-member", "/name")]
    [InlineData("""{ "name": null }""", "wrong-type", "/name")]
    [InlineData("""{ "name": 1 }""", "wrong-type", "/name")]
    [InlineData("""{ "name": "又", "code": "511302-ZJJ" }""", "unknown-member", "/code")]
    public async Task What_cannot_be_read_is_told_with_its_place(string body, string code, string at) =>
        Assert.Equal([at], (await (await _admin.Put($"{Path}/511302-ZJJ", body)).Problem(400, code)).ErrorsAt());

    [Fact]
    public async Task Only_an_administrator_renames()
    {
        await (await api.As(Role.Office).Put($"{Path}/511302-ZJJ", """{ "name": "又" }""")).Problem(403, "role-not-allowed");
        await (await api.As(Role.Department, department: "511302-ZJJ").Put($"{Path}/511302-ZJJ", """{ "name": "又" }""")).Problem(403, "role-not-allowed");
    }
}
