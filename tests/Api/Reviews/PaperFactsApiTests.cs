using System.Text.Json;
using Agency.People;
using Agency.Reviews;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Grains.Reviews;
using Agency.Tests.Storage;

namespace Agency.Tests.Api.Reviews;

/// <summary>What papers are made from: the record of the session, and as much of the city's as there is.</summary>
public sealed class PaperFactsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/reviews";

    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _chair = api.As(Role.Leadership, ResolvedSession.Chair.Id);

    [Fact]
    public async Task Issued_minutes_stay_as_they_were_whatever_becomes_of_what_they_name()
    {
        await (await _office.Put("/api/v1/persons/mayor", """{ "name": "何市长" }""")).Body(200);
        var project = await _office.Registered(ResolvedSession.Project);
        await api.Resolved("fixed", 1, ResolvedSession.Project, received: 1);
        var draft = await _office.Read($"{Path}/fixed/minutes");
        await (await _chair.Post($"{Path}/fixed/issuing", "{}")).Body(200);
        var issued = await _office.Get($"{Path}/fixed/minutes");
        var before = await issued.Body(200);
        Assert.NotEqual(Text(draft, "contentHash"), Text(before, "contentHash"));

        await _chair.Done("/api/v1/resolutions/fixed-1/extension", new { dueDate = "2026-03-31", reason = "征地未完成" });
        await (await _office.Patch(project, """{ "name": "改名项目" }""")).Body(200);
        await (await _office.Put("/api/v1/persons/mayor", """{ "name": "何书记" }""")).Body(200);
        api.Clock.Advance(TimeSpan.FromDays(1));
        var later = await _office.Get($"{Path}/fixed/minutes");
        var after = await later.Body(200);
        foreach (var member in (string[])["contentHash", "asOf", "number", "title"]) Assert.Equal(Text(before, member), Text(after, member));
        Assert.Equal((before.GetProperty("calendarVersion").GetInt32(), issued.Version()), (after.GetProperty("calendarVersion").GetInt32(), later.Version()));
        Assert.Contains("2026-03-20 前", Points(after, "conclusions"), StringComparison.Ordinal);
        Assert.DoesNotContain("2026-03-31", Points(after, "conclusions"), StringComparison.Ordinal);

        // Names are those that are borne now, and others are told what became of the resolution.
        Assert.Contains("何书记", Points(after, "session"), StringComparison.Ordinal);
        Assert.Contains("改名项目", Points(after, "conclusions"), StringComparison.Ordinal);
        Assert.Contains("2026-03-31", Points(await _office.Read($"{Path}/fixed/report"), "urging"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_is_red_by_one_item_is_said_to_be_red_by_that_item()
    {
        var code = await api.Registered(7101);
        await _office.Done($"/api/v1/projects/{code}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"/api/v1/projects/{code}/approvals/A04/acceptance", new { onBehalfOf = ResolvedSession.Lead });
        api.Clock.Advance(TimeSpan.FromDays(3));
        var item = await _office.Item($"/api/v1/projects/{code}", "A04");
        Assert.Equal("red", Text(item.GetProperty("clock"), "light"));
        var review = (await _office.Post(Path, JsonSerializer.Serialize(new { kind = "coaching", title = "辅导", startsAt = api.Clock.GetUtcNow().AddHours(1) }))).Headers.Location!.OriginalString;
        await (await _office.Post($"{review}/agenda", JsonSerializer.Serialize(new { question = "问题", project = code, departments = new[] { ResolvedSession.Lead } }))).Body(201);
        var problems = Points(await _office.Read($"{review}/briefing"), "problems");
        Assert.Contains($"亮红灯：市发展改革委的{Text(item, "name")}用时 {item.GetProperty("clock").GetProperty("usedDays").GetInt32()} 个工作日，限 1 个工作日", problems, StringComparison.Ordinal);
        Assert.DoesNotContain("全流程", problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_open_resolutions_are_urged_however_many_there_are()
    {
        await api.Resolved("many", 450);
        var review = (await _office.Post(Path, JsonSerializer.Serialize(new { kind = "coaching", title = "辅导", startsAt = api.Clock.GetUtcNow().AddHours(1) }))).Headers.Location!.OriginalString;
        var urging = (await _office.Read($"{review}/briefing")).GetProperty("sections").EnumerateArray().Single(s => Text(s, "code") == "urging").GetProperty("points").EnumerateArray();
        Assert.InRange(urging.Sum(p => p.GetProperty("details").GetArrayLength()), 450, 500);
    }

    [Fact]
    public async Task Behind_a_session_that_its_summary_alone_shows_the_list_goes_on()
    {
        var gone = new ResolvedSession(new(2026, 11, 30), "gone");
        await api.Store().Put(gone, summary: ReviewSummary.Of(gone.State)! with { Departments = [ResolvedSession.Stranger] });
        await api.Called("seen", ResolvedSession.Stranger);
        var stranger = api.As(Role.Department, "x", ResolvedSession.Stranger);
        var first = await stranger.Read($"{Path}?limit=1");
        Assert.Empty(first.GetProperty("items").EnumerateArray());
        var second = await stranger.Read($"{Path}?limit=1&cursor={Text(first, "nextCursor")}");
        Assert.Equal("seen", Text(Assert.Single(second.GetProperty("items").EnumerateArray()), "id"));
    }

    private static string? Text(JsonElement body, string member) => body.GetProperty(member).GetString();

    private static string Points(JsonElement paper, string section) =>
        string.Join('\n', paper.GetProperty("sections").EnumerateArray().Single(s => Text(s, "code") == section).GetProperty("points").EnumerateArray()
            .SelectMany(p => p.GetProperty("details").EnumerateArray().Select(d => d.GetString()).Prepend(Text(p, "text"))));
}
