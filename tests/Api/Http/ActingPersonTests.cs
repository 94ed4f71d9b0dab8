using System.Net;

namespace Agency.Tests.Api.Http;

public sealed class ActingPersonTests(ConventionsHost host) : IClassFixture<ConventionsHost>
{
    [Theory]
    [InlineData("office", null, null)]
    [InlineData("manager", null, null)]
    [InlineData("clerk", null, null)]
    [InlineData("owner", null, "91511302MA62900AX9")]
    [InlineData("department", "511300-ZJJ", null)]
    [InlineData("leadership", null, null)]
    [InlineData("supervisor", null, null)]
    [InlineData("administrator", null, null)]
    public async Task Each_role_is_known(string role, string? department, string? creditCode)
    {
        var person = await (await host.Anonymous.Get("/api/v1/whoami", Headers("a.b_c-1", role, department, creditCode))).Body();
        Assert.Equal(
            ("a.b_c-1", role, department, creditCode),
            (person.GetProperty("id").GetString(), person.GetProperty("role").GetString(), person.GetProperty("department").GetString(), person.GetProperty("creditCode").GetString()));
    }

    [Theory]
    [InlineData(null, null, null, null, "X-Actor")]
    [InlineData(null, "office", null, null, "X-Actor")]
    [InlineData("ada", null, null, null, "X-Role")]
    [InlineData("a b", "office", null, null, "X-Actor")]
    [InlineData("阿", "office", null, null, "X-Actor")]
    [InlineData("ada", "Office", null, null, "X-Role")]
    [InlineData("ada", "system", null, null, "X-Role")]
    [InlineData("ada", "1", null, null, "X-Role")]
    [InlineData("ada", "department", null, null, "X-Department")]
    [InlineData("ada", "owner", null, null, "X-Credit-Code")]
    public async Task Whoever_is_not_known_is_told_by_which_header(string? id, string? role, string? department, string? creditCode, string header)
    {
        var response = await host.Anonymous.Get("/api/v1/whoami", Headers(id, role, department, creditCode));
        var problem = await response.Problem(401, "unauthenticated");
        Assert.Equal([header], problem.ErrorsAt());
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData(64, 200)]
    [InlineData(65, 401)]
    public async Task An_id_has_at_most_64_characters(int length, int status) =>
        Assert.Equal(status, (int)(await host.Anonymous.Get("/api/v1/whoami", Headers(new('a', length), "office", null, null))).StatusCode);

    [Fact]
    public async Task An_actor_named_twice_is_nobody() =>
        await (await host.Anonymous.Get("/api/v1/whoami", ("X-Actor", "ada"), ("X-Actor", "bo"), ("X-Role", "office"))).Problem(401, "unauthenticated");

    [Fact]
    public async Task Nobody_gets_past_the_door_even_with_a_bad_body() => await (await host.Anonymous.Post("/api/v1/things", "{")).Problem(401, "unauthenticated");

    [Fact]
    public async Task A_role_that_may_never_do_it_is_not_allowed() => await (await host.Office.Get("/api/v1/leaders")).Problem(403, "role-not-allowed");

    [Fact]
    public async Task Any_of_the_required_roles_is_allowed() =>
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Get("/api/v1/leaders", Headers("lin", "supervisor", null, null))).StatusCode);

    private static (string Name, string Value)[] Headers(string? id, string? role, string? department, string? creditCode) =>
        [.. new (string Name, string? Value)[] { ("X-Actor", id), ("X-Role", role), ("X-Department", department), ("X-Credit-Code", creditCode) }.Where(h => h.Value is not null).Select(h => (h.Name, h.Value!))];
}
