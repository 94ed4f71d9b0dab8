using System.Text;
using System.Text.Json;
using Agency.People;
using Agency.Silo.Storage.Sqlite;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Records;
using Microsoft.Data.Sqlite;

namespace Agency.Tests.Api.Projects;

/// <summary>Free texts that the office takes out of the record.</summary>
public sealed class RedactionTests : IDisposable
{
    private const string Secret = "陈某某 13800138777";
    private const string A04 = "/approvals/A04";

    private static readonly string _project = $"{Registration.Path}/{Registration.Code(1)}";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("agency-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_redacted_text_is_gone_from_every_answer_and_every_file_and_the_chain_still_holds()
    {
        await using (var api = new KeptApi(_data))
        {
            var first = await Fill(api);
            Assert.Contains(Secret, first, StringComparison.Ordinal);
            Assert.Contains(Secret, await Told(api), StringComparison.Ordinal);
            Assert.True(_data.Keeps(Secret), "the test looks where the text would be");
            var texts = await Texts(api);
            Assert.Equal(10, texts.Count);
            foreach (var (sequence, text) in texts) await Redact(api, sequence, text);

            await Gone(api);
            Assert.False(_data.Keeps(Secret));
        }

        // As it is read from the store, too.
        await using var again = new KeptApi(_data);
        await Gone(again);
    }

    [Fact]
    public async Task The_history_says_who_redacted_what_and_why_and_the_reason_can_be_redacted_itself()
    {
        await using var api = new KeptApi(_data);
        await Fill(api);
        var (sequence, text) = (await Texts(api))[0];
        var redacted = await Redact(api, sequence, text);
        var recordedAs = redacted.GetProperty("recordedAs").GetInt64();
        Assert.Equal((sequence, text), (redacted.GetProperty("sequence").GetInt64(), redacted.GetProperty("text").GetString()));

        var fact = (await History(api))[(int)recordedAs - 1];
        Assert.Equal(("text-redacted", "eva", "office"), (fact.GetProperty("type").GetString(), fact.GetProperty("actor").GetString(), fact.GetProperty("role").GetString()));
        Assert.Equal($$"""{"sequence":{{sequence}},"text":"{{text}}","reason":"含个人信息"}""", fact.GetProperty("data").GetRawText());

        // Once more it is already so.
        Assert.Equal(recordedAs, (await Redact(api, sequence, text)).GetProperty("recordedAs").GetInt64());
        Assert.Equal(recordedAs, (await History(api)).Count);

        await Redact(api, recordedAs, "reason");
        Assert.Equal(JsonValueKind.Null, (await History(api))[(int)recordedAs - 1].GetProperty("data").GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task What_there_is_not_cannot_be_redacted_nor_can_others_than_the_office()
    {
        await using var api = new KeptApi(_data);
        await Fill(api);
        var (sequence, text) = (await Texts(api))[0];
        var office = api.As(Role.Office);
        await (await office.Post(Path(999), """{ "text": "reason", "reason": "r" }""")).Problem(404, "fact-not-found");
        await (await office.Post(Path(0), """{ "text": "reason", "reason": "r" }""")).Problem(404, "fact-not-found");
        await (await office.Post($"{Registration.Path}/{Registration.Code(9)}/history/1/redaction", """{ "text": "reason", "reason": "r" }""")).Problem(404, "project-not-found");
        var unknown = await (await office.Post(Path(sequence), $$"""{ "text": "{{Secret}}", "reason": "r" }""")).Problem(422, "invalid-redaction");
        Assert.Equal(["/text"], unknown.ErrorsAt());
        Assert.DoesNotContain("13800138777", unknown.GetRawText(), StringComparison.Ordinal);
        await (await office.Post(Path(sequence), $$"""{ "text": "{{text}}", "reason": " " }""")).Problem(422, "reason-required");
        await (await office.Post(Path(sequence), $$"""{ "text": "{{text}}", "reason": "r" }""", ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        await (await api.As(Role.Administrator).Post(Path(sequence), $$"""{ "text": "{{text}}", "reason": "r" }""")).Problem(403, "role-not-allowed");
        var redacted = (await Redact(api, sequence, text)).GetProperty("recordedAs").GetInt64();
        await (await office.Post($"{_project}/corrections", $$"""{ "corrections": [ { "sequence": {{redacted}}, "void": true } ], "reason": "r" }""")).Problem(409, "not-correctable");
    }

    [Fact]
    public async Task An_erasure_that_fails_is_done_after_the_next_start_and_nobody_is_told_the_text_meanwhile()
    {
        await using (var api = new KeptApi(_data, erases: false))
        {
            await Fill(api);
            foreach (var (sequence, text) in await Texts(api)) await Redact(api, sequence, text);
            Assert.True(_data.Keeps(Secret), "the store did not let go of it");
            await Gone(api);
            Assert.NotEmpty(await Unerased(api));
        }

        await using var again = new KeptApi(_data);
        await (await again.As(Role.Office).Get(Registration.Path)).Body(200);
        await Eventually.Holds(() => Task.FromResult(!_data.Keeps(Secret)));
        await Gone(again);
        Assert.Empty(await Unerased(again));
    }

    [Fact]
    public async Task A_repeat_erases_what_an_erasure_left_whose_marker_is_lost_and_is_no_other_fact()
    {
        List<(long Sequence, string Text)> texts;
        await using (var api = new KeptApi(_data, erases: false))
        {
            await Fill(api);
            texts = await Texts(api);
            foreach (var (sequence, text) in texts) await Redact(api, sequence, text);
        }

        using (var file = new SqliteSession(System.IO.Path.Combine(_data.FullName, SqliteDirectory.FileName), SqliteOpenMode.ReadWrite)) Assert.InRange(file.Execute("DELETE FROM markers"), 1, int.MaxValue);
        await using var again = new KeptApi(_data);
        var facts = (await History(again)).Count;
        Assert.True(_data.Keeps(Secret), "nothing is left by which it would be erased");
        foreach (var (sequence, text) in texts) await Redact(again, sequence, text);
        Assert.False(_data.Keeps(Secret));
        Assert.Empty(await Unerased(again));
        Assert.Equal(facts, (await History(again)).Count);
        await Gone(again);
    }

    // The text in a supplement request, a suspension, a problem, its escalation, a visit with a follow-up, and a coordination; and an
    // unrelated thing after each, so that it is not the last.
    private static async Task<string> Fill(ApiFixture api)
    {
        await api.Registered(1);
        var told = await Send(api);
        foreach (var path in (string[])["problems", "visits", "coordination"]) await (await api.As(Role.Office).Post($"{_project}/{path}", Bodies(path, "别的"))).Body(201);
        return told;
    }

    // Under keys: the same again is answered as it was, or as it then stands.
    private static async Task<string> Send(ApiFixture api)
    {
        var (told, department, office) = (new StringBuilder(), api.As(Role.Department, department: "511300-FGW"), api.As(Role.Office));
        await Post(api.As(Role.Owner, creditCode: Registration.Owner), $"{A04}/submission", """{ "materials": [] }""");
        await Post(department, $"{A04}/supplement-request", $$"""{ "missing": ["声明"], "reason": "{{Secret}}" }""");
        await Post(api.As(Role.Owner, creditCode: Registration.Owner), $"{A04}/supplement", """{ "materials": [] }""");
        await Post(department, $"{A04}/acceptance", "{}");
        await Post(department, $"{A04}/suspension", $$"""{ "procedure": "TZ", "announcedDays": 5, "reason": "{{Secret}}" }""");
        foreach (var path in (string[])["problems", "visits", "coordination"]) await Post(office, $"/{path}", Bodies(path, Secret));
        await Post(office, "/problems/P1/escalation", $$"""{ "reason": "{{Secret}}" }""");
        return told.ToString();

        async Task Post(HttpClient client, string path, string body)
        {
            var response = await client.Post(_project + path, body, ("Idempotency-Key", path.Replace('/', '-')));
            Assert.True(response.IsSuccessStatusCode, $"{path}: {await response.Content.ReadAsStringAsync(Requests.Cancel)}");
            told.Append($"{response.Headers.Location} {await response.Content.ReadAsStringAsync(Requests.Cancel)}");
            if (response.Headers.Location is { } made) Assert.EndsWith("1", made.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Bodies(string path, string text) => path switch
    {
        "problems" => $$"""{ "category": "land", "description": "{{text}}" }""",
        "visits" => $$"""{ "place": "{{text}}", "findings": "{{text}}", "followUps": [ { "what": "{{text}}", "dueOn": "2026-03-09" } ] }""",
        _ => $$"""{ "kind": "adHoc", "place": "{{text}}", "topic": "{{text}}", "conclusions": "{{text}}" }""",
    };

    private static async Task Gone(ApiFixture api)
    {
        Assert.DoesNotContain(Secret, await Told(api), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await Send(api), StringComparison.Ordinal);
        var verified = await (await api.As(Role.Supervisor).Get($"{_project}/history/verification")).Body(200);
        Assert.True(verified.GetProperty("valid").GetBoolean());
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Post($"{_project}{A04}/submission", """{ "materials": [ { "name": "别的" } ] }""", ("Idempotency-Key", "-approvals-A04-submission")))
            .Problem(422, "idempotency-key-reused");
    }

    private static async Task<string> Told(ApiFixture api)
    {
        var (told, office) = (new StringBuilder(), api.As(Role.Office));
        foreach (var path in (string[])["", "/plan", "/history", A04, "/problems", "/visits", "/coordination", "/ledger", "/mandate", "/history?limit=2"])
            told.Append((await (await office.Get(_project + path)).Body(200)).GetRawText());
        foreach (var path in (string[])["/plan?asOf=2026-03-02", $"/plan?recordedBy={Uri.EscapeDataString($"{api.Clock.GetUtcNow():O}")}"]) told.Append((await (await office.Get(_project + path)).Body(200)).GetRawText());
        foreach (var path in (string[])["/api/v1/projects", "/api/v1/departments/511300-FGW/worklist?since=2026-01-01T00:00:00Z"]) told.Append((await (await office.Get(path)).Body(200)).GetRawText());

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_project}/events");
        using var events = await office.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Requests.Cancel);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(Requests.Cancel));
        for (var left = (await History(api)).Count; left > 0;)
        {
            var line = await reader.ReadLineAsync(Requests.Cancel);
            told.Append(line);
            if (line!.StartsWith("data:", StringComparison.Ordinal)) left--;
        }

        return told.ToString();
    }

    private static async Task<List<long>> Unerased(ApiFixture api) =>
        [.. (await (await api.As(Role.Office).Get($"{_project}/history/verification")).Body(200)).GetProperty("unerased").EnumerateArray().Select(u => u.GetInt64())];

    private static async Task<List<JsonElement>> History(ApiFixture api) =>
        [.. (await (await api.As(Role.Office).Get($"{_project}/history?limit=200")).Body(200)).GetProperty("items").EnumerateArray()];

    // Where the text is, and as what.
    private static async Task<List<(long Sequence, string Text)>> Texts(ApiFixture api) =>
        [.. from fact in await History(api) from member in fact.GetProperty("data").EnumerateObject() where member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() == Secret select (fact.GetProperty("sequence").GetInt64(), member.Name)];

    private static async Task<JsonElement> Redact(ApiFixture api, long sequence, string text) =>
        await (await api.As(Role.Office, "eva").Post(Path(sequence), $$"""{ "text": "{{text}}", "reason": "含个人信息" }""")).Body(200);

    private static string Path(long sequence) => $"{_project}/history/{sequence}/redaction";
}
