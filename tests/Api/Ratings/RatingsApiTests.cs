using Agency.People;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Ratings;

public sealed class RatingsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_bad_rating_of_a_decided_item_has_its_case()
    {
        var project = await _office.Registered("2026-511302-47-01-330001");
        var owner = api.As(Role.Owner, creditCode: ProjectHttp.Owner);
        var bad = new { subject = "approval", item = "A04", rating = "dissatisfied", comment = "多次补正" };
        Assert.Equal("service-not-finished", await owner.Refused($"{project}/ratings", bad));
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/approvals/A04/acceptance", new { onBehalfOf = "511300-FGW" });
        await _office.Done($"{project}/approvals/A04/decision", new { outcome = "approved", onBehalfOf = "511300-FGW" });
        var rated = await owner.Done($"{project}/ratings", bad);
        Assert.Equal(("R1", "511300-FGW", "2026-03-23", "green"), (
            rated.GetProperty("id").GetString(), rated.GetProperty("department").GetString(), rated.GetProperty("case").GetProperty("dueOn").GetString(), rated.GetProperty("case").GetProperty("light").GetString()));
        Assert.Equal("rated-already", await owner.Refused($"{project}/ratings", bad));
        Assert.Equal("service-not-finished", await owner.Refused($"{project}/ratings", new { subject = "agency", rating = "satisfied" }));

        var said = new { text = "已联系" };
        Assert.Equal("rating-case-unanswered", await _office.Refused($"{project}/ratings/R1/case/closure", said));
        await _office.Done($"{project}/ratings/R1/case/call-back", said);
        await _office.Done($"{project}/ratings/R1/case/reply", said);
        Assert.Equal("rating-not-found", await api.As(Role.Department, department: "511300-ZJJ").Refused($"{project}/ratings/R1/case/appeal", said));
        await api.As(Role.Department, department: "511300-FGW").Done($"{project}/ratings/R1/case/appeal", said);
        var closed = await _office.Done($"{project}/ratings/R1/case/closure", said);
        Assert.Equal(("grey", "2026-03-02"), (closed.GetProperty("case").GetProperty("light").GetString(), closed.GetProperty("case").GetProperty("closedOn").GetString()));
        Assert.Equal(["callBack", "reply", "appeal", "closure"], (await owner.Read($"{project}/ratings/R1")).GetProperty("case").GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step").GetString()!));
        Assert.Equal(1, (await owner.Read($"{project}/ratings")).GetProperty("total").GetInt32());
    }
}
