using System.Text.Json;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Managers;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Reviews;

/// <summary>Sessions over HTTP, each test with its own; the clock stays on Monday 2 March 2026, so that sessions are held on that day.</summary>
public sealed class ReviewsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/reviews";
    private const string Fgw = "511300-FGW";
    private const string Zjj = "511300-ZJJ";
    private const string Draft = """{ "kind": "jointConference", "title": "三月例会", "startsAt": "2026-03-02T17:00:00+08:00", "chair": "mayor" }""";

    private readonly HttpClient _office = api.As(Role.Office);
    private readonly HttpClient _chair = api.As(Role.Leadership, "mayor");
    private readonly HttpClient _department = api.As(Role.Department, "chen", Fgw);

    [Fact]
    public async Task From_draft_to_archive()
    {
        var review = await Drafted();
        await (await _office.Post($"{review}/convening", "{}")).Problem(409, "agenda-empty");
        var added = await _office.Post($"{review}/agenda", Entry("E1 之问", Fgw, Zjj));
        Assert.Equal($"{review}/agenda/E1", added.Headers.Location!.OriginalString);
        await added.Body(201);
        await (await _office.Post($"{review}/convening", "{}")).Problem(409, "short-notice");
        await (await _office.Post($"{review}/convening", """{ "reason": "急" }""")).Body(200);
        Assert.Equal("delegated", Text(await (await _department.Put($"{review}/attendance/{Fgw}", """{ "attendance": "delegated", "delegate": "zhao" }""")).Body(200), "attendance"));
        await (await _office.Post($"{review}/reminder", "{}")).Body(200);
        var opinion = await (await _department.Put($"{review}/agenda/E1/opinions/{Fgw}", """{ "stance": "object", "ground": "《城乡规划法》第四十条" }""")).Body(200);
        Assert.Equal((true, "object"), (opinion.GetProperty("counts").GetBoolean(), Text(opinion, "stance")));
        await (await _office.Put($"{review}/agenda/E1/opinions/{Zjj}", """{ "stance": "agree", "onBehalfOf": "511300-ZJJ" }""")).Body(200);
        await (await _chair.Post($"{review}/opening", "{}")).Body(200);
        await (await _chair.Post($"{review}/conclusion", "{}")).Problem(409, "entry-not-concluded");
        await (await _chair.Post($"{review}/agenda/E1/conclusion", """{ "outcome": "deferred" }""")).Body(200);
        await (await _chair.Post($"{review}/agenda/E1/reopening", "{}")).Body(200);
        var concluded = await (await _chair.Post($"{review}/agenda/E1/conclusion", $$"""{ "outcome": "adopted", "resolutions": [{ "action": "完成审批", "lead": "{{Fgw}}", "dueDate": "2026-03-20" }] }""")).Body(200);
        Assert.Equal(Id(review) + "-1", concluded.GetProperty("resolutions")[0].GetString());
        Assert.Equal("minutesDrafted", Text(await (await _chair.Post($"{review}/conclusion", "{}")).Body(200), "state"));
        var issued = await (await _chair.Post($"{review}/issuing", "{}")).Body(200);
        Assert.Matches("^155会〔2026〕第[0-9]+期$", Text(issued, "minutesNumber")!);
        Assert.Equal("issued", Text(issued, "state"));
        Assert.Single((await _office.Read("/api/v1/resolutions?review=" + Id(review))).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Minutes_are_numbered_without_gaps_and_once()
    {
        var numbers = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            var review = await Held();
            await (await _chair.Post($"{review}/agenda/E1/conclusion", """{ "outcome": "referredUp" }""")).Body(200);
            await (await _chair.Post($"{review}/issuing", "{}")).Problem(409, "review-state");
            await (await _chair.Post($"{review}/conclusion", "{}")).Body(200);
            var first = await _chair.Post($"{review}/issuing", "{}", ("Idempotency-Key", "k"));
            var issued = await first.Body(200);
            Assert.Equal("archived", Text(issued, "state"));
            var again = await _chair.Post($"{review}/issuing", "{}", ("Idempotency-Key", "k"));
            Assert.Equal(issued.GetRawText(), (await again.Body(200)).GetRawText());
            Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
            numbers.Add(int.Parse(Text(issued, "minutesNumber")!.Split('第', '期')[1], null));
        }

        Assert.Equal(numbers[0] + 1, numbers[1]);
    }

    [Fact]
    public async Task The_office_enters_what_the_chair_said_and_names_the_chair()
    {
        var unchaired = (await _office.Post(Path, """{ "kind": "jointConference", "title": "三月例会", "startsAt": "2026-03-02T17:00:00+08:00" }""")).Headers.Location!.OriginalString;
        await (await _office.Post($"{unchaired}/agenda", Entry("q"))).Body(201);
        await (await _office.Post($"{unchaired}/convening", """{ "reason": "急" }""")).Problem(409, "chair-required");

        var review = await Held();
        foreach (var (path, outcome) in (IEnumerable<(string, string?)>)[("agenda/E1/conclusion", "deferred"), ("agenda/E1/reopening", null), ("agenda/E1/conclusion", "referredUp"), ("conclusion", null), ("issuing", null)])
        {
            Assert.Contains("mayor", Text(await (await _office.Post($"{review}/{path}", Body(null))).Problem(422, "on-behalf-of-chair"), "detail")!, StringComparison.Ordinal);
            await (await api.As(Role.Leadership, "vice").Post($"{review}/{path}", Body(null))).Problem(409, "not-the-chair");
            await (await _office.Post($"{review}/{path}", Body("mayor"))).Body(200);

            string Body(string? onBehalfOf) => outcome is null ? JsonSerializer.Serialize(new { onBehalfOf }) : JsonSerializer.Serialize(new { outcome, onBehalfOf });
        }
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("%E3%80%80")]
    [InlineData("r!x")]
    [InlineData("r%0A")]
    public async Task What_can_be_no_id_is_nowhere(string id)
    {
        foreach (var path in (string[])["", "/briefing", "/minutes.html", "/agenda/proposal"]) await (await _office.Get($"{Path}/{id}{path}")).Problem(404, "review-not-found");
        await (await _office.Post($"{Path}/{id}/convening", "{}")).Problem(404, "review-not-found");
        await (await _office.Get($"/api/v1/resolutions/{id}-1")).Problem(404, "resolution-not-found");
        await (await _office.Post($"/api/v1/resolutions/{id}-1/confirmation", "{}")).Problem(404, "resolution-not-found");
    }

    [Fact]
    public async Task A_repeat_under_the_same_key_meets_the_same_session()
    {
        var first = await _office.Post(Path, Draft, ("Idempotency-Key", "draft"));
        var again = await _office.Post(Path, Draft, ("Idempotency-Key", "draft"));
        Assert.Equal((await first.Body(201)).GetRawText(), (await again.Body(201)).GetRawText());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        await (await _office.Post(Path, Draft.Replace("三月", "四月", StringComparison.Ordinal), ("Idempotency-Key", "draft"))).Problem(422, "idempotency-key-reused");
        var review = first.Headers.Location!.OriginalString;
        foreach (var _ in (int[])[1, 2]) Assert.Equal("E1", Text(await (await _office.Post($"{review}/agenda", Entry("q"), ("Idempotency-Key", "e"))).Body(201), "id"));
    }

    [Fact]
    public async Task Versions_are_compared_of_what_is_changed()
    {
        var review = await Drafted();
        var seen = await _office.Get(review);
        var changed = await _office.Patch(review, """{ "place": "三楼", "recorder": "lu" }""", ("If-Match", seen.Headers.ETag!.Tag));
        Assert.Equal(("三楼", "lu", "mayor"), (Text((await changed.Body(200)).GetProperty("plan"), "place"), Text((await changed.Body()).GetProperty("plan"), "recorder"), Text((await changed.Body()).GetProperty("plan"), "chair")));
        await (await _office.Patch(review, """{ "place": null }""", ("If-Match", seen.Headers.ETag!.Tag))).Problem(412, "version-mismatch");
        var entry = await _office.Post($"{review}/agenda", Entry("q", Fgw));
        await (await _office.Post($"{review}/agenda", Entry("q2", Fgw))).Body(201);
        await (await _office.Patch($"{review}/agenda/E1", """{ "wanted": "同意" }""", ("If-Match", entry.Headers.ETag!.Tag))).Body(200);
        await (await _office.Patch($"{review}/agenda/E1", """{ "wanted": null }""", ("If-Match", entry.Headers.ETag!.Tag))).Problem(412, "version-mismatch");
        var read = await _office.Get($"{review}/agenda/E1");
        Assert.Equal(("q", "同意"), (Text(await read.Body(200), "question"), Text(await read.Body(), "wanted")));
        Assert.Equal(304, (int)(await _office.Get($"{review}/agenda/E1", ("If-None-Match", read.Headers.ETag!.Tag))).StatusCode);
        await (await _office.Send(HttpMethod.Delete, $"{review}/agenda/E2")).Body(200);
        await (await _office.Get($"{review}/agenda/E2")).Problem(404, "entry-not-found");
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_pointer()
    {
        Assert.Equal(["/startsAt"], (await (await _office.Post(Path, """{ "kind": "onSite", "title": "t" }""")).Problem(422, "invalid-review")).ErrorsAt());
        foreach (var title in (string[])["null", "\"\"", "\" \""]) Assert.Equal(["/title"], (await (await _office.Patch(await Drafted(), $$"""{ "title": {{title}} }""")).Problem(422, "invalid-review")).ErrorsAt());
        Assert.Equal(["/title"], (await (await _office.Post(Path, Draft.Replace("三月例会", " ", StringComparison.Ordinal))).Problem(422, "invalid-review")).ErrorsAt());
        foreach (var body in (string[])["\"0001-01-01T00:00:00+08:00\"", "\"9999-12-31T23:59:59-08:00\"", "\"2026-13-01T09:00:00+08:00\""])
        {
            var problems = new[] { await (await _office.Post(Path, $$"""{ "kind": "onSite", "title": "t", "startsAt": {{body}} }""")).Problem(400, "wrong-type"), await (await _office.Patch(await Drafted(), $$"""{ "startsAt": {{body}} }""")).Problem(400, "wrong-type") };
            Assert.All(problems, p => Assert.Equal(["/startsAt"], p.ErrorsAt()));
            Assert.All(problems, p => Assert.Contains("yyyy-MM-ddTHH:mm:ss+08:00", Text(p, "detail")!, StringComparison.Ordinal));
        }

        var review = await Held();
        Assert.Equal(["/resolutions/0/lead", "/resolutions/0/dueDate"], (await (await _chair.Post($"{review}/agenda/E1/conclusion", """{ "outcome": "adopted", "resolutions": [{ "action": "a", "lead": "X", "dueDate": "2026-03-01" }] }""")).Problem(422, "invalid-review")).ErrorsAt());
        Assert.Equal(["/reason"], (await (await _office.Post($"{review}/postponement", """{ "startsAt": "2026-03-12T09:00:00+08:00" }""")).Problem(422, "invalid-review")).ErrorsAt());
        Assert.Equal(["/project"], (await (await _office.Post($"{review}/agenda", """{ "question": "q", "project": "2026-511302-47-01-999999" }""")).Problem(422, "invalid-review")).ErrorsAt());
        await (await _office.Post($"{review}/cancellation", """{ "reason": "r" }""")).Problem(409, "review-state");
        await (await _office.Post($"{review}/postponement", """{ "startsAt": "2026-03-12T09:00:00+08:00", "reason": "停电" }""")).Body(200);
        await (await _office.Post($"{review}/cancellation", """{ "reason": "r" }""")).Body(200);
    }

    [Fact]
    public async Task What_is_not_a_department_s_is_answered_as_what_is_nowhere()
    {
        await api.Called("theirs", Zjj);
        foreach (var (method, tail, body) in new[]
        {
            (HttpMethod.Get, "", null),
            (HttpMethod.Get, "/agenda/E1", null),
            (HttpMethod.Put, $"/attendance/{Fgw}", """{ "attendance": "confirmed" }"""),
            (HttpMethod.Put, $"/attendance/{Zjj}", """{ "attendance": "confirmed" }"""),
            (HttpMethod.Put, $"/agenda/E1/opinions/{Fgw}", """{ "stance": "agree" }"""),
            (HttpMethod.Put, $"/agenda/E1/opinions/{Zjj}", """{ "stance": "object" }"""),
            (HttpMethod.Put, $"/agenda/E9/opinions/{Fgw}", (string?)"""{ "stance": "agree" }"""),
        })
        {
            var (foreign, nowhere) = (await Asked("theirs"), await Asked("nowhere"));
            Assert.Equal(nowhere, foreign.Replace("theirs", "nowhere", StringComparison.Ordinal));

            async Task<string> Asked(string id)
            {
                var problem = await (await _department.Send(method, $"{Path}/{id}{tail}", body is null ? null : Requests.Json(body))).Problem(404, "review-not-found");
                return $"{Text(problem, "title")} {Text(problem, "detail")} {problem.EnumerateObject().Count()}";
            }
        }

        await (await _office.Get($"{Path}/a%21b")).Problem(404, "review-not-found");
        await (await _office.Post($"{Path}/nowhere/convening", "{}")).Problem(404, "review-not-found");
        await (await _office.Get($"{Path}/nowhere/agenda/proposal")).Problem(404, "review-not-found");
        await (await api.As(Role.Manager).Get(Path)).Problem(403, "role-not-allowed");
    }

    [Fact]
    public async Task Sessions_are_listed_the_latest_first_by_what_they_are_filtered_by()
    {
        foreach (var day in (int[])[10, 12, 11]) await (await _office.Post(Path, $$"""{ "kind": "coaching", "title": "辅导{{day}}", "startsAt": "2026-11-{{day}}T09:00:00+08:00" }""")).Body(201);
        await (await _office.Post(Path, """{ "kind": "writtenConsultation", "title": "书面", "opinionsBy": "2026-11-11" }""")).Body(201);
        Assert.Equal(["辅导12", "辅导11", "辅导10"], Titles(await _office.Read($"{Path}?kind=coaching")));
        Assert.Equal(["辅导11"], Titles(await _office.Read($"{Path}?kind=coaching&from=2026-11-11&to=2026-11-11&state=drafted")));
        Assert.Empty(Titles(await _office.Read($"{Path}?kind=coaching&state=convened")));
        Assert.Empty(Titles(await _office.Read($"{Path}?series=s1")));
        var page = await _office.Read($"{Path}?kind=coaching&limit=2");
        Assert.Equal(3, page.GetProperty("total").GetInt32());
        Assert.Equal(["辅导10"], Titles(await _office.Read($"{Path}?kind=coaching&limit=2&cursor={Text(page, "nextCursor")}")));
        Assert.Empty(Titles(await _department.Read($"{Path}?kind=coaching")));

        static string[] Titles(JsonElement list) => [.. list.GetProperty("items").EnumerateArray().Select(r => Text(r, "title")!)];
    }

    [Fact]
    public async Task The_agenda_proposes_itself_without_what_is_on_it()
    {
        var (quiet, code) = ("2026-511302-47-01-700002", "2026-511302-47-01-700001");
        var project = await _office.Registered(code);
        await _office.Registered(quiet);
        await _office.Done($"{project}/problems", new { category = "land", item = "A04", description = "红线图未定", level = "jointReview" });
        var review = await Drafted();
        await Eventually.Holds(async () => (await Proposed()).Length == 3);
        Assert.Equal([$"problem {code} A04 P1", $"newProject {code}  ", $"newProject {quiet}  "], await Proposed());
        await (await _office.Post($"{review}/agenda", $$"""{ "question": "q", "project": "{{code}}", "problem": "P1", "rule": "problem" }""")).Body(201);
        await (await _office.Post($"{review}/agenda", $$"""{ "question": "q", "project": "{{quiet}}", "rule": "newProject" }""")).Body(201);
        Assert.Equal([$"newProject {code}  "], await Proposed());

        async Task<string[]> Proposed() => [.. (await _office.Read($"{review}/agenda/proposal")).GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("subject"))
            .Where(s => Text(s, "project") is { } p && (p == code || p == quiet))
            .Select(s => $"{Text(s, "rule")} {Text(s, "project")} {Text(s, "item")} {Text(s, "problem")}")];
    }

    [Fact]
    public async Task A_scenario_is_checked_when_it_is_attached_and_its_promises_become_resolutions()
    {
        const string Code = "2026-511302-47-01-700003";
        await _office.Registered(Code);
        var review = await Drafted();
        var impossible = await _office.Post($"{review}/agenda", $$"""{ "question": "q", "project": "{{Code}}", "scenario": { "name": "s", "decisions": [{ "item": "X9", "by": "2026-03-10" }] } }""");
        Assert.Equal(["/scenario/decisions/0/item"], (await impossible.Problem(422, "invalid-review")).ErrorsAt());
        var never = await _office.Post($"{review}/agenda", $$"""{ "question": "q", "project": "{{Code}}", "scenario": { "name": "s", "decisions": [{ "item": "A04", "by": "9999-12-31" }, { "item": "A04", "by": "2026-03-10" }] } }""");
        Assert.Equal(["/scenario/decisions/0/by", "/scenario/decisions/1"], (await never.Problem(422, "invalid-review")).ErrorsAt());
        await (await _office.Post($"{review}/agenda", $$"""{ "question": "q", "project": "{{Code}}", "item": "A04", "scenario": { "name": "提前备案", "decisions": [{ "item": "A04", "by": "2026-03-10" }] } }""")).Body(201);
        await (await _office.Post($"{review}/convening", """{ "reason": "急" }""")).Body(200);
        await (await _chair.Post($"{review}/opening", "{}")).Body(200);
        await (await _chair.Post($"{review}/agenda/E1/conclusion", """{ "outcome": "adopted" }""")).Problem(409, "opinions-outstanding");
        await (await _department.Put($"{review}/agenda/E1/opinions/{Fgw}", """{ "stance": "agree" }""")).Body(200);
        var entry = await (await _chair.Post($"{review}/agenda/E1/conclusion", """{ "outcome": "adopted" }""")).Body(200);
        Assert.Equal([Fgw], entry.GetProperty("subject").GetProperty("departments").EnumerateArray().Select(d => d.GetString()));
        var resolution = (await _office.Read(review)).GetProperty("resolutions")[0];
        Assert.Equal((Fgw, "A04", "2026-03-10", Code), (Text(resolution, "lead"), Text(resolution, "item"), Text(resolution, "dueDate"), Text(resolution, "project")));
        Assert.StartsWith("于2026年3月10日前完成", Text(resolution, "action"), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static string Id(string review) => review[(review.LastIndexOf('/') + 1)..];

    [Fact]
    public async Task What_was_deferred_is_proposed_until_it_is_taken_up_and_what_is_put_to_departments_late_has_a_reason()
    {
        var earlier = await Held();
        await (await _office.Post($"{earlier}/agenda", Entry("q", Fgw))).Problem(409, "short-notice");
        await (await _chair.Post($"{earlier}/agenda/E1/conclusion", """{ "outcome": "deferred" }""")).Body(200);
        await (await _chair.Post($"{earlier}/conclusion", "{}")).Body(200);
        var (review, from) = (await Drafted(), $"{earlier.Split('/')[^1]}/E1");
        await Eventually.Holds(async () => (await Proposed()).Length == 1);
        await (await _office.Post($"{review}/agenda", """{ "question": "q", "deferredFrom": "r0/E1" }""")).Problem(422, "invalid-review");
        await (await _office.Post($"{review}/agenda", JsonSerializer.Serialize(new { question = "q", deferredFrom = from, departments = new[] { Fgw } }))).Body(201);
        Assert.Empty(await Proposed());
        await (await _office.Patch($"{review}/agenda/E1", """{ "wanted": "同意" }""")).Body(200);
        await (await _office.Patch($"{review}/agenda/E1", """{ "deferredFrom": null }""")).Body(200);
        Assert.Equal([from], await Proposed());

        async Task<string?[]> Proposed() => [.. (await _office.Read($"{review}/agenda/proposal")).GetProperty("entries").EnumerateArray().Select(e => Text(e.GetProperty("subject"), "deferredFrom")).Where(f => f == from)];
    }

    private static string Entry(string question, params string[] departments) => JsonSerializer.Serialize(new { question, departments });

    private async Task<string> Drafted() => (await _office.Post(Path, Draft)) is var made && await made.Body(201) is { } ? made.Headers.Location!.OriginalString : "";

    private async Task<string> Held()
    {
        var review = await Drafted();
        await (await _office.Post($"{review}/agenda", Entry("q", Fgw))).Body(201);
        await (await _office.Post($"{review}/convening", """{ "reason": "急" }""")).Body(200);
        await (await _department.Put($"{review}/agenda/E1/opinions/{Fgw}", """{ "stance": "agree" }""")).Body(200);
        await (await _chair.Post($"{review}/opening", "{}")).Body(200);
        return review;
    }
}
