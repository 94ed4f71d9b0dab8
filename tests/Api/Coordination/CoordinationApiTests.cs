using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Coordination;

public sealed class CoordinationApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task Coaching_is_asked_for_held_and_followed_up()
    {
        var project = await _office.Registered("2026-511302-47-01-320001");
        var owner = api.As(Role.Owner, creditCode: ProjectHttp.Owner);
        Assert.Equal("coordination-not-owners", await owner.Refused($"{project}/coordination", new { kind = "onSite" }));
        Assert.Equal("invalid-coordination", await owner.Refused($"{project}/coordination", new { kind = "coaching", conclusions = "c" }));
        var request = await owner.Done($"{project}/coordination", new { kind = "coaching", day = "2026-03-06", topic = "施工许可阶段怎么报" });
        Assert.Equal(("C1", "requested"), (request.GetProperty("id").GetString(), request.GetProperty("state").GetString()));

        Assert.Equal("invalid-coordination", await _office.Refused($"{project}/coordination", new { kind = "coaching", request = "C1" }));
        var held = await _office.Done($"{project}/coordination", new
        {
            kind = "coaching",
            request = "C1",
            place = "政务服务中心",
            departments = (string[])["511300-ZJJ", "511300-ZRZY"],
            conclusions = "分两批申报",
            followUps = new[] { new { action = "出具一次性告知", department = "511300-ZJJ", dueOn = "2026-03-04" } },
        });
        Assert.Equal(("C1", "held", "2026-03-02", "yellow"), (held.GetProperty("id").GetString(), held.GetProperty("state").GetString(), held.GetProperty("day").GetString(), held.GetProperty("followUps")[0].GetProperty("light").GetString()));
        var completion = new { evidence = new[] { new { name = "告知单" } } };
        Assert.Equal("follow-up-not-found", await api.As(Role.Department, department: "511300-ZRZY").Refused($"{project}/coordination/C1/follow-ups/1/completion", completion));
        await api.As(Role.Department, department: "511300-ZJJ").Done($"{project}/coordination/C1/follow-ups/1/completion", completion);
        var listed = (await owner.Read($"{project}/coordination")).GetProperty("items");
        Assert.Equal(("施工许可阶段怎么报", "分两批申报"), (listed[0].GetProperty("topic").GetString(), listed[0].GetProperty("conclusions").GetString()));
        Assert.Equal("2026-03-02", (await owner.Read($"{project}/coordination/C1")).GetProperty("followUps")[0].GetProperty("completedOn").GetString());
    }

    [Fact]
    public async Task What_a_request_or_a_report_cannot_be_is_named_at_its_place()
    {
        var path = $"{await _office.Registered("2026-511302-47-01-320002")}/coordination";
        var owner = api.As(Role.Owner, creditCode: ProjectHttp.Owner);
        Assert.Equal(
            ["/place", "/conclusions", "/followUps", "/request"],
            (await (await owner.Post(path, """{ "kind": "coaching", "place": "p", "conclusions": "c", "followUps": [], "request": "C1" }""")).Problem(422, "invalid-coordination")).ErrorsAt());
        Assert.Equal(["/conclusions"], (await (await _office.Post(path, """{ "kind": "adHoc" }""")).Problem(422, "invalid-coordination")).ErrorsAt());
        var followUps = string.Join(", ", Enumerable.Repeat("""{ "action": "a", "dueOn": "2026-03-04" }""", 51));
        Assert.Equal(["/followUps"], (await (await _office.Post(path, $$"""{ "kind": "adHoc", "conclusions": "c", "followUps": [{{followUps}}] }""")).Problem(422, "invalid-entry")).ErrorsAt());
    }
}
