using System.Text.Json;
using Agency.Api.Http;
using Agency.Api.Ledgers;
using Agency.Calendar;
using Agency.Clocks;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Ledgers;

/// <summary>The ledger over HTTP: its shape, who sees it, of when it is asked, and its sentences. What it counts is in docs/clocks.md.</summary>
public sealed class LedgersApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] _totals = ["department", "window", "procedure", "outside", "construction", "owner", "nobody"];

    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_ledger_has_the_promised_members()
    {
        var project = await Lived("2026-511302-47-01-200001", _office);
        foreach (var (query, item, workingDays) in ((string, string?, JsonValueKind)[])[("", null, JsonValueKind.Number), ("?item=A06", "A06", JsonValueKind.Null)])
        {
            var answer = await _office.Get($"{project}/ledger{query}");
            var ledger = await answer.Body(200);
            Assert.Equal(["item", "from", "to", "days", "totals", "workingDays", "backFilled"], Names(ledger));
            Assert.All(ledger.GetProperty("days").EnumerateArray(), day => Assert.Equal(["date", "holder", "items", "counted", "reason"], Names(day)));
            Assert.Equal(_totals, Names(ledger.GetProperty("totals")));
            Assert.Equal(["entries", "of"], Names(ledger.GetProperty("backFilled")));
            Assert.Equal((item, workingDays), (ledger.GetProperty("item").GetString(), ledger.GetProperty("workingDays").ValueKind));
            Assert.Equal(304, (int)(await _office.Get($"{project}/ledger{query}", ("If-None-Match", answer.Headers.ETag!.ToString()))).StatusCode);
        }
    }

    [Fact]
    public async Task A_project_without_a_submission_has_no_day_yet()
    {
        var ledger = await _office.Read($"{await _office.Registered("2026-511302-47-01-200002")}/ledger");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (ledger.GetProperty("from").ValueKind, ledger.GetProperty("to").ValueKind));
        Assert.Empty(ledger.GetProperty("days").EnumerateArray());
        Assert.Equal(0, ledger.GetProperty("workingDays").GetInt32());
        Assert.All(_totals, holder => Assert.Equal(0, Total(ledger, holder)));
    }

    [Fact]
    public async Task What_there_is_not_is_not_found()
    {
        var project = await _office.Registered("2026-511302-47-01-200003");
        await (await _office.Get($"{project}/ledger?item=Z99")).Problem(404, "item-not-found");
        await (await _office.Get($"{project}/ledger?item=a04")).Problem(404, "item-not-found");
        await (await _office.Get("/api/v1/projects/2026-511302-47-01-299999/ledger")).Problem(404, "project-not-found");
        await (await _office.Get("/api/v1/projects/2026-511302-47-01-299999/ledger?item=A04")).Problem(404, "project-not-found");
        await (await _office.Get("/api/v1/projects/none/ledger")).Problem(404, "project-not-found");
    }

    [Fact]
    public async Task A_stranger_finds_nothing()
    {
        var project = await _office.Registered("2026-511302-47-01-200004");
        await (await api.As(Role.Owner, creditCode: Registration.Owner).Get($"{project}/ledger?item=A04")).Body(200);
        var stranger = api.As(Role.Owner, creditCode: Registration.OtherOwner);
        foreach (var query in (string[])["", "?item=A04", "?item=Z99"]) await (await stranger.Get($"{project}/ledger{query}")).Problem(404, "project-not-found");
    }

    [Fact]
    public async Task What_cannot_have_been_known_is_refused_by_its_name()
    {
        var project = await _office.Registered("2026-511302-47-01-200005");
        foreach (var (parameter, value, code) in ((string, string, string)[])[
            ("asOf", "2026-03-03", "past-only"),
            ("recordedBy", "2026-03-02T01:00:01Z", "past-only"),
            ("recordedBy", "2026-03-02T09:00:01%2B08:00", "past-only"),
            ("calendarVersion", "2", "unknown-calendar-version"),
            ("calendarVersion", "0", "unknown-calendar-version")])
        {
            foreach (var part in (string[])["", "/plan", "/ledger"])
                Assert.Equal([parameter], (await (await _office.Get($"{project}{part}?{parameter}={value}")).Problem(422, code)).ErrorsAt());
        }
    }

    [Fact]
    public async Task Today_and_now_can_be_asked_about()
    {
        var project = await _office.Registered("2026-511302-47-01-200009");
        foreach (var query in (string[])["asOf=2026-03-02", "recordedBy=2026-03-02T01:00:00Z", "calendarVersion=1", "asOf=2026-03-02&recordedBy=2026-03-02T09:00:00%2B08:00&calendarVersion=1"])
            await (await _office.Get($"{project}/ledger?{query}")).Body(200);
    }

    [Fact]
    public async Task Nothing_was_known_before_it_was_recorded()
    {
        var project = await _office.Registered("2026-511302-47-01-200010", new { occurredOn = "2026-02-09", lateReason = "补录" });
        await (await _office.Get($"{project}/ledger?asOf=2026-02-10")).Body(200);
        await (await _office.Get($"{project}/ledger?recordedBy=2026-03-02T00:59:59Z")).Problem(404, "project-not-found");
    }

    [Fact]
    public async Task A_changed_calendar_counts_at_once_and_the_one_before_it_still_on_demand()
    {
        await using var own = new ApiFixture();
        var (office, admin) = (own.As(Role.Office), own.As(Role.Administrator));
        var project = await office.Registered("2026-511302-47-01-200006", new { occurredOn = "2026-02-26", lateReason = "补录" });
        await office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>(), occurredOn = "2026-02-27", lateReason = "补录" });
        await office.Done($"{project}/approvals/A04/acceptance", new { occurredOn = "2026-02-27", lateReason = "补录", onBehalfOf = "511300-FGW" });
        foreach (var item in (string[])["", "&item=A04"])
        {
            var before = await office.Read($"{project}/ledger?asOf=2026-03-02{item}");
            Assert.Equal((2, "department", "调休上班"), (Total(before, "department"), Day(before, "2026-02-28").GetProperty("holder").GetString(), Reason(before, "2026-02-28")));
        }

        var year = await admin.Read("/api/v1/calendar/2026");
        var work = year.GetProperty("work").EnumerateArray().Select(d => d.GetString()).Where(d => d != "2026-02-28");
        await (await admin.Put("/api/v1/calendar/2026", JsonSerializer.Serialize(new { off = year.GetProperty("off"), work }))).Body(200);
        foreach (var item in (string[])["", "&item=A04"])
        {
            var (after, old) = (await office.Read($"{project}/ledger?asOf=2026-03-02{item}"), await office.Read($"{project}/ledger?calendarVersion=1{item}"));
            Assert.Equal((1, "nonWorking", "周末"), (Total(after, "department"), Day(after, "2026-02-28").GetProperty("holder").GetString(), Reason(after, "2026-02-28")));
            Assert.Equal((2, "department", "调休上班"), (Total(old, "department"), Day(old, "2026-02-28").GetProperty("holder").GetString(), Reason(old, "2026-02-28")));
        }
    }

    [Theory]
    [InlineData("zh-CN", "可以申报，尚未申报", "已收件，尚未受理", "补正告知后尚未补正", "调休上班；特别程序：专家评审（市自规局）", "放假", "特别程序：专家评审（市自规局）", "调休上班", "周末", "撤件后尚未重新申报")]
    [InlineData("en", "ready, not submitted", "submitted, not yet accepted", "a supplement is owed", "make-up working day; suspended: Expert review (市自规局)", "holiday", "suspended: Expert review (市自规局)", "make-up working day", "weekend", "withdrawn, not submitted again")]
    public async Task A_day_says_why_in_the_readers_language(
        string language, string ready, string submitted, string owed, string madeUpAndSuspended, string holiday, string suspended, string madeUp, string weekend, string withdrawn)
    {
        var project = await Lived($"2026-511302-47-01-2002{language.Length:00}", _office);
        var ledger = await (await _office.Get($"{project}/ledger?item=A06", ("Accept-Language", language))).Body(200);
        Assert.Equal(
            [ready, submitted, owed, submitted, madeUpAndSuspended, holiday, suspended, madeUp, weekend, withdrawn],
            ((string[])["02-10", "02-11", "02-12", "02-13", "02-14", "02-16", "02-24", "02-28", "03-01", "03-02"]).Select(d => Reason(ledger, $"2026-{d}")));
    }

    [Fact]
    public async Task A_day_that_counts_on_an_ordinary_working_day_needs_no_reason()
    {
        var project = await Lived("2026-511302-47-01-200007", _office, resumedOn: "2026-02-26");
        var ledger = await _office.Read($"{project}/ledger?item=A06");
        Assert.Equal((true, null), (Day(ledger, "2026-02-27").GetProperty("counted").GetBoolean(), Reason(ledger, "2026-02-27")));
    }

    [Fact]
    public void Every_reason_has_its_sentence_in_both_languages()
    {
        using var stream = typeof(LedgerAnswer).Assembly.GetManifestResourceStream("reasons.json");
        var texts = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream!)!;
        var names = Enum.GetValues<DayKind>().Where(k => k != DayKind.WorkingDay).Select(k => EnumNames.Of(k))
            .Concat(Enum.GetValues<Cause>().Where(c => c != Cause.Accepted).Select(c => EnumNames.Of(c)))
            .Append("separator").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["en", "zh-CN"], texts.Keys.Order(StringComparer.Ordinal));
        Assert.All(texts.Values, sentences =>
        {
            Assert.Equal(names, sentences.Keys.Order(StringComparer.Ordinal));
            Assert.All(sentences.Values, sentence => Assert.False(string.IsNullOrWhiteSpace(sentence)));
        });
    }

    [Fact]
    public async Task What_was_recorded_late_is_marked_in_the_history_and_counted_in_project_and_ledger()
    {
        var project = await _office.Registered("2026-511302-47-01-200008");
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>(), occurredOn = "2026-02-27", lateReason = "补录" });
        await _office.Done($"{project}/approvals/A04/acceptance", new { occurredOn = "2026-02-28", lateReason = "补录", onBehalfOf = "511300-FGW" });

        // Two working days late, the make-up Saturday among them; and one.
        var history = (await _office.Read($"{project}/history")).GetProperty("items");
        Assert.Equal([false, true, false], history.EnumerateArray().Select(h => h.GetProperty("backFilled").GetBoolean()));
        Assert.Equal((1, 3), Share(await _office.Read(project)));
        Assert.Equal((1, 3), Share(await _office.Read($"{project}/ledger")));
        Assert.Equal((1, 2), Share(await _office.Read($"{project}/ledger?item=A04")));

        await _office.Done($"{project}/corrections", new { corrections = new[] { new { sequence = 2, occurredOn = "2026-02-28" } }, reason = "日期登记错误" });
        Assert.Equal((0, 3), Share(await _office.Read($"{project}/ledger")));
        Assert.Equal((0, 2), Share(await _office.Read($"{project}/ledger?item=A04")));
    }

    // A06 of a government building over the Spring Festival, from paper.
    private static async Task<string> Lived(string code, HttpClient office, string resumedOn = "2026-02-27")
    {
        var project = await office.Registered(code, new { flow = "GOV_HOUSE", conditions = new { Z01 = false, A01 = false, A06 = true }, occurredOn = "2026-02-09", lateReason = "补录" });
        foreach (var (step, members) in ((string, string)[])[
            ("submission", """ "occurredOn": "2026-02-10", "materials": [] """),
            ("supplement-request", """ "occurredOn": "2026-02-11", "missing": ["选址论证报告"], "reason": "缺", "onBehalfOf": "511300-ZRZY" """),
            ("supplement", """ "occurredOn": "2026-02-12", "materials": [] """),
            ("acceptance", """ "occurredOn": "2026-02-13", "onBehalfOf": "511300-ZRZY" """),
            ("suspension", """ "occurredOn": "2026-02-13", "procedure": "ZJPS", "announcedDays": 5, "reason": "专家评审", "onBehalfOf": "511300-ZRZY" """),
            ("resumption", $$""" "occurredOn": "{{resumedOn}}", "onBehalfOf": "511300-ZRZY" """),
            ("withdrawal", """ "occurredOn": "2026-02-28", "reason": "撤回" """)])
            await (await office.Post($"{project}/approvals/A06/{step}", $$"""{ "lateReason": "补录", {{members}} }""")).Body(200);
        return project;
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(m => m.Name)];

    private static int Total(JsonElement ledger, string holder) => ledger.GetProperty("totals").GetProperty(holder).GetInt32();

    private static JsonElement Day(JsonElement ledger, string date) => ledger.GetProperty("days").EnumerateArray().Single(d => d.GetProperty("date").GetString() == date);

    private static string? Reason(JsonElement ledger, string date) => Day(ledger, date).GetProperty("reason").GetString();

    private static (int Entries, int Of) Share(JsonElement answer) =>
        (answer.GetProperty("backFilled").GetProperty("entries").GetInt32(), answer.GetProperty("backFilled").GetProperty("of").GetInt32());
}
