using System.Globalization;
using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Forecasts;

/// <summary>The forecast over HTTP. Monday 2 March 2026; construction takes 100 natural days.</summary>
public sealed class ForecastApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_forecast_has_the_promised_shape()
    {
        var forecast = await _office.Read($"{await Project(1)}/forecast");
        Assert.Equal(["asOf", "finish", "workingDays", "promised", "promisedSlackDays", "criticalPath", "provisional", "items", "levers", "medians"], Names(forecast));
        Assert.Equal(["code", "earliestStart", "earliestFinish", "latestFinish", "slackDays", "critical"], Names(forecast.GetProperty("items")[0]));
        Assert.Equal(["item", "gainDays"], Names(forecast.GetProperty("levers")[0]));

        // The permit on Tuesday 10 March, built until Thursday 18 June; the Friday after is a holiday.
        Assert.Equal("""["A04","B03","C04","C08","D01","D03","D10"]""", forecast.GetProperty("criticalPath").GetRawText());
        Assert.Equal(("2026-03-02", "2026-07-06", 86, false), (Text(forecast, "asOf"), Text(forecast, "finish"), Number(forecast, "workingDays"), forecast.GetProperty("provisional").GetBoolean()));
        var d01 = forecast.GetProperty("items").EnumerateArray().First(i => Text(i, "code") == "D01");
        Assert.Equal("""{"code":"D01","earliestStart":"2026-06-18","earliestFinish":"2026-06-30","latestFinish":"2026-06-30","slackDays":0,"critical":true}""", d01.GetRawText());
        Assert.Equal("""{"item":"D01","gainDays":7}""", forecast.GetProperty("levers")[0].GetRawText());

        // Fifteen days in all, nine of them needed: construction is none of the departments'.
        Assert.Equal(("2026-03-23", 6), (Text(forecast, "promised"), Number(forecast, "promisedSlackDays")));
    }

    [Fact]
    public async Task The_window_and_the_owner_are_supposed_to_take_the_days_that_the_asker_says()
    {
        var project = await Project(2);
        var slow = await _office.Read($"{project}/forecast?window=2&ownerLag=1");
        var b03 = slow.GetProperty("items").EnumerateArray().First(i => Text(i, "code") == "B03");
        Assert.Equal(("2026-03-09", "2026-03-13"), (Text(b03, "earliestStart"), Text(b03, "earliestFinish")));
        Assert.Equal(6, Number(slow, "promisedSlackDays"));
        foreach (var wrong in (string[])["window=251", "ownerLag=251", "window=-1", "window=x", "window="])
            Assert.Equal((400, "bad-parameter"), await Problem(HttpMethod.Get, $"{project}/forecast?{wrong}"));
        Assert.Equal((400, "bad-parameter"), await Problem(HttpMethod.Post, $"{project}/forecast?ownerLag=251", Asked()));
        Assert.Equal((400, "unknown-parameter"), await Problem(HttpMethod.Get, $"{project}/forecast?lag=1"));
    }

    [Fact]
    public async Task It_is_forecast_from_a_day_that_is_past_and_from_what_was_known_by_then()
    {
        var project = await Project(3, new { occurredOn = "2026-02-02", lateReason = "补录", plannedConstructionDays = 100 });
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>(), occurredOn = "2026-02-03", lateReason = "补录" });
        await _office.Done($"{project}/approvals/A04/acceptance", new { occurredOn = "2026-02-04", lateReason = "补录", onBehalfOf = "511300-FGW" });
        await _office.Done($"{project}/approvals/A04/decision", new { outcome = "approved", documentNumber = "文〔2026〕1号", occurredOn = "2026-02-05", lateReason = "补录", onBehalfOf = "511300-FGW" });
        Assert.Equal("B03", First(await _office.Read($"{project}/forecast")));

        var past = await _office.Read($"{project}/forecast?asOf=2026-02-03&calendarVersion=1");
        Assert.Equal(("2026-02-03", "A04"), (Text(past, "asOf"), First(past)));
        var registered = (await _office.Read($"{project}/history")).GetProperty("items")[0].GetProperty("recordedAt").GetString()!;
        Assert.Equal("A04", First(await _office.Read($"{project}/forecast?recordedBy={Uri.EscapeDataString(registered)}")));

        Assert.Equal((422, "past-only"), await Problem(HttpMethod.Get, $"{project}/forecast?asOf=2026-03-03"));
        Assert.Equal((422, "past-only"), await Problem(HttpMethod.Post, $"{project}/forecast?asOf=2026-03-03", Asked()));
        Assert.Equal((422, "unknown-calendar-version"), await Problem(HttpMethod.Get, $"{project}/forecast?calendarVersion=99"));
        object[] decided = [new { name = "s", decisions = new[] { new { item = "B03", by = "2026-02-27" } } }];
        Assert.Equal((422, "decision-before-forecast"), await Problem(HttpMethod.Post, $"{project}/forecast", new { scenarios = decided }));
        await _office.Done($"{project}/forecast?asOf=2026-02-03", new { scenarios = decided });
    }

    [Fact]
    public async Task What_if_answers_the_forecast_as_it_is_and_under_each_scenario()
    {
        var project = await Project(4);
        var answer = await _office.Done($"{project}/forecast", new
        {
            scenarios = new object[]
            {
                new { name = "不办B03", strike = (string[])["B03"] },
                new
                {
                    name = "提速",
                    durations = new Dictionary<string, int> { ["D01"] = 2 },
                    tolerant = (string[][])[["A04", "B03"]],
                    decisions = new[] { new { item = "C08", by = "2026-03-06" } },
                },
            },
        });
        Assert.Equal(["forecast", "scenarios"], Names(answer));
        Assert.Equal((await _office.Read($"{project}/forecast")).GetRawText(), answer.GetProperty("forecast").GetRawText());
        var (struck, fast) = (answer.GetProperty("scenarios")[0], answer.GetProperty("scenarios")[1]);
        Assert.Equal(["name", "gainDays", "promisedGainDays", "forecast"], Names(struck));

        // The permit on Friday 6 March, built until Sunday 14 June, so Monday the 15th.
        Assert.Equal(("不办B03", "2026-07-01", 3, 2), (Text(struck, "name"), Text(struck.GetProperty("forecast"), "finish"), Number(struck, "gainDays"), Number(struck, "promisedGainDays")));
        Assert.Equal(("提速", "2026-06-24", 8), (Text(fast, "name"), Text(fast.GetProperty("forecast"), "finish"), Number(fast, "gainDays")));
        Assert.DoesNotContain("B03", struck.GetProperty("forecast").GetProperty("items").EnumerateArray().Select(i => Text(i, "code")));
    }

    [Fact]
    public async Task Asking_stores_nothing_whatever_key_it_comes_under()
    {
        var project = await Project(5);
        using var keyed = api.As(Role.Office);
        keyed.DefaultRequestHeaders.Add("Idempotency-Key", "what-if");
        await keyed.Done($"{project}/forecast", new { scenarios = new object[] { new { name = "s", strike = (string[])["B03"] } } });
        await keyed.Done($"{project}/forecast", Asked());
        Assert.Equal(1, Number(await _office.Read($"{project}/history"), "total"));

        using var first = await _office.GetAsync(new Uri($"{project}/forecast", UriKind.Relative), Requests.Cancel);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{project}/forecast") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var same = await _office.SendAsync(again, Requests.Cancel);
        Assert.Equal(304, (int)same.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_and_the_member_named()
    {
        var project = await Project(6);
        await Refused(422, "unknown-item", "/scenarios/1/strike/0", new { name = "a" }, new { name = "b", strike = (string[])["X9"] });
        await Refused(422, "unknown-item", "/scenarios/0/durations/X9", new { name = "a", durations = new Dictionary<string, int> { ["X9"] = 1 } });
        await Refused(422, "unknown-item", "/scenarios/0/decisions/0/item", new { name = "a", decisions = new[] { new { item = "X9", by = "2026-03-10" } } });
        await Refused(422, "unknown-item", "/scenarios/0/tolerant/0/1", new { name = "a", tolerant = (string[][])[["A04", "X9"]] });
        await Refused(422, "not-a-prerequisite", "/scenarios/0/tolerant/0", new { name = "a", tolerant = (string[][])[["C08", "A04"]] });
        await Refused(422, "duration-out-of-range", "/scenarios/0/durations/D01", new { name = "a", durations = new Dictionary<string, int> { ["D01"] = -1 } });
        await Refused(422, "decision-before-forecast", "/scenarios/0/decisions/0/by", new { name = "a", decisions = new[] { new { item = "C08", by = "2026-03-01" } } });
        await Refused(400, "unknown-member", "/scenarios/0/strikes", new { name = "a", strikes = (string[])["B03"] });
        await Refused(400, "missing-member", "/scenarios/0/name", new { strike = (string[])["B03"] });
        await Refused(400, "missing-member", "/scenarios/0/decisions/0/by", new { name = "a", decisions = new[] { new { item = "C08" } } });
        await Refused(400, "wrong-type", "/scenarios/0/tolerant/0", new { name = "a", tolerant = (string[][])[["A04"]] });
        Assert.Equal((400, "missing-member"), await Problem(HttpMethod.Post, $"{project}/forecast", new { }));
        Assert.Equal((422, "too-many-scenarios"), await Problem(HttpMethod.Post, $"{project}/forecast", Asked(21)));
        await _office.Done($"{project}/forecast", Asked(20));

        async Task Refused(int status, string code, string at, params object[] scenarios)
        {
            var (answered, body) = await _office.Sent(HttpMethod.Post, $"{project}/forecast", new { scenarios });
            Assert.Equal((status, code), (answered, Text(body, "code")));
            Assert.Equal([at], Names(body.GetProperty("errors")));
        }
    }

    [Fact]
    public async Task Whoever_may_not_read_the_project_finds_no_forecast()
    {
        var project = await Project(7);
        using var owner = api.As(Role.Owner, creditCode: ProjectHttp.Owner);
        using var other = api.As(Role.Owner, creditCode: "91510000000000000X");
        Assert.Equal(200, (await owner.Sent(HttpMethod.Get, $"{project}/forecast")).Status);
        Assert.Equal(200, (await owner.Sent(HttpMethod.Post, $"{project}/forecast", Asked())).Status);
        Assert.Equal((404, "project-not-found"), await Problem(HttpMethod.Get, $"{project}/forecast", by: other));
        Assert.Equal((404, "project-not-found"), await Problem(HttpMethod.Post, $"{project}/forecast", Asked(), other));
        Assert.Equal((404, "project-not-found"), await Problem(HttpMethod.Get, "/api/v1/projects/2026-511302-47-01-299999/forecast"));
    }

    private Task<string> Project(int number, object? more = null) =>
        _office.Registered(string.Create(CultureInfo.InvariantCulture, $"2026-511302-47-01-{200000 + number}"), more ?? new { plannedConstructionDays = 100 });

    private async Task<(int Status, string? Code)> Problem(HttpMethod method, string path, object? body = null, HttpClient? by = null)
    {
        var (status, problem) = await (by ?? _office).Sent(method, path, body);
        return (status, Text(problem, "code"));
    }

    private static object Asked(int scenarios = 1) => new { scenarios = Enumerable.Range(0, scenarios).Select(i => new { name = $"{i}" }) };

    private static string? First(JsonElement forecast) => Text(forecast.GetProperty("items")[0], "code");

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static int Number(JsonElement element, string member) => element.GetProperty(member).GetInt32();
}
