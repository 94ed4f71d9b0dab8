using System.Globalization;
using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Worklists;

public sealed class DepartmentWorklistTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Department = "511300-FGW";
    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _department = api.As(Role.Department, "chen", Department);

    [Fact]
    public async Task What_is_due_first_comes_first_with_the_days_left_and_for_whom()
    {
        var first = await Registered("2026-511302-47-01-710001");
        var second = await Registered("2026-511302-47-01-710002");
        await _office.Done($"{second}/approvals/A01/submission", new { materials = Array.Empty<object>() });
        api.Clock.Advance(TimeSpan.FromDays(1));
        var between = api.Clock.GetUtcNow();
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await _office.Done($"{first}/approvals/A01/submission", new { materials = Array.Empty<object>() });
        await Eventually.Holds(async () => (await Duties("71000")).Length == 2);

        var duties = await Duties("71000");
        Assert.Equal(["2026-511302-47-01-710002", "2026-511302-47-01-710001"], duties.Select(d => d.GetProperty("project").GetString()));
        Assert.Equal(["accept", "accept"], duties.Select(d => d.GetProperty("what").GetString()));
        Assert.Equal([4, 5], duties.Select(d => d.GetProperty("daysLeft").GetInt32())); // the one came in yesterday: its fifth working day is four away
        Assert.Equal("建设单位", duties[0].GetProperty("ownerName").GetString());

        await _department.Done($"{second}/approvals/A01/acceptance", new { });
        var listed = await _department.Read($"/api/v1/departments/{Department}/worklist?since={Uri.EscapeDataString(between.ToString("O"))}");
        Assert.Equal("decide", Duty(listed, "2026-511302-47-01-710002").GetProperty("what").GetString());
        Assert.Equal(
            [("2026-511302-47-01-710001", "submission"), ("2026-511302-47-01-710002", "acceptance")],
            listed.GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("project").GetString(), c.GetProperty("type").GetString())));
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended()
    {
        for (var i = 0; i < 3; i++)
        {
            var project = await Registered($"2026-511302-47-01-71001{i}");
            await _office.Done($"{project}/approvals/A01/submission", new { materials = Array.Empty<object>() });
        }

        await Eventually.Holds(async () => (await Duties("71001")).Length == 3);
        var (seen, path) = (new List<string?>(), $"/api/v1/departments/{Department}/worklist?limit=1");
        for (var next = path; next is not null;)
        {
            var page = await _department.Read(next);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("project").GetString()));
            next = page.GetProperty("nextCursor").GetString() is { } cursor ? $"{path}&cursor={cursor}" : null;
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal((await Duties("")).Length, seen.Count);
    }

    [Fact]
    public async Task A_follow_up_has_the_light_that_its_coordination_shows()
    {
        var project = await Registered("2026-511302-47-01-710021");
        var due = api.Clock.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var held = await _office.Done($"{project}/coordination", new { kind = "onSite", conclusions = "c", departments = (string[])[Department], followUps = new[] { new { action = "a", department = Department, dueOn = due } } });
        await Eventually.Holds(async () => (await Duties("710021")).Any(d => d.GetProperty("what").GetString() == "followUp"));

        var duty = (await Duties("710021")).Single(d => d.GetProperty("what").GetString() == "followUp");
        Assert.Equal(("yellow", "yellow"), (held.GetProperty("followUps")[0].GetProperty("light").GetString(), duty.GetProperty("light").GetString()));
    }

    [Fact]
    public async Task The_step_that_ended_its_last_open_item_is_told()
    {
        var project = await Registered("2026-511302-47-01-710031");
        await _office.Done($"{project}/approvals/A01/submission", new { materials = Array.Empty<object>() });
        await Eventually.Holds(async () => (await Duties("710031")).Length == 1);
        var between = api.Clock.GetUtcNow();
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await _office.Done($"{project}/approvals/A01/withdrawal", new { reason = "改期" });
        await Eventually.Holds(async () => (await _office.Read($"/api/v1/projects?q=710031&department={Department}")).GetProperty("total").GetInt32() == 0);

        var listed = await _department.Read($"/api/v1/departments/{Department}/worklist?since={Uri.EscapeDataString(between.ToString("O"))}");
        Assert.Contains(
            ("2026-511302-47-01-710031", "withdrawal"),
            listed.GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("project").GetString(), c.GetProperty("type").GetString())));
    }

    [Fact]
    public async Task Another_departments_worklist_is_none()
    {
        var (status, body) = await api.As(Role.Department, "li", "511300-ZJJ").Sent(HttpMethod.Get, $"/api/v1/departments/{Department}/worklist");
        Assert.Equal((404, "department-not-found"), (status, body.GetProperty("code").GetString()));
    }

    private Task<string> Registered(string code) =>
        _office.Registered(code, new { flow = "GOV_HOUSE", conditions = new { A01 = true, Z01 = false, A06 = true, A10 = false, A12 = false, A16 = false, A17 = false, LAND_ALLOCATED = true, LAND_GRANTED = false } });

    private async Task<JsonElement[]> Duties(string serial) =>
        [.. (await _department.Read($"/api/v1/departments/{Department}/worklist?limit=200")).GetProperty("items").EnumerateArray().Where(d => d.GetProperty("project").GetString()!.Contains(serial, StringComparison.Ordinal))];

    private static JsonElement Duty(JsonElement worklist, string project) => worklist.GetProperty("items").EnumerateArray().First(d => d.GetProperty("project").GetString() == project);
}
