using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Reviews;

/// <summary>The papers of two sessions, one after the other; the last one's promises are in the next one's briefing.</summary>
public sealed class PapersApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/reviews";
    private const string Fgw = "511300-FGW";
    private const string Zjj = "511300-ZJJ";

    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _chair = api.As(Role.Leadership, "mayor");

    [Fact]
    public async Task They_are_made_from_facts_and_compared_with_the_last_session()
    {
        await (await _office.Put("/api/v1/persons/mayor", """{ "name": "何市长" }""")).Body(200);
        var project = await api.Registered(7001);

        // Sessions of other tests are of other days.
        api.Clock.Advance(TimeSpan.FromDays(1));
        var first = await Held("三月第一次例会", project, "<b>能否开工？</b>", Zjj);
        await (await _office.Get($"{first}/report")).Problem(409, "review-not-concluded");
        await (await _office.Get($"{first}/minutes.html")).Problem(409, "review-not-concluded");
        var briefing = await _office.Read($"{first}/briefing");
        Assert.Equal(["decisions", "progress", "problems", "countermeasures", "urging"], Codes(briefing));
        Assert.Equal("三月第一次例会 汇报稿", briefing.GetProperty("title").GetString());
        Assert.Contains("住建局", Points(briefing, "decisions"), StringComparison.Ordinal);
        Assert.Contains("有条件同意，先补资料", Points(briefing, "decisions"), StringComparison.Ordinal);

        // What was promised for the day is due; the clock then goes on past it.
        await (await _chair.Post($"{first}/agenda/E1/conclusion", $$"""{ "outcome": "adopted", "resolutions": [{ "action": "补齐资料", "lead": "{{Fgw}}", "dueDate": "2026-03-03" }] }""")).Body(200);
        await (await _chair.Post($"{first}/conclusion", "{}")).Body(200);
        await (await _chair.Post($"{first}/issuing", "{}")).Body(200);
        var minutes = await _office.Read($"{first}/minutes");
        Assert.Equal(["session", "attendance", "conclusions"], Codes(minutes));
        Assert.Contains("主持人：何市长", Points(minutes, "session"), StringComparison.Ordinal);
        Assert.Contains("——通过", Points(minutes, "conclusions"), StringComparison.Ordinal);
        Assert.Contains("发展改革委牵头，2026-03-03 前：补齐资料", Points(minutes, "conclusions"), StringComparison.Ordinal);
        Assert.Matches("^155会〔2026〕第[0-9]+期$", minutes.GetProperty("number").GetString()!);

        api.Clock.Advance(TimeSpan.FromDays(2));
        var second = await Held("三月第二次例会", project, "下一步？", Zjj);
        var next = await _office.Read($"{second}/briefing");
        Assert.Equal(["decisions", "lastSession", "progress", "problems", "countermeasures", "urging"], Codes(next));
        Assert.Contains("议定 1 项：按期完成 0 项，逾期完成 0 项，逾期未完成 1 项，办理中 0 项", Points(next, "lastSession"), StringComparison.Ordinal);
        Assert.Contains("已逾期 2 个工作日", Points(next, "lastSession"), StringComparison.Ordinal);
        Assert.Contains("已逾期 2 个工作日，请立即办理", Points(next, "urging"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_facts_give_the_same_bytes_and_others_another_hash()
    {
        var review = await Held("例会", await api.Registered(7002), "问题", Zjj);
        var (one, other) = (await (await _office.Get($"{review}/briefing")).Content.ReadAsStringAsync(Requests.Cancel), await (await _office.Get($"{review}/briefing")).Content.ReadAsStringAsync(Requests.Cancel));
        Assert.Equal(one, other);
        var english = await (await _office.Get($"{review}/briefing", ("Accept-Language", "en"))).Body(200);
        Assert.Equal(Hash(JsonDocument.Parse(one).RootElement), Hash(english));
        Assert.Equal("例会 briefing", english.GetProperty("title").GetString());
        await (await _chair.Post($"{review}/agenda/E1/conclusion", """{ "outcome": "deferred" }""")).Body(200);
        await (await _chair.Post($"{review}/conclusion", "{}")).Body(200);
        Assert.NotEqual(Hash(await _office.Read($"{review}/report")), Hash(await _office.Read($"{review}/minutes")));
        Assert.Contains("——缓议", Points(await _office.Read($"{review}/report"), "problems"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_a_page_what_somebody_wrote_is_text_and_nothing_is_loaded()
    {
        var review = await Held("<script>alert(1)</script>", await api.Registered(7003), "<img src=x>", Zjj);
        var answer = await _office.Get($"{review}/briefing.html");
        var page = await answer.Content.ReadAsStringAsync(Requests.Cancel);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<!doctype html>\n<html lang=\"zh-CN\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;img src=x&gt;", page, StringComparison.Ordinal);
        await (await api.As(Role.Department, "chen", Zjj).Get($"{review}/briefing")).Problem(403, "role-not-allowed");
    }

    // Convened at short notice and opened; the department agrees with a condition.
    private async Task<string> Held(string title, string project, string question, string department)
    {
        var start = api.Clock.GetUtcNow().AddHours(1);
        var review = (await _office.Post(Path, JsonSerializer.Serialize(new { kind = "jointConference", title, startsAt = start, place = "第一会议室", chair = "mayor" }))).Headers.Location!.OriginalString;
        await (await _office.Post($"{review}/agenda", JsonSerializer.Serialize(new { question, wanted = "尽快开工", project, departments = new[] { department } }))).Body(201);
        await (await _office.Post($"{review}/convening", """{ "reason": "急" }""")).Body(200);
        await (await _office.Put($"{review}/agenda/E1/opinions/{department}", $$"""{ "stance": "agreeWithConditions", "ground": "先补资料", "onBehalfOf": "{{department}}" }""")).Body(200);
        await (await _chair.Post($"{review}/opening", "{}")).Body(200);
        return review;
    }

    private static string? Hash(JsonElement paper) => paper.GetProperty("contentHash").GetString();

    private static IEnumerable<string?> Codes(JsonElement paper) => paper.GetProperty("sections").EnumerateArray().Select(s => s.GetProperty("code").GetString());

    private static string Points(JsonElement paper, string section) =>
        string.Join('\n', paper.GetProperty("sections").EnumerateArray().Single(s => s.GetProperty("code").GetString() == section).GetProperty("points").EnumerateArray()
            .SelectMany(p => p.GetProperty("details").EnumerateArray().Select(d => d.GetString()).Prepend(p.GetProperty("text").GetString())));
}
