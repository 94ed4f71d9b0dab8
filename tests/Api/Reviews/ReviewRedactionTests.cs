using System.Text;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;
using Agency.Tests.Api.Records;

namespace Agency.Tests.Api.Reviews;

/// <summary>Free texts that the office takes out of the records of sessions and series.</summary>
public sealed class ReviewRedactionTests : IDisposable
{
    private const string Secret = "陈某某 13800138777";
    private const string Fgw = "511300-FGW";
    private const string Reviews = "/api/v1/reviews";
    private const string Series = "/api/v1/review-series";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_redacted_text_is_gone_from_every_answer_and_every_file_and_the_chains_still_hold()
    {
        string review, series;
        await using (var api = new KeptApi(_data))
        {
            (review, series, var told) = await Fill(api);
            Assert.Contains(Secret, told, StringComparison.Ordinal);
            foreach (var paper in (string[])["", "/briefing", "/briefing.html", "/report", "/minutes", "/minutes.html"])
                Assert.Contains(Secret, await Read(api, review + paper), StringComparison.Ordinal);
            Assert.True(_data.Keeps(Secret), "the test looks where the text would be");
            Assert.Equal(16, await RedactAll(api, review));
            Assert.Equal(4, await RedactAll(api, series));
            foreach (var session in await SessionsOf(api, series)) Assert.Equal(3, await RedactAll(api, session));

            await Gone(api, review, series);
            Assert.False(_data.Keeps(Secret));
        }

        // As it is read from the store, too.
        await using var again = new KeptApi(_data);
        await Gone(again, review, series);
    }

    [Fact]
    public async Task An_erasure_that_fails_is_done_after_the_next_start_and_nobody_is_told_the_text_meanwhile()
    {
        string review, series;
        await using (var api = new KeptApi(_data, erases: false))
        {
            (review, series, _) = await Fill(api);
            foreach (var record in (string[])[review, series, .. await SessionsOf(api, series)]) await RedactAll(api, record);
            Assert.True(_data.Keeps(Secret), "the store did not let go of it");
            await Gone(api, review, series);
            Assert.NotEmpty(await Unerased(api, review));
        }

        await using var again = new KeptApi(_data);
        await Read(again, Reviews);
        await Eventually.Holds(() => Task.FromResult(!_data.Keeps(Secret)));
        await Gone(again, review, series);
        Assert.Empty(await Unerased(again, review));
        Assert.Empty(await Unerased(again, series));
    }

    [Fact]
    public async Task The_history_tells_who_redacted_what_and_why_and_a_repeat_is_no_other_fact()
    {
        await using var api = new KeptApi(_data);
        var (review, series, _) = await Fill(api);
        foreach (var (record, code) in (IEnumerable<(string, string)>)[(review, "review-not-found"), (series, "series-not-found")])
        {
            var (sequence, text) = (await Texts(api, record))[0];
            var before = (await History(api, record)).Count;
            var redacted = await Redact(api, record, sequence, text);
            Assert.Equal((sequence, text, before + 1L), (redacted.GetProperty("sequence").GetInt64(), redacted.GetProperty("text").GetString(), redacted.GetProperty("recordedAs").GetInt64()));
            Assert.Equal(redacted.GetRawText(), (await Redact(api, record, sequence, text)).GetRawText());
            var facts = await History(api, record);
            Assert.Equal(before + 1, facts.Count);
            Assert.Equal(("text-redacted", "eva", "office"), (facts[^1].GetProperty("type").GetString(), facts[^1].GetProperty("actor").GetString(), facts[^1].GetProperty("role").GetString()));
            Assert.Equal($$"""{"sequence":{{sequence}},"text":"{{text}}","reason":"含个人信息"}""", facts[^1].GetProperty("data").GetRawText());
            Assert.Equal(2, (await api.As(Role.Leadership).Read($"{record}/history?limit=2")).GetProperty("items").GetArrayLength());

            var office = api.As(Role.Office);
            await (await office.Post($"{record}/history/999/redaction", """{ "text": "title", "reason": "r" }""")).Problem(404, "fact-not-found");
            await (await office.Post($"{record}/history/1/redaction", """{ "text": "title", "reason": " " }""")).Problem(422, "reason-required");
            await (await office.Post($"{record}/history/1/redaction", $$"""{ "text": "{{Secret}}", "reason": "r" }""")).Problem(422, "invalid-redaction");
            await (await api.As(Role.Supervisor).Post($"{record}/history/1/redaction", """{ "text": "title", "reason": "r" }""")).Problem(403, "role-not-allowed");
            foreach (var nowhere in (string[])["s0", "a!b"])
            {
                var path = $"{record[..record.LastIndexOf('/')]}/{nowhere}/history";
                await (await office.Get(path)).Problem(404, code);
                await (await office.Get($"{path}/verification")).Problem(404, code);
                await (await office.Post($"{path}/1/redaction", """{ "text": "title", "reason": "r" }""")).Problem(404, code);
            }
        }
    }

    [Fact]
    public async Task A_department_that_sees_the_session_does_not_see_its_record()
    {
        await using var api = new KeptApi(_data);
        var (review, _, _) = await Fill(api);
        var department = api.As(Role.Department, "chen", Fgw);
        await (await department.Get(review)).Body(200);
        foreach (var path in (string[])["/history", "/history/verification"]) await (await department.Get(review + path)).Problem(403, "role-not-allowed");

        // Nor would it if a route let it through.
        var grain = ((IGrainFactory)api.Services.GetService(typeof(IGrainFactory))!).GetGrain<IReviewGrain>(review[(review.LastIndexOf('/') + 1)..]);
        Assert.Null(await grain.History(0, 10, new("chen", Role.Department, Fgw), Requests.Cancel));
        Assert.Null(await grain.Verification(new("chen", Role.Department, Fgw), Requests.Cancel));
        Assert.Equal("role-not-allowed", (await grain.Redact(1, ReviewFact.Title, new(new("chen", Role.Department, Fgw), "c", Texts: Act.NoTexts.Add(Act.Reason, "r")))).Refusal?.Code);
    }

    [Fact]
    public async Task An_entry_whose_question_was_redacted_is_changed_without_it()
    {
        await using var api = new KeptApi(_data);
        var (office, review) = (api.As(Role.Office), await Drafted(api));
        await (await office.Post($"{review}/agenda", $$"""{ "question": "{{Secret}}", "departments": ["{{Fgw}}"] }""")).Body(201);
        await Redact(api, review, 2, "question");
        var changed = await (await office.Patch($"{review}/agenda/E1", """{ "wanted": "请定" }""")).Body(200);
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("question").ValueKind);
    }

    // Each kind of text of a session and of a series that plans sessions, with something unrelated after it.
    private static async Task<(string Review, string Series, string Told)> Fill(ApiFixture api)
    {
        var review = await Drafted(api);
        var told = await Send(api, review);
        var series = (await api.As(Role.Office).Post(Series, $$"""{ "kind": "jointConference", "title": "{{Secret}}", "place": "{{Secret}}", "rule": "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30", "aheadWorkingDays": 20 }""", ("Idempotency-Key", "series"))).Headers.Location!.OriginalString;
        await (await api.As(Role.Office).Post($"{series}/sessions", null, ("Idempotency-Key", "sessions"))).Body(200);
        await (await api.As(Role.Office).Patch(series, $$"""{ "title": "又 {{Secret}}", "place": "又 {{Secret}}" }""", ("Idempotency-Key", "change"))).Body(200);
        foreach (var session in await SessionsOf(api, series)) await (await api.As(Role.Office).Post($"{session}/cancellation", $$"""{ "reason": "{{Secret}}" }""")).Body(200);
        return (review, series, told);
    }

    private static async Task<string> Drafted(ApiFixture api) =>
        (await api.As(Role.Office).Post(Reviews, $$"""{ "kind": "jointConference", "title": "{{Secret}}", "startsAt": "2026-03-02T17:00:00+08:00", "place": "{{Secret}}", "chair": "mayor" }""", ("Idempotency-Key", "draft"))).Headers.Location!.OriginalString;

    // Under keys: the same again is answered as it was, or as it then stands.
    private static async Task<string> Send(ApiFixture api, string review)
    {
        var (told, office, chair, department) = (new StringBuilder(), api.As(Role.Office), api.As(Role.Leadership, "mayor"), api.As(Role.Department, "chen", Fgw));
        var resolution = $"/api/v1/resolutions/{review[(review.LastIndexOf('/') + 1)..]}-1";
        await Answer(office, HttpMethod.Patch, review, $$"""{ "title": "{{Secret}}的会", "place": "{{Secret}}处" }""");
        await Answer(office, HttpMethod.Post, $"{review}/agenda", $$"""{ "question": "{{Secret}}", "wanted": "{{Secret}}", "departments": ["{{Fgw}}"] }""");
        await Answer(office, HttpMethod.Patch, $"{review}/agenda/E1", $$"""{ "question": "{{Secret}}？", "wanted": "{{Secret}}？" }""");
        await Answer(office, HttpMethod.Post, $"{review}/convening", $$"""{ "reason": "{{Secret}}" }""");
        await Answer(department, HttpMethod.Put, $"{review}/agenda/E1/opinions/{Fgw}", $$"""{ "stance": "needMore", "ground": "{{Secret}}" }""");
        await Answer(chair, HttpMethod.Post, $"{review}/opening", "{}");
        await Answer(chair, HttpMethod.Post, $"{review}/agenda/E1/conclusion", $$"""{ "outcome": "adopted", "remarks": "{{Secret}}", "resolutions": [{ "action": "{{Secret}}", "deliverable": "{{Secret}}", "lead": "{{Fgw}}", "dueDate": "2026-03-20" }] }""");
        await Answer(chair, HttpMethod.Post, $"{review}/conclusion", "{}");
        await Answer(chair, HttpMethod.Post, $"{review}/issuing", "{}");
        await Answer(department, HttpMethod.Post, $"{resolution}/receipt", "{}");
        await Answer(department, HttpMethod.Post, $"{resolution}/progress", $$"""{ "progress": "{{Secret}}" }""");
        await Answer(department, HttpMethod.Post, $"{resolution}/extension", $$"""{ "dueDate": "2026-03-27", "reason": "{{Secret}}" }""");
        await Answer(department, HttpMethod.Post, $"{resolution}/completion", """{ "evidence": [{ "name": "批复" }] }""");
        await Answer(office, HttpMethod.Post, $"{resolution}/return", $$"""{ "reason": "{{Secret}}" }""");
        return told.ToString();

        async Task Answer(HttpClient client, HttpMethod method, string path, string body)
        {
            var key = (Name: "Idempotency-Key", Value: $"{method}{path.Replace('/', '-')}");
            var response = await (method == HttpMethod.Patch ? client.Patch(path, body, key) : method == HttpMethod.Put ? client.Put(path, body, key) : client.Post(path, body, key));
            var said = await response.Content.ReadAsStringAsync(Requests.Cancel);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {said}");
            told.Append(said);
        }
    }

    private static async Task Gone(ApiFixture api, string review, string series)
    {
        string[] papers = [.. from paper in (string[])["briefing", "report", "minutes"] from form in (string[])["", ".html"] select $"{review}/{paper}{form}"];
        string[] records = [review, series, .. await SessionsOf(api, series)];
        foreach (var path in (string[])[Reviews, Series, "/api/v1/resolutions", $"{review}/agenda/E1", $"{review}/agenda/proposal", .. papers, .. records, .. records.Select(r => $"{r}/history")])
            Assert.DoesNotContain(Secret, await Read(api, path), StringComparison.Ordinal);
        foreach (var paper in papers) Assert.Contains(paper.Contains("briefing", StringComparison.Ordinal) ? "〔已遮蔽〕" : "〔已遮蔽〕——通过", await Read(api, paper), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await Send(api, review), StringComparison.Ordinal);
        foreach (var record in records) Assert.True((await api.As(Role.Supervisor).Read($"{record}/history/verification")).GetProperty("valid").GetBoolean());
    }

    private static async Task<string> Read(ApiFixture api, string path)
    {
        var response = await api.As(Role.Office).Get(path);
        Assert.Equal(200, (int)response.StatusCode);

        // In pages the text would stand as it is, or as HTML has it.
        return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Requests.Cancel));
    }

    private static async Task<string[]> SessionsOf(ApiFixture api, string series) =>
        [.. (await api.As(Role.Office).Read($"{Reviews}?series={series[(series.LastIndexOf('/') + 1)..]}")).GetProperty("items").EnumerateArray().Select(r => $"{Reviews}/{r.GetProperty("id").GetString()}")];

    private static async Task<List<long>> Unerased(ApiFixture api, string record) =>
        [.. (await api.As(Role.Office).Read($"{record}/history/verification")).GetProperty("unerased").EnumerateArray().Select(u => u.GetInt64())];

    private static async Task<List<JsonElement>> History(ApiFixture api, string record) => [.. (await api.As(Role.Office).Read($"{record}/history?limit=200")).GetProperty("items").EnumerateArray()];

    // Where the text is, and as what.
    private static async Task<List<(long Sequence, string Text)>> Texts(ApiFixture api, string record) =>
        [.. from fact in await History(api, record) from member in fact.GetProperty("data").EnumerateObject() where member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Contains(Secret, StringComparison.Ordinal) select (fact.GetProperty("sequence").GetInt64(), member.Name)];

    private static async Task<int> RedactAll(ApiFixture api, string record)
    {
        var texts = await Texts(api, record);
        foreach (var (sequence, text) in texts) await Redact(api, record, sequence, text);
        return texts.Count;
    }

    private static async Task<JsonElement> Redact(ApiFixture api, string record, long sequence, string text) =>
        await (await api.As(Role.Office, "eva").Post($"{record}/history/{sequence}/redaction", $$"""{ "text": "{{text}}", "reason": "含个人信息" }""")).Body(200);
}
