using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Agency.Tests.Api.Http;

public sealed class ListTests(ConventionsHost host) : IClassFixture<ConventionsHost>
{
    private const string Path = "/api/v1/things";

    [Theory]
    [InlineData("limit=2", new[] { 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("limit=7", new[] { 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("limit=3&sort=-number,name", new[] { 7, 6, 5, 4, 3, 2, 1 })]
    public async Task Going_on_by_cursor_sees_each_item_once_and_in_order(string query, int[] all)
    {
        var (seen, cursor) = (new List<int>(), (string?)null);
        do
        {
            var page = await (await host.Office.Get($"{Path}?{query}{(cursor is null ? "" : $"&cursor={cursor}")}")).Body();
            Assert.Equal(7, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetInt32()));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null && seen.Count < 20);

        Assert.Equal(all, seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=many")]
    public async Task A_limit_is_from_1_to_200(string query)
    {
        var problem = await (await host.Office.Get($"{Path}?{query}")).Problem(400, "bad-parameter");
        Assert.Equal(["limit"], problem.ErrorsAt());
    }

    [Theory]
    [InlineData("size")]
    [InlineData("Number")]
    [InlineData("--number")]
    [InlineData("number,")]
    [InlineData("number,-number")]
    [InlineData("")]
    public async Task Another_sort_is_answered_with_the_possible_ones(string sort)
    {
        var problem = await (await host.Office.Get($"{Path}?sort={sort}")).Problem(400, "bad-sort");
        Assert.Contains("number, name", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cursor=%21%21")]
    [InlineData("cursor=abc")]
    [InlineData("cursor=")]
    [InlineData("cursor=bnVsbA")]
    [InlineData("sort=-number&cursor={0}")]
    [InlineData("q=x&cursor={0}")]
    public async Task A_garbled_or_foreign_cursor_is_refused(string query)
    {
        var own = (await (await host.Office.Get($"{Path}?limit=2")).Body()).GetProperty("nextCursor").GetString();
        await (await host.Office.Get($"{Path}?{query.Replace("{0}", own, StringComparison.Ordinal)}")).Problem(400, "bad-cursor");
    }

    [Fact]
    public async Task A_cursor_of_the_list_with_a_key_of_another_kind_is_refused()
    {
        var own = (await (await host.Office.Get($"{Path}?limit=2")).Body()).GetProperty("nextCursor").GetString();
        var scope = JsonDocument.Parse(Base64Url.DecodeFromChars(own)).RootElement.GetProperty("Of").GetString();
        foreach (var key in (string[])["null", "\"x\"", "{}", "{\"Number\":\"1\"}", "{\"Number\":1,\"More\":2}"])
        {
            var forged = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"Of":"{{scope}}","Key":{{key}}}"""));
            await (await host.Office.Get($"{Path}?cursor={forged}")).Problem(400, "bad-cursor");
        }
    }
}
