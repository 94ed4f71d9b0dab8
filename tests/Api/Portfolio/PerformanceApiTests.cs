using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Portfolio;

/// <summary>What departments took, over HTTP; by it the forecast, and what a new calendar moves. Monday 2 March 2026.</summary>
public sealed class PerformanceApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Department = "511300-FGW";
    private const string Performance = $"/api/v1/departments/{Department}/performance";

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_department_is_measured_and_forecast_by_what_it_took()
    {
        // Accepted on Wednesday the 4th of February, decided after 1, 1, 2, 2 and 3 working days; the limit is 1.
        var number = 710_000;
        foreach (var day in (string[])["2026-02-05", "2026-02-05", "2026-02-06", "2026-02-06", "2026-02-09"]) await Decided(number++, day);
        await Eventually.Holds(async () => Total(await _office.Read($"{Performance}?from=2026-02-05&to=2026-02-09")).GetProperty("decided").GetInt32() == 5);

        var view = await _office.Read($"{Performance}?from=2026-02-05&to=2026-02-09");
        Assert.Equal(
            """{"rounds":5,"accepted":5,"decided":5,"onTimeRate":0.4,"statutoryBreaches":0,"unit":"workingDays","usedDays":{"median":2,"p90":3},"usedShare":{"median":2,"p90":3},"supplementShare":0,"denialShare":0,"suspensionShare":0,"backFilledShare":1}""",
            Total(view).GetRawText());
        Assert.Equal(("A04", Total(view).GetRawText()), (Assert.Single(view.GetProperty("items").EnumerateArray()).GetProperty("item").GetString(), view.GetProperty("items")[0].GetProperty("figures").GetRawText()));
        Assert.Equal(2, Total(await _office.Read($"{Performance}?to=2026-02-05")).GetProperty("rounds").GetInt32());
        Assert.Equal("2025-03-03", (await _office.Read(Performance)).GetProperty("from").GetString());
        Assert.Equal(JsonValueKind.Null, Total(await _office.Read($"{Performance}?from=2026-02-10")).GetProperty("onTimeRate").ValueKind);

        var project = await _office.Registered("2026-511302-47-01-710009");
        Assert.Equal("""[{"code":"A04","days":2,"rounds":5}]""", (await _office.Read($"{project}/forecast?pace=medians")).GetProperty("medians").GetRawText());
        Assert.Equal("[]", (await _office.Read($"{project}/forecast?pace=limits")).GetProperty("medians").GetRawText());
        Assert.Equal(
            (await _office.Read($"{project}/forecast")).GetProperty("promisedSlackDays").GetInt32() - 1,
            (await _office.Read($"{project}/forecast?pace=medians")).GetProperty("promisedSlackDays").GetInt32());
        foreach (var day in (string[])["0001-01-01", "0002-12-31", "0003-01-01"]) Assert.Empty((await _office.Read($"{project}/forecast?pace=medians&asOf={day}")).GetProperty("medians").EnumerateArray());
        var whatIf = await _office.Done($"{project}/forecast?pace=medians", new { scenarios = new[] { new { name = "s", durations = new Dictionary<string, int> { ["A04"] = 1 } } } });
        Assert.Equal(1, whatIf.GetProperty("scenarios")[0].GetProperty("promisedGainDays").GetInt32());
        Assert.Empty(whatIf.GetProperty("scenarios")[0].GetProperty("forecast").GetProperty("medians").EnumerateArray());
    }

    [Fact]
    public async Task A_department_sees_its_own_and_an_owner_none()
    {
        await (await api.As(Role.Department, department: Department).Get(Performance)).Body(200);
        await (await api.As(Role.Department, department: "511300-ZJJ").Get(Performance)).Problem(404, "department-not-found");
        await (await _office.Get("/api/v1/departments/511300-XXX/performance")).Problem(404, "department-not-found");
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Get(Performance)).Problem(403, "role-not-allowed");
        await (await _office.Get($"{Performance}?from=2026-02-30")).Problem(400, "bad-parameter");
        await (await _office.Get($"{Performance}?from=9999-12-31&to=0001-01-01")).Body(200);
        await (await _office.Get($"{Performance}?to=0001-01-01")).Body(200);
    }

    [Fact]
    public async Task A_new_calendar_moves_deadlines_and_they_are_told()
    {
        const string Impact = "/api/v1/calendar/impact";
        var (first, second) = (await Running(710_020), await Running(710_021));
        var admin = api.As(Role.Administrator);
        var year = await admin.Read("/api/v1/calendar/2026");
        await (await admin.Put("/api/v1/calendar/2026", JsonSerializer.Serialize(new { off = year.GetProperty("off").EnumerateArray().Select(d => d.GetString()).Append("2026-03-03"), work = year.GetProperty("work") }))).Body(200);

        await Eventually.Holds(async () => (await _office.Read($"{Impact}?from=1")).GetProperty("total").GetInt32() == 6);
        var page = await _office.Read($"{Impact}?from=1&limit=1");
        Assert.Equal($$"""{"project":"{{first}}","name":"测试项目","scope":"item","code":"A04","department":"511300-FGW","dueFrom":"2026-03-03","dueTo":"2026-03-04"}""", page.GetProperty("items")[0].GetRawText());
        var seen = new List<string>();
        for (; ; page = await _office.Read($"{Impact}?from=1&limit=1&cursor={page.GetProperty("nextCursor").GetString()}"))
        {
            seen.Add(string.Join(' ', ((string[])["project", "scope", "code"]).Select(name => page.GetProperty("items")[0].GetProperty(name).GetString())));
            if (page.GetProperty("nextCursor").ValueKind == JsonValueKind.Null) break;
        }

        Assert.Equal([$"{first} item A04", $"{first} stage S1", $"{first} total ", $"{second} item A04", $"{second} stage S1", $"{second} total "], seen);
        Assert.Equal(2, (await api.As(Role.Department, department: Department).Read($"{Impact}?from=1")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await admin.Read($"{Impact}?from=1&to=1")).GetProperty("total").GetInt32());
        Assert.Equal("2026-03-04", (await admin.Read($"{Impact}?from=2&to=1")).GetProperty("items")[0].GetProperty("dueFrom").GetString());
        Assert.Equal(["from"], (await (await admin.Get($"{Impact}?from=9")).Problem(422, "unknown-calendar-version")).ErrorsAt());
        Assert.Equal(["to"], (await (await admin.Get($"{Impact}?from=1&to=0")).Problem(422, "unknown-calendar-version")).ErrorsAt());
        await (await admin.Get(Impact)).Problem(400, "missing-parameter");
        await (await admin.Get($"{Impact}?from=1&sort=name")).Problem(400, "bad-sort");
        await (await api.As(Role.Clerk).Get($"{Impact}?from=1")).Problem(403, "role-not-allowed");
    }

    private static JsonElement Total(JsonElement view) => view.GetProperty("total");

    private async Task Decided(int number, string day)
    {
        var project = await _office.Registered($"2026-511302-47-01-{number:000000}", new { occurredOn = "2026-02-02", lateReason = "补录" });
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>(), occurredOn = "2026-02-03", lateReason = "补录" });
        await _office.Done($"{project}/approvals/A04/acceptance", new { occurredOn = "2026-02-04", lateReason = "补录", onBehalfOf = Department });
        await _office.Done($"{project}/approvals/A04/decision", new { outcome = "approved", documentNumber = "文〔2026〕1号", occurredOn = day, lateReason = "补录", onBehalfOf = Department });
    }

    private async Task<string> Running(int number)
    {
        var code = $"2026-511302-47-01-{number:000000}";
        var project = await _office.Registered(code);
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/approvals/A04/acceptance", new { onBehalfOf = Department });
        return code;
    }
}
