using System.Text.Json.Nodes;
using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Projects;

public sealed class RegistrationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = Registration.Path;

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_project_is_made_at_its_code_and_got_as_it_was_made()
    {
        var body = Registration.Body(Registration.Code(1), ("cluster", "Q1"), ("investment", 25000.5m), ("plannedConstructionDays", 480), ("conditions", JsonNode.Parse("""{ "B10": true }""")));
        var made = await _office.Post(Path, body);
        var project = await made.Body(201);
        Assert.Equal($"{Path}/{Registration.Code(1)}", made.Headers.Location?.ToString());
        Assert.Equal(1, made.Version());
        Assert.Equal(("active", "2026-03-02", 25000.5m), (project.GetProperty("state").GetString(), project.GetProperty("registeredOn").GetString(), project.GetProperty("investment").GetDecimal()));

        var got = await _office.Get(made.Headers.Location!.ToString());
        Assert.Equal(made.Headers.ETag, got.Headers.ETag);
        Assert.Equal(project.GetRawText(), (await got.Body(200)).GetRawText());
        Assert.Equal(304, (int)(await _office.Get($"{Path}/{Registration.Code(1)}", ("If-None-Match", made.Headers.ETag!.ToString()))).StatusCode);
        await (await _office.Post(Path, body)).Problem(409, "project-exists");
    }

    [Theory]
    [InlineData("2603-511302-04-01-123456")]
    [InlineData("2019-511300-70-03-000001")]
    public async Task Both_forms_of_the_code_are_taken_as_written(string code) =>
        Assert.Equal(code, (await (await _office.Post(Path, Registration.Body(code))).Body(201)).GetProperty("code").GetString());

    [Theory]
    [InlineData("code", "2026-511302-47-04-000100", "/code")]
    [InlineData("code", "2613-511302-04-01-123456", "/code")]
    [InlineData("code", "../2026", "/code")]
    [InlineData("code", "", "/code")]
    [InlineData("name", " ", "/name")]
    [InlineData("name", "两\n行", "/name")]
    [InlineData("ownerName", "", "/ownerName")]
    [InlineData("ownerCreditCode", "91511302MA62900AX8", "/ownerCreditCode")]
    [InlineData("ownerCreditCode", "91511302ma62900ax9", "/ownerCreditCode")]
    [InlineData("ownerCreditCode", "I1511302MA62900AX9", "/ownerCreditCode")]
    [InlineData("flow", "NONE", "/flow")]
    [InlineData("district", "511300", "/district")]
    [InlineData("district", "110000", "/district")]
    [InlineData("leadDepartment", "511300-XXX", "/leadDepartment")]
    [InlineData("leadDepartment", "OWNER", "/leadDepartment")]
    [InlineData("cluster", "Q99", "/cluster")]
    public async Task A_wrong_value_is_refused_at_its_place_and_nothing_is_registered(string member, string value, string at)
    {
        var problem = await (await _office.Post(Path, Registration.Body(Registration.Code(100), (member, value)))).Problem(422, "invalid-registration");
        Assert.Equal([at], problem.ErrorsAt());
        await (await _office.Get($"{Path}/{Registration.Code(100)}")).Problem(404, "project-not-found");
    }

    [Theory]
    [InlineData("investment", "-1", "/investment")]
    [InlineData("investment", "1000000000.01", "/investment")]
    [InlineData("plannedConstructionDays", "0", "/plannedConstructionDays")]
    [InlineData("conditions", """{ "NONE": true }""", "/conditions")]
    [InlineData("conditions", """{ "U03": true, "U04": true }""", "/conditions")]
    [InlineData("itemAuthorities", """{ "Z99": "city" }""", "/itemAuthorities/Z99")]
    public async Task So_is_a_wrong_number_answer_or_choice(string member, string json, string at)
    {
        var problem = await (await _office.Post(Path, Registration.Body(Registration.Code(100), (member, JsonNode.Parse(json))))).Problem(422, "invalid-registration");
        Assert.Equal([at], problem.ErrorsAt());
    }

    [Theory]
    [InlineData(null, "统一社会信用代码应为 18 位")]
    [InlineData("en", "18 characters")]
    public async Task All_that_is_wrong_is_told_at_once_in_the_readers_language(string? language, string part)
    {
        var body = Registration.Body("?", ("ownerCreditCode", "1"), ("district", "2"), ("leadDepartment", "3"));
        var problem = await (await _office.Post(Path, body, language is null ? [] : [("Accept-Language", language)])).Problem(422, "invalid-registration");
        Assert.Equal(["/code"], problem.ErrorsAt());

        problem = await (await _office.Post(Path, Registration.Body(Registration.Code(100), ("ownerCreditCode", "1"), ("district", "2"), ("leadDepartment", "3")), language is null ? [] : [("Accept-Language", language)])).Problem(422, "invalid-registration");
        Assert.Equal(["/district", "/leadDepartment", "/ownerCreditCode"], problem.ErrorsAt().Order(StringComparer.Ordinal));
        Assert.Contains(part, problem.GetProperty("errors").GetProperty("/ownerCreditCode")[0].GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", null, "missing-member", "/name")]
    [InlineData("manager", "x", "unknown-member", "/manager")]
    [InlineData("keyLevel", "Municipal", "wrong-type", "/keyLevel")]
    [InlineData("keyLevel", "high", "wrong-type", "/keyLevel")]
    [InlineData("investment", "25000", "wrong-type", "/investment")]
    [InlineData("occurredOn", "2026-2-1", "wrong-type", "/occurredOn")]
    public async Task What_cannot_be_read_is_told_with_its_place(string member, string? value, string code, string at) =>
        Assert.Equal([at], (await (await _office.Post(Path, Registration.Body(Registration.Code(100), (member, value is null ? null : JsonValue.Create(value))))).Problem(400, code)).ErrorsAt());

    [Fact]
    public async Task A_body_that_is_too_large_no_json_or_none_is_told_so()
    {
        await (await _office.Post(Path, Registration.Body(Registration.Code(100), ("name", new string('长', 100_000))))).Problem(413, "body-too-large");
        await (await _office.Post(Path, "code=1")).Problem(400, "malformed-body");
        await (await _office.Post(Path, "[]")).Problem(400, "wrong-type");
        await (await _office.Post(Path, null)).Problem(400, "missing-body");
        await (await _office.Send(HttpMethod.Post, Path, new StringContent("{}", System.Text.Encoding.UTF8, "text/plain"))).Problem(415, "unsupported-media-type");
        await (await _office.Send(HttpMethod.Post, Path, new StringContent("{}", System.Text.Encoding.Unicode, "application/json"))).Problem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_project_that_began_on_paper_is_registered_with_its_past()
    {
        await (await _office.Post(Path, Registration.Body(Registration.Code(2), ("occurredOn", "2026-03-03")))).Problem(422, "future-day");
        await (await _office.Post(Path, Registration.Body(Registration.Code(2), ("occurredOn", "2025-03-03")))).Problem(422, "late-reason-missing");
        await (await _office.Post(Path, Registration.Body(Registration.Code(2), ("occurredOn", "0202-03-03"), ("lateReason", "此前为纸质登记")))).Problem(422, "day-too-early");
        var made = await _office.Post(Path, Registration.Body(Registration.Code(2), ("occurredOn", "2025-03-03"), ("lateReason", "此前为纸质登记")));
        Assert.Equal("2025-03-03", (await made.Body(201)).GetProperty("registeredOn").GetString());
        var fact = (await (await _office.Get($"{Path}/{Registration.Code(2)}/history")).Body(200)).GetProperty("items")[0];
        Assert.Equal(("registered", "2025-03-03", "此前为纸质登记"), (fact.GetProperty("type").GetString(), fact.GetProperty("occurredOn").GetString(), fact.GetProperty("data").GetProperty("lateReason").GetString()));
    }

    [Theory]
    [InlineData(Role.Owner)]
    [InlineData(Role.Clerk)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Department)]
    [InlineData(Role.Leadership)]
    [InlineData(Role.Supervisor)]
    [InlineData(Role.Administrator)]
    public async Task Only_the_office_registers(Role role) =>
        await (await api.As(role, department: "511300-ZJJ", creditCode: Registration.Owner).Post(Path, Registration.Body(Registration.Code(100)))).Problem(403, "role-not-allowed");
}
