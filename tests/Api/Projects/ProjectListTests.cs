using System.Text.Json.Nodes;
using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Projects;

public sealed class ProjectListTests(ProjectListTests.Listed api) : IClassFixture<ProjectListTests.Listed>
{
    private const string Path = Registration.Path;

    private readonly HttpClient _office = api.As(Role.Office);

    [Theory]
    [InlineData("", "1 2 3 4 5")]
    [InlineData("?flow=RENO", "2 5")]
    [InlineData("?district=511303", "3")]
    [InlineData("?flow=RENO&district=511302", "2 5")]
    [InlineData("?state=active", "1 2 3 4 5")]
    [InlineData("?state=completed", "")]
    [InlineData("?q=三", "3")]
    [InlineData("?q=000004", "4")]
    [InlineData("?q=%E5%88%AB%E5%AE%B6", "4")]
    [InlineData("?flow=NONE", "")]
    [InlineData("?sort=-code", "5 4 3 2 1")]
    [InlineData("?sort=registeredOn,-code", "5 4 3 2 1")]
    [InlineData("?sort=name", "1 3 2 5 4")]
    [InlineData("?sort=-light,dueDate,approvalDays,investment,-stage,ownerName", "4 1 2 3 5")]
    [InlineData("?owner=91510000MA6200000N", "4")]
    [InlineData("?stage=S1&light=grey", "1 2 3 4 5")]
    [InlineData("?light=red", "")]
    [InlineData("?keyLevel=municipal", "1 2 3 4 5")]
    [InlineData("?keyLevel=provincial", "")]
    [InlineData("?department=511300-ZJJ", "1 2 3 4 5")]
    [InlineData("?department=511302-XQZF", "")]
    [InlineData("?cluster=Q1", "")]
    [InlineData("?registeredFrom=2026-03-02&registeredTo=2026-03-02", "1 2 3 4 5")]
    [InlineData("?registeredFrom=2026-03-03", "")]
    public async Task They_are_filtered_and_sorted(string query, string numbers) => Assert.Equal(numbers, await Numbers(_office, query));

    [Theory]
    [InlineData("limit=2", "1 2 3 4 5")]
    [InlineData("limit=1&sort=-name", "4 5 2 3 1")]
    [InlineData("limit=1&flow=RENO&sort=-registeredOn", "2 5")]
    public async Task Going_on_by_cursor_sees_each_project_once(string query, string numbers)
    {
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await (await _office.Get($"{Path}?{query}{(cursor is null ? "" : $"&cursor={cursor}")}")).Body(200);
            Assert.Equal(numbers.Split(' ').Length, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("code").GetString()![^1..]));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null && seen.Count < 20);

        Assert.Equal(numbers, string.Join(' ', seen));
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var cursor = (await (await _office.Get($"{Path}?limit=1&sort=name")).Body(200)).GetProperty("nextCursor").GetString();
        await (await _office.Get($"{Path}?limit=1&cursor={cursor}")).Problem(400, "bad-cursor");
        await (await _office.Get($"{Path}?limit=1&sort=name&flow=RENO&cursor={cursor}")).Problem(400, "bad-cursor");
    }

    [Theory]
    [InlineData("sort=manager", "bad-sort", "sort")]
    [InlineData("sort=name,name", "bad-sort", "sort")]
    [InlineData("state=Active", "bad-parameter", "state")]
    [InlineData("limit=201", "bad-parameter", "limit")]
    [InlineData("colour=red", "unknown-parameter", "colour")]
    [InlineData("light=pink", "bad-parameter", "light")]
    public async Task What_a_list_cannot_do_is_told(string query, string code, string name) =>
        Assert.Equal([name], (await (await _office.Get($"{Path}?{query}")).Problem(400, code)).ErrorsAt());

    [Fact]
    public async Task An_owner_sees_its_own_alone()
    {
        Assert.Equal("1 2 3 5", await Numbers(api.As(Role.Owner, creditCode: Registration.Owner), ""));
        Assert.Equal("4", await Numbers(api.As(Role.Owner, creditCode: Registration.OtherOwner), ""));
        Assert.Equal("", await Numbers(api.As(Role.Owner, creditCode: Registration.OtherOwner), "?flow=RENO"));
    }

    private static async Task<string> Numbers(HttpClient client, string query)
    {
        var page = await (await client.Get($"{Path}{query}")).Body(200);
        var numbers = page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("code").GetString()![^1..]).ToArray();
        Assert.Equal(numbers.Length, page.GetProperty("total").GetInt32());
        return string.Join(' ', numbers);
    }

    /// <summary>Five projects: two renovations, one of another district, one of another owner, and an alias, which is no project.</summary>
    public sealed class Listed : ApiFixture, IAsyncLifetime
    {
        public async ValueTask InitializeAsync()
        {
            (string, JsonNode?)[][] projects =
            [
                [("name", "A")],
                [("name", "C"), ("flow", "RENO")],
                [("name", "B 三"), ("district", "511303")],
                [("name", "E"), ("ownerName", "别家"), ("ownerCreditCode", Registration.OtherOwner)],
                [("name", "D"), ("flow", "RENO"), ("occurredOn", "2026-03-02")],
            ];
            foreach (var (index, changes) in projects.Index()) await this.Registered(index + 1, changes);
            await As(Role.Office).Patch($"{Path}/{Registration.Code(1)}", """{ "aliases": ["2603-511302-04-01-123459"] }""");
            await Eventually.Holds(async () => (await (await As(Role.Office).Get(Path)).Body(200)).GetProperty("total").GetInt32() == 5);
        }
    }
}
