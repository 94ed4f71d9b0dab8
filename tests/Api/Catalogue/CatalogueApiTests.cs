using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Catalogue;

public sealed class CatalogueApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/catalogue";

    private readonly HttpClient _manager = api.As(Role.Manager);

    [Theory]
    [InlineData("items", 82)]
    [InlineData("items?stage=S2", 10)]
    [InlineData("items?stage=S9", 0)]
    [InlineData("procedures", 13)]
    [InlineData("conditions", 57)]
    public async Task What_flows_are_made_of_is_listed(string path, int total)
    {
        var page = await (await _manager.Get($"{Path}/{path}")).Body(200);
        Assert.Equal((total, Math.Min(total, 50)), (page.GetProperty("total").GetInt32(), page.GetProperty("items").GetArrayLength()));
        Assert.Equal(total > 50, page.GetProperty("nextCursor").GetString() is not null);
    }

    [Fact]
    public async Task An_item_has_its_limit_its_law_and_its_place_among_the_others()
    {
        var item = await (await _manager.Get($"{Path}/items/C08")).Body(200);
        Assert.Equal("建筑工程施工许可证核发", item.GetProperty("name").GetString());
        Assert.Equal(["B03", "B04", "C01", "C03", "C04"], item.GetProperty("after").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(("workingDays", true), (item.GetProperty("limitUnit").GetString(), item.GetProperty("milestone").GetBoolean()));
        Assert.All(item.GetProperty("materials").EnumerateArray(), m => Assert.Equal(["name", "essential"], m.EnumerateObject().Select(p => p.Name)));
    }

    [Fact]
    public async Task A_procedure_says_how_long_it_may_take()
    {
        var hearing = (await (await _manager.Get($"{Path}/procedures?limit=1")).Body(200)).GetProperty("items")[0];
        Assert.Equal(("TZ", "听证", 20), (hearing.GetProperty("code").GetString(), hearing.GetProperty("name").GetString(), hearing.GetProperty("maxDays").GetInt32()));
    }

    [Theory]
    [InlineData("items/X99", "catalogue-item-not-found")]
    [InlineData("items/c08", "catalogue-item-not-found")]
    [InlineData("flows/NONE", "flow-not-found")]
    [InlineData("flows/GOV_HOUSE?version=99", "flow-not-found")]
    [InlineData("flows/GOV_HOUSE?version=0", "flow-not-found")]
    public async Task What_there_is_not_is_not_found(string path, string code) => await (await _manager.Get($"{Path}/{path}")).Problem(404, code);

    [Fact]
    public async Task Nobody_sees_it_without_saying_who() => await (await api.CreateClient().Get($"{Path}/items")).Problem(401, "unauthenticated");
}
