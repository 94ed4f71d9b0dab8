using Agency.People;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Visits;

public sealed class VisitsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _manager = api.As(Role.Manager, "wang");

    [Fact]
    public async Task A_visit_is_recorded_and_the_next_one_planned()
    {
        var project = await _office.Registered("2026-511302-47-01-310001");
        await api.Managed(project, "wang");
        var plan = (await _office.Read($"{project}/visits")).GetProperty("plan");
        Assert.Equal(("2026-03-05", true), (plan.GetProperty("nextVisitDueOn").GetString(), plan.GetProperty("firstContact").GetBoolean()));
        var visit = await _manager.Done($"{project}/visits", new { place = "工地", findings = "场平完成", followUps = new[] { new { what = "催办临时用电", dueOn = "2026-03-10" } } });
        Assert.Equal(("V1", "wang", "催办临时用电"), (visit.GetProperty("id").GetString(), visit.GetProperty("visitedBy").GetString(), visit.GetProperty("followUps")[0].GetProperty("what").GetString()));
        var list = await _office.Read($"{project}/visits");
        Assert.Equal(("2026-03-09", false), (list.GetProperty("plan").GetProperty("nextVisitDueOn").GetString(), list.GetProperty("plan").GetProperty("overdue").GetBoolean()));
        Assert.Equal("场平完成", list.GetProperty("items")[0].GetProperty("findings").GetString());

        var done = await _manager.Done($"{project}/visits/V1/follow-ups/1/completion", new { evidence = new[] { new { name = "用电合同" } } });
        Assert.Equal("2026-03-02", done.GetProperty("followUps")[0].GetProperty("completedOn").GetString());
        Assert.Equal("follow-up-completed", await _manager.Refused($"{project}/visits/V1/follow-ups/1/completion", new { evidence = new[] { new { name = "用电合同" } } }));
        Assert.Equal("grey", (await _office.Read($"{project}/visits/V1")).GetProperty("followUps")[0].GetProperty("light").GetString());
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var project = await _office.Registered("2026-511302-47-01-310002");
        await api.Managed(project, "wang");
        Assert.Equal("future-day", await _manager.Refused($"{project}/visits", new { visitedOn = "2026-03-03", findings = "f" }));
        Assert.Equal("role-not-allowed", await api.As(Role.Clerk).Refused($"{project}/visits", new { findings = "f" }));
        Assert.Equal("invalid-entry", await _manager.Refused($"{project}/visits", new { findings = " " }));
        Assert.Equal("follow-up-not-found", await _manager.Refused($"{project}/visits/V1/follow-ups/1/completion", new { evidence = new[] { new { name = "e" } } }));
        Assert.Equal(404, (await _office.Sent(HttpMethod.Get, $"{project}/visits/V1")).Status);
        Assert.Equal(404, (await api.As(Role.Owner, creditCode: Registration.OtherOwner).Sent(HttpMethod.Get, $"{project}/visits")).Status);
    }
}
