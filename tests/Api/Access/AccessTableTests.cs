using System.Text;
using System.Text.Json;
using Agency.Api.Access;
using Agency.Api.Http;
using Agency.People;
using Agency.Tests.Api.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Access;

/// <summary>The table of roles against the routes that there are, and against what they answer.</summary>
public sealed class AccessTableTests(AccessTableTests.Everything api) : IClassFixture<AccessTableTests.Everything>
{
    private static readonly Role[] _roles = [.. Enum.GetValues<Role>().Where(r => r != Role.System)];

    [Fact]
    public void Every_route_is_named_and_every_name_is_a_route()
    {
        var (routes, named) = (Routes().Select(AccessTable.RouteOf).ToHashSet(), AccessTable.Shipped().Routes.Keys.ToHashSet());
        None(routes.Except(named));
        None(named.Except(routes));
    }

    [Fact]
    public async Task Every_route_answers_every_role_as_the_table_says()
    {
        var wrong = new List<string>();
        var table = AccessTable.Shipped();
        foreach (var route in Routes())
        {
            var access = table.Routes[AccessTable.RouteOf(route)];
            if (access.Anonymous) continue;
            await Check(null, HttpMethodOf(route), PathOf(route), 401);
            foreach (var role in _roles) await Check(role, HttpMethodOf(route), PathOf(route), access.Of(role) == Grant.No ? 403 : null);
        }

        None(wrong);

        // Whoever may call it at all is answered by something else than the door: an unknown project, a body that is missing.
        async Task Check(Role? role, HttpMethod method, string path, int? status)
        {
            using var client = api.Server.CreateClient();
            using var request = new HttpRequestMessage(method, path);
            if (role is not null) request.Headers.Authorization = new("Bearer", api.Token(new("nobody", role.Value, "511300-ZJJ", "91511302MA62900AX9")));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Requests.Cancel);
            var actual = (int)response.StatusCode;
            if (status is null ? actual is 401 or 403 or 500 : actual != status) wrong.Add($"{role} {method} {path}: {actual} and not {status}");
        }
    }

    [Theory]
    [InlineData("""{ "GET /x": { "all": ["office"], "anonymous": true } }""")]
    [InlineData("""{ "GET /x": { "all": ["office"], "own": ["office"] } }""")]
    [InlineData("""{ "GET /x": { "all": ["system"] } }""")]
    [InlineData("""{ "GET /x": { "all": ["office"], "recorded": ["clerk"] } }""")]
    [InlineData("""{ "GET /x": { "all": ["office"], "recorded": ["system"] } }""")]
    [InlineData("""{ "GET /x": { "all": ["Office"] } }""")]
    [InlineData("""{ "GET /x": { "al": ["office"] } }""")]
    [InlineData("""{ "GET /x": { "all": ["office"] }, "GET /x": { "all": ["clerk"] } }""")]
    public void A_table_that_is_not_clear_is_none(string json) =>
        Assert.ThrowsAny<JsonException>(() => AccessTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public Task The_page_of_roles_is_the_table() => Repository.CheckMade("docs/access.md", Page());

    private IEnumerable<RouteEndpoint> Routes() => api.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>();

    private static void None(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));

    private static HttpMethod HttpMethodOf(RouteEndpoint route) => new(route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET");

    private static string PathOf(RouteEndpoint route) => string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "code" } when route.RoutePattern.RawText!.Contains("/projects/", StringComparison.Ordinal) => "2026-511302-47-01-000123",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "year" } => "2026",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "address" or "path" } => "127.0.0.1:1@1",
        _ => "1",
    }))).Prepend(""));

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append("# Who may do what 角色权限表\n\nMade from `api/Access/access.json`, which the service enforces, by `./dev openapi`. ● everything · ○ what is its own; everything else looks as if it did not exist · empty: never, 403.\n\n");
        page.Append("Its own is to an owner what is of its credit code; to a manager the projects that it manages, or stands in for the manager of; to a clerk those whose mandate it acts by, in the same way; to a department those that it leads, leads a stage of, has an item of or something to follow up; and to each of them itself. Agents are there for all of these but owners, with those of their projects that are one's own.\n\n★ who reads is written down before the answer is given, but for what is about oneself: `GET /readings`.\n\n");
        page.Append($"| route | {string.Join(" | ", _roles.Select(r => EnumNames.Of(r)))} |\n| --- |{string.Concat(_roles.Select(_ => " :-: |"))}\n");
        foreach (var (route, access) in AccessTable.Shipped().Routes.OrderBy(r => r.Key.Split(' ')[1], StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal))
        {
            var cells = _roles.Select(role => access.Anonymous ? "anybody" : access.Of(role) switch { Grant.All => "●", Grant.Own => "○", _ => "" } + (access.Recorded.Contains(role) ? "★" : ""));
            page.Append($"| `{route.Replace("/api/v1", "", StringComparison.Ordinal)}` | {string.Join(" | ", access.Anonymous ? cells.Take(1).Concat(Enumerable.Repeat("", _roles.Length - 1)) : cells)} |\n");
        }

        return page.ToString();
    }

    /// <summary>A service with every route that there can be.</summary>
    public sealed class Everything : ApiFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Agency:Dashboard", "true");
        }
    }
}
