using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api.Reviews;

public sealed class SeriesApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/review-series";

    // The clock stands at 2026-03-02.
    private const string Monthly = """{ "kind": "jointConference", "title": "联席会议", "rule": "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30", "place": "市政务中心" }""";

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_series_is_made_read_and_listed()
    {
        var made = await _office.Post(Path, Monthly);
        var series = await made.Body(201);
        var at = made.Headers.Location!.ToString();
        Assert.Equal($"{Path}/{Text(series, "id")}", at);
        Assert.Equal(("联席会议", "before", "2026-03-02", 20, true), (Text(series, "title"), Text(series, "shift"), Text(series, "from"), series.GetProperty("aheadWorkingDays").GetInt32(), series.GetProperty("active").GetBoolean()));
        Assert.Equal(["2026-03-27T01:30:00+00:00", "2026-04-24T01:30:00+00:00", "2026-05-29T01:30:00+00:00"], series.GetProperty("next").EnumerateArray().Select(n => Text(n, "startsAt")));
        var got = await api.As(Role.Supervisor).Get(at);
        Assert.Equal((1, series.GetRawText()), (got.Version(), (await got.Body(200)).GetRawText()));
        Assert.Contains(Text(series, "id"), (await (await api.As(Role.Leadership).Get(Path)).Body(200)).GetProperty("items").EnumerateArray().Select(s => Text(s, "id")));
        await (await _office.Get(Path + "/s0")).Problem(404, "series-not-found");
        await (await _office.Get(Path + "/a!b")).Problem(404, "series-not-found");
        await (await _office.Patch(Path + "/s0", "{}")).Problem(404, "series-not-found");
        await (await _office.Send(HttpMethod.Delete, Path + "/s0")).Problem(404, "series-not-found");
        await (await _office.Post(Path + "/s0/sessions", null)).Problem(404, "series-not-found");
    }

    [Fact]
    public async Task A_repeat_meets_the_same_series()
    {
        (string, string) key = ("Idempotency-Key", "once");
        var first = await (await _office.Post(Path, Monthly, key)).Body(201);
        var again = await _office.Post(Path, Monthly, key);
        Assert.Equal(first.GetRawText(), (await again.Body(201)).GetRawText());
        Assert.Contains("Idempotency-Replayed", again.Headers.Select(h => h.Key));
        await (await _office.Post(Path, Monthly.Replace("联席会议", "别的", StringComparison.Ordinal), key)).Problem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("""{ "kind": "onSite", "title": "", "rule": "x", "chair": "a b" }""", "/title /chair /rule")]
    [InlineData("""{ "kind": "onSite", "title": "现场办公", "rule": "FREQ=WEEKLY" }""", "/startTime")]
    [InlineData("""{ "kind": "onSite", "title": "现场办公", "rule": "0 0 9 31 2 ?" }""", "/rule")]
    public async Task What_cannot_be_is_named_at_its_place(string body, string at) =>
        Assert.Equal(at, string.Join(' ', (await (await _office.Post(Path, body)).Problem(422, "invalid-series")).ErrorsAt()));

    [Fact]
    public async Task Members_are_changed_at_the_version_that_the_client_knows()
    {
        var at = await Made(Monthly);
        var changed = await _office.Patch(at, """{ "startTime": "14:05", "rule": "FREQ=MONTHLY;BYDAY=-1FR", "place": null, "shift": "after", "title": "月度联席会议" }""", ("If-Match", "\"1\""));
        var series = await changed.Body(200);
        Assert.Equal(("14:05:00", null, "after", "月度联席会议", 2), (Text(series, "startTime"), Text(series, "place"), Text(series, "shift"), Text(series, "title"), changed.Version()));
        await (await _office.Patch(at, """{ "place": "二楼" }""", ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        Assert.Equal(["/title", "/rule"], (await (await _office.Patch(at, """{ "rule": null, "title": null }""")).Problem(422, "invalid-series")).ErrorsAt());
        await (await _office.Patch(at, """{ "kind": "onSite" }""")).Problem(400, "unknown-member");
        Assert.Equal(2, (await _office.Patch(at, "{}")).Version());
    }

    [Fact]
    public async Task Sessions_are_made_followed_up_and_ended()
    {
        var at = await Made(Monthly);
        var made = await (await _office.Post(at + "/sessions", null)).Body(200);
        var session = Assert.Single(made.GetProperty("sessions").EnumerateArray());
        Assert.Equal(("2026-03-30", false, "made", "drafted", "2026-03-27"), (Text(made, "until"), made.GetProperty("provisional").GetBoolean(), Text(session, "done"), Text(session, "state"), Text(session, "occurrence")));
        var review = await (await _office.Get($"/api/v1/reviews/{Text(session, "session")}")).Body(200);
        Assert.Equal(("联席会议", Text(made, "series"), "2026-03-27T01:30:00+00:00"), (Text(review, "title"), Text(review, "series"), Text(review.GetProperty("plan"), "startsAt")));
        Assert.Equal("unchanged", Text((await (await _office.Post(at + "/sessions", null)).Body(200)).GetProperty("sessions")[0], "done"));

        await (await _office.Patch(at, """{ "rule": "0 0 14 ? * 6L" }""")).Body(200);
        var moved = (await (await _office.Post(at + "/sessions", null)).Body(200)).GetProperty("sessions")[0];
        Assert.Equal(("moved", "2026-03-27T01:30:00+00:00", "2026-03-27T06:00:00+00:00"), (Text(moved, "done"), Text(moved.GetProperty("before"), "startsAt"), Text(moved.GetProperty("at"), "startsAt")));

        await (await _office.Send(HttpMethod.Delete, at, null, ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        var ended = await (await _office.Send(HttpMethod.Delete, at)).Body(200);
        Assert.Equal(("cancelled", "cancelled"), (Text(ended.GetProperty("sessions")[0], "done"), Text(ended.GetProperty("sessions")[0], "state")));
        Assert.Equal("2026-03-02", Text(await (await _office.Get(at)).Body(200), "endedOn"));
        await (await _office.Patch(at, """{ "place": "二楼" }""")).Problem(409, "series-ended");
        Assert.Empty((await (await _office.Post(at + "/sessions", null)).Body(200)).GetProperty("sessions").EnumerateArray());
        Assert.Empty((await (await _office.Send(HttpMethod.Delete, at)).Body(200)).GetProperty("sessions").EnumerateArray());
    }

    [Fact]
    public async Task The_sessions_of_all_series_are_made_by_one_call()
    {
        var at = await Made(Monthly);
        var all = await (await _office.Post(Path + "/sessions", null)).Body(200);
        Assert.Contains(at.Split('/')[^1], all.GetProperty("series").EnumerateArray().Select(s => Text(s, "series")));
        Assert.Empty(all.GetProperty("refused").EnumerateArray());
    }

    [Fact]
    public async Task A_written_consultation_has_a_day_and_no_time()
    {
        var at = await Made("""{ "kind": "writtenConsultation", "title": "书面征求意见", "rule": "FREQ=MONTHLY;BYMONTHDAY=15" }""");
        var session = (await (await _office.Post(at + "/sessions", null)).Body(200)).GetProperty("sessions")[0];
        Assert.Equal((null, "2026-03-13", "2026-03-15"), (Text(session.GetProperty("at"), "startsAt"), Text(session.GetProperty("at"), "opinionsBy"), Text(session, "occurrence")));
    }

    private async Task<string> Made(string body)
    {
        var made = await _office.Post(Path, body);
        await made.Body(201);
        return made.Headers.Location!.ToString();
    }

    private static string? Text(JsonElement body, string member) => body.GetProperty(member).GetString();
}
