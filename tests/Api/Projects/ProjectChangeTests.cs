using System.Net.Http.Headers;
using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Projects;

public sealed class ProjectChangeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = Registration.Path;

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task What_is_left_out_stays_what_is_null_goes()
    {
        var path = $"{Path}/{await api.Registered(1, ("cluster", "Q1"), ("investment", 100))}";
        var changed = await _office.Patch(path, """{ "name": "新名", "cluster": null }""");
        var project = await changed.Body(200);
        Assert.Equal(("新名", 100m, "南充某公司"), (project.GetProperty("name").GetString(), project.GetProperty("investment").GetDecimal(), project.GetProperty("ownerName").GetString()));
        Assert.Null(project.GetProperty("cluster").GetString());
        Assert.Equal(2, changed.Version());

        // The same again is already so; nothing is too.
        Assert.Equal(changed.Headers.ETag, (await _office.Patch(path, """{ "name": "新名" }""")).Headers.ETag);
        Assert.Equal(changed.Headers.ETag, (await _office.Patch(path, "{}")).Headers.ETag);
        var body = new StringContent("""{ "investment": null }""") { Headers = { ContentType = new MediaTypeHeaderValue("application/merge-patch+json") } };
        Assert.Equal(3, (await _office.Send(HttpMethod.Patch, path, body)).Version());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("ownerName")]
    [InlineData("ownerCreditCode")]
    [InlineData("leadDepartment")]
    public async Task What_a_project_cannot_be_without_is_not_taken_away(string member)
    {
        await _office.Post(Path, Registration.Body(Registration.Code(2)));
        var path = $"{Path}/{Registration.Code(2)}";
        Assert.Equal([$"/{member}"], (await (await _office.Patch(path, $$"""{ "{{member}}": null }""")).Problem(422, "invalid-details")).ErrorsAt());
        Assert.Equal(1, (await _office.Get(path)).Version());
    }

    [Theory]
    [InlineData("""{ "keyLevel": null }""", "wrong-type", "/keyLevel")]
    [InlineData("""{ "flow": "RENO" }""", "unknown-member", "/flow")]
    [InlineData("""{ "investment": "1" }""", "wrong-type", "/investment")]
    [InlineData("""{ "aliases": [null] }""", "wrong-type", "/aliases/0")]
    [InlineData("""{ "aliases": "2603-511302-04-01-123456" }""", "wrong-type", "/aliases")]
    [InlineData("""{ "aliases": [1] }""", "wrong-type", "/aliases")]
    [InlineData("null", "missing-body")]
    public async Task What_cannot_be_read_is_told_with_its_place(string body, string code, params string[] places)
    {
        var problem = await (await _office.Patch($"{Path}/{Registration.Code(3)}", body)).Problem(400, code);
        if (places.Length > 0) Assert.Equal(places, problem.ErrorsAt());
    }

    [Fact]
    public async Task If_Match_keeps_a_change_from_being_lost()
    {
        var path = $"{Path}/{await api.Registered(4)}";
        var read = (await _office.Get(path)).Headers.ETag!.ToString();
        await (await _office.Patch(path, """{ "name": "先" }""", ("If-Match", read))).Body(200);
        await (await _office.Patch(path, """{ "name": "后" }""", ("If-Match", read))).Problem(412, "version-mismatch");
        await (await _office.Patch(path, """{ "name": "后" }""", ("If-Match", "2"))).Problem(400, "bad-header");
        Assert.Equal("先", (await (await _office.Get(path, ("If-None-Match", read))).Body(200)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_alias_leads_to_the_same_project_until_it_is_taken_away()
    {
        const string Alias = "2603-511302-04-01-000005";
        var code = await api.Registered(5);
        var changed = await (await _office.Patch($"{Path}/{code}", $$"""{ "aliases": ["{{Alias}}"] }""")).Body(200);
        foreach (var part in (string[])["", "/plan", "/history", "/approvals/A04"])
        {
            var (direct, led) = (await _office.Get($"{Path}/{code}{part}"), await _office.Get($"{Path}/{Alias}{part}"));
            Assert.Equal((await direct.Body(200)).GetRawText(), (await led.Body(200)).GetRawText());
            Assert.Equal(direct.Headers.ETag, led.Headers.ETag);
        }

        Assert.Equal([Alias], changed.GetProperty("aliases").EnumerateArray().Select(a => a.GetString()));
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Post($"{Path}/{Alias}/approvals/A04/submission", """{ "materials": [] }""")).Body(200);
        Assert.Equal("submitted", (await (await _office.Get($"{Path}/{code}/approvals/A04")).Body(200)).GetProperty("state").GetString());
        await (await _office.Patch($"{Path}/{Alias}", """{ "name": "经由别名" }""")).Body(200);
        Assert.Equal("经由别名", (await (await _office.Get($"{Path}/{code}")).Body(200)).GetProperty("name").GetString());

        await (await _office.Post(Path, Registration.Body(Alias))).Problem(409, "code-in-use");
        await (await _office.Patch($"{Path}/{code}", """{ "aliases": null }""")).Body(200);
        await (await _office.Get($"{Path}/{Alias}")).Problem(404, "project-not-found");
        await (await _office.Post(Path, Registration.Body(Alias))).Body(201);
    }

    [Fact]
    public async Task A_code_that_is_in_use_is_no_alias()
    {
        const string Alias = "2603-511302-04-01-000006";
        var (one, other) = (await api.Registered(6), await api.Registered(7));
        await (await _office.Patch($"{Path}/{one}", $$"""{ "aliases": ["{{Alias}}"] }""")).Body(200);
        foreach (var code in (string[])[one, Alias])
        {
            var problem = await (await _office.Patch($"{Path}/{other}", $$"""{ "aliases": ["{{code}}"] }""", ("Accept-Language", "en"))).Problem(409, "code-in-use");
            Assert.StartsWith($"{code} belongs to the project {one}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, (await _office.Get($"{Path}/{other}")).Version());
    }

    [Theory]
    [InlineData("""["x"]""", "/aliases/0")]
    [InlineData("""["2026-511302-47-01-000008"]""", "/aliases/0")]
    [InlineData("""["2603-511302-04-01-000008", "2603-511302-04-01-000008"]""", "/aliases/1")]
    public async Task An_alias_is_another_code(string aliases, string at)
    {
        await _office.Post(Path, Registration.Body(Registration.Code(8)));
        Assert.Equal([at], (await (await _office.Patch($"{Path}/{Registration.Code(8)}", $$"""{ "aliases": {{aliases}} }""")).Problem(422, "invalid-details")).ErrorsAt());
    }

    [Fact]
    public async Task An_alias_that_was_refused_with_others_is_free_again()
    {
        const string Alias = "2603-511302-04-01-000009";
        var (one, other) = (await api.Registered(9), await api.Registered(10));
        await (await _office.Patch($"{Path}/{one}", $$"""{ "aliases": ["{{Alias}}", "{{other}}"] }""")).Problem(409, "code-in-use");
        await (await _office.Get($"{Path}/{Alias}")).Problem(404, "project-not-found");
        await (await _office.Patch($"{Path}/{other}", $$"""{ "aliases": ["{{Alias}}"] }""")).Body(200);
    }

    [Fact]
    public async Task An_alias_can_be_taken_away_under_itself()
    {
        const string Alias = "2603-511302-04-01-000012";
        var code = await api.Registered(12);
        await (await _office.Patch($"{Path}/{code}", $$"""{ "aliases": ["{{Alias}}"] }""")).Body(200);
        await (await _office.Patch($"{Path}/{Alias}", """{ "aliases": [] }""")).Body(200);
        await (await _office.Get($"{Path}/{Alias}")).Problem(404, "project-not-found");
    }

    [Fact]
    public async Task A_repeat_of_an_old_change_reserves_no_alias()
    {
        const string Alias = "2603-511302-04-01-000013";
        var path = $"{Path}/{await api.Registered(13)}";
        const string Given = $$"""{ "aliases": ["{{Alias}}"] }""";
        await (await _office.Patch(path, Given, ("Idempotency-Key", "k"))).Body(200);
        await (await _office.Patch(path, """{ "aliases": [] }""")).Body(200);
        Assert.True((await _office.Patch(path, Given, ("Idempotency-Key", "k"))).Headers.Contains("Idempotency-Replayed"));
        await (await _office.Get($"{Path}/{Alias}")).Problem(404, "project-not-found");
    }

    [Fact]
    public async Task The_past_is_changed_with_a_reason_and_the_future_not()
    {
        var path = $"{Path}/{await api.Registered(11)}";
        await (await _office.Patch(path, """{ "name": "又", "occurredOn": "2026-03-03" }""")).Problem(422, "future-day");
        await (await _office.Patch(path, """{ "name": "又", "occurredOn": "2026-03-01" }""")).Problem(422, "late-reason-missing");
        await (await _office.Patch(path, """{ "name": "又", "occurredOn": "2026-03-01", "lateReason": "补录" }""")).Body(200);
    }

    [Fact]
    public async Task Only_the_office_changes_and_only_what_there_is()
    {
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Patch($"{Path}/{Registration.Code(8)}", "{}")).Problem(403, "role-not-allowed");
        await (await _office.Patch($"{Path}/{Registration.Code(999)}", "{}")).Problem(404, "project-not-found");
        await (await _office.Patch($"{Path}/none", "{}")).Problem(404, "project-not-found");
    }
}
