using System.Text.Json.Nodes;
using Agency.People;
using Agency.Tests.Api.Http;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api.Approvals;

public sealed class ApprovalsApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Empty = """{ "materials": [] }""";

    private static int _projects;

    private readonly HttpClient _owner = api.As(Role.Owner, creditCode: Registration.Owner);
    private readonly HttpClient _department = api.As(Role.Department, department: "511300-FGW");
    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task An_item_goes_from_ready_to_approved()
    {
        var item = await Item();
        Assert.Equal("ready", (await (await _owner.Get(item)).Body(200)).GetProperty("state").GetString());
        var submitted = await _owner.Post($"{item}/submission", Empty);
        Assert.Equal(("submitted", 2), ((await submitted.Body(200)).GetProperty("state").GetString(), submitted.Version()));
        var asked = await (await _department.Post($"{item}/supplement-request", """{ "missing": ["声明"], "reason": "缺声明" }""")).Body(200);
        Assert.Equal("2026-04-01", asked.GetProperty("rounds")[0].GetProperty("supplementDueOn").GetString());
        await (await _owner.Post($"{item}/supplement", """{ "materials": [ { "name": "声明" } ] }""")).Body(200);
        var clock = (await (await _department.Post($"{item}/acceptance", "{}")).Body(200)).GetProperty("clock");
        Assert.Equal(("running", "2026-03-03", "yellow"), (clock.GetProperty("state").GetString(), clock.GetProperty("dueDate").GetString(), clock.GetProperty("light").GetString()));

        var suspended = await (await _department.Post($"{item}/suspension", """{ "procedure": "TZ", "announcedDays": 5, "reason": "听证" }""")).Body(200);
        Assert.Equal("听证", suspended.GetProperty("rounds")[0].GetProperty("suspensions")[0].GetProperty("reason").GetString());
        await (await _department.Post($"{item}/resumption", "{}")).Body(200);
        var decided = await _department.Post($"{item}/decision", """{ "outcome": "approved", "documentNumber": "川投资备〔2026〕1号", "validUntil": "2028-03-01" }""");
        var approved = await decided.Body(200);
        Assert.Equal("approved", approved.GetProperty("state").GetString());
        Assert.Equal("川投资备〔2026〕1号", approved.GetProperty("rounds")[0].GetProperty("decisionNumber").GetString());

        var got = await _owner.Get(item);
        Assert.Equal(decided.Headers.ETag, got.Headers.ETag);
        Assert.Equal(304, (int)(await _owner.Get(item, ("If-None-Match", got.Headers.ETag!.ToString()))).StatusCode);
    }

    [Theory]
    [InlineData("supplement-request", """{ "missing": ["又"], "reason": "又" }""", "item-not-submitted", "step-not-possible")]
    [InlineData("supplement", Empty, "item-not-submitted", "step-not-possible")]
    [InlineData("acceptance", "{}", "item-not-submitted", "step-not-possible")]
    [InlineData("materials", """{ "materials": [ { "name": "又" } ] }""", "item-not-submitted", "material-not-owed")]
    [InlineData("refusal", """{ "kind": "notRequired", "reason": "又" }""", "item-not-submitted", "step-not-possible")]
    [InlineData("resumption", "{}", "item-not-submitted", "step-not-possible")]
    [InlineData("extension", """{ "days": 1, "reason": "又", "grantedBy": "又" }""", "item-not-submitted", "not-extendable")]
    [InlineData("decision", """{ "outcome": "approved" }""", "item-not-submitted", null)]
    [InlineData("confirmation", "{}", "nothing-to-confirm", "nothing-to-confirm")]
    [InlineData("withdrawal", """{ "reason": "又" }""", "item-not-submitted", null)]
    [InlineData("submission", Empty, null, "item-already-submitted")]
    public async Task A_step_out_of_order_is_refused_by_the_state_and_changes_nothing(string step, string body, string? whenReady, string? whenAccepted)
    {
        var item = await Item();
        if (whenReady is not null) await Refused(whenReady);
        await (await _owner.Post($"{item}/submission", Empty)).Body(200);
        await (await _department.Post($"{item}/acceptance", "{}")).Body(200);
        if (whenAccepted is not null) await Refused(whenAccepted);

        async Task Refused(string code)
        {
            var before = (await _office.Get(item)).Headers.ETag;
            var client = step is "submission" or "supplement" or "materials" or "withdrawal" ? _owner : step == "confirmation" ? _office : _department;
            await (await client.Post($"{item}/{step}", body)).Problem(409, code);
            Assert.Equal(before, (await _office.Get(item)).Headers.ETag);
        }
    }

    [Theory]
    [InlineData("C08", "item-not-ready")]
    [InlineData("A08", "item-undetermined")]
    [InlineData("P12", "item-not-applicable")]
    public async Task An_item_that_is_not_to_be_submitted_yet_says_why(string item, string code) =>
        await (await _owner.Post(await Item(item, ("conditions", JsonNode.Parse("""{ "P12": false }"""))) + "/submission", Empty)).Problem(409, code);

    [Theory]
    [InlineData("acceptance", "{}")]
    [InlineData("decision", """{ "outcome": "approved" }""")]
    [InlineData("acceptance", """{ "occurredOn": "2030-01-01" }""")]
    public async Task Another_department_finds_no_item(string step, string body)
    {
        var item = await Item();
        await (await api.As(Role.Department, department: "511300-ZRZY").Post($"{item}/{step}", body)).Problem(404, "item-not-found");
        foreach (var stranger in (string[])["511302-FGW", "OWNER", "none"])
            await (await api.As(Role.Department, department: stranger).Post($"{item}/{step}", body)).Problem(404, "project-not-found");
    }

    [Theory]
    [InlineData(Role.Owner, "refusal", """{ "kind": "notRequired", "reason": "又" }""", "role-not-allowed")]
    [InlineData(Role.Owner, "acceptance", "{}", "step-not-yours")]
    [InlineData(Role.Department, "submission", Empty, "role-not-allowed")]
    [InlineData(Role.Department, "confirmation", "{}", "role-not-allowed")]
    [InlineData(Role.Manager, "submission", Empty, "role-not-allowed")]
    [InlineData(Role.Leadership, "decision", """{ "outcome": "approved" }""", "role-not-allowed")]
    [InlineData(Role.Supervisor, "acceptance", "{}", "role-not-allowed")]
    [InlineData(Role.Administrator, "withdrawal", """{ "reason": "又" }""", "role-not-allowed")]
    public async Task A_role_that_never_takes_a_step_is_forbidden_it(Role role, string step, string body, string code) =>
        await (await api.As(role, department: "511300-FGW", creditCode: Registration.Owner).Post($"{await Item()}/{step}", body)).Problem(403, code);

    [Fact]
    public async Task The_office_enters_a_departments_step_on_its_behalf()
    {
        var item = await Item();
        await (await _office.Post($"{item}/submission", """{ "materials": [], "onBehalfOf": "511300-FGW" }""")).Problem(422, "on-behalf-of-unneeded");
        await (await _office.Post($"{item}/submission", Empty)).Body(200);
        await (await _office.Post($"{item}/acceptance", "{}")).Problem(422, "on-behalf-of-missing");
        await (await _office.Post($"{item}/acceptance", """{ "onBehalfOf": "511300-ZJJ" }""")).Problem(422, "on-behalf-of-other");
        await (await _office.Post($"{item}/acceptance", """{ "onBehalfOf": "511300-FGW" }""")).Body(200);
    }

    [Fact]
    public async Task A_day_is_the_offices_never_in_the_future_and_never_before_the_last_step()
    {
        var item = await Item();
        await (await _office.Post($"{item}/submission", """{ "materials": [], "occurredOn": "2026-03-03" }""")).Problem(422, "future-day");
        await (await _office.Post($"{item}/submission", """{ "materials": [], "occurredOn": "2026-02-28" }""")).Problem(422, "late-reason-missing");
        await (await _owner.Post($"{item}/submission", """{ "materials": [], "occurredOn": "2026-03-02" }""")).Problem(422, "paper-entry-office-only");
        await (await _office.Post($"{item}/submission", """{ "materials": [], "occurredOn": "2026-02-28", "lateReason": "窗口补录" }""")).Body(200);
        await (await _office.Post($"{item}/acceptance", """{ "onBehalfOf": "511300-FGW", "occurredOn": "2026-02-27", "lateReason": "补录" }""")).Problem(409, "before-last-step");
        var accepted = await (await _office.Post($"{item}/acceptance", """{ "onBehalfOf": "511300-FGW", "occurredOn": "2026-03-01", "lateReason": "补录" }""")).Body(200);
        Assert.Equal("2026-03-01", accepted.GetProperty("rounds")[0].GetProperty("acceptedOn").GetString());
    }

    [Fact]
    public async Task If_Match_compares_with_the_items_own_version()
    {
        var (item, other) = (await Item(), $"{Registration.Path}/{Registration.Code(_projects)}");
        var submitted = await _owner.Post($"{item}/submission", Empty, ("If-Match", "\"0\""));
        await submitted.Body(200);
        await (await _office.Patch(other, """{ "name": "改名" }""")).Body(200);
        await (await _department.Post($"{item}/acceptance", "{}", ("If-Match", "\"1\""))).Problem(412, "version-mismatch");
        await (await _department.Post($"{item}/acceptance", "{}", ("If-Match", submitted.Headers.ETag!.ToString()))).Body(200);
        Assert.Equal(4, (await _office.Get(item)).Version());
    }

    [Theory]
    [InlineData("submission", """{ "materials": [ { "name": "甲" }, { "name": "甲" } ] }""", "/materials/1")]
    [InlineData("submission", """{ "materials": [ { "name": " " } ] }""", "/materials/0")]
    [InlineData("submission", """{ "materials": [], "documentNumber": "" }""", "/documentNumber")]
    [InlineData("supplement-request", """{ "missing": [], "reason": "又" }""", "/missing")]
    [InlineData("supplement-request", """{ "missing": ["甲", "甲"], "reason": "又" }""", "/missing/1")]
    [InlineData("materials", Empty, "/materials")]
    [InlineData("acceptance", """{ "tolerated": [ { "material": "甲", "dueOn": "2026-03-03" }, { "material": "甲", "dueOn": "2026-03-03" } ] }""", "/tolerated/1")]
    [InlineData("withdrawal", """{ "reason": " " }""", "/reason")]
    public async Task What_a_step_cannot_say_is_told_at_its_place(string step, string body, string at)
    {
        var client = step is "submission" or "materials" or "withdrawal" ? _owner : _department;
        Assert.Equal([at], (await (await client.Post($"{await Item()}/{step}", body)).Problem(422, "invalid-step")).ErrorsAt());
    }

    [Theory]
    [InlineData("submission", "{}", "missing-member", "/materials")]
    [InlineData("submission", """{ "materials": null }""", "wrong-type", "/materials")]
    [InlineData("submission", """{ "materials": [ null ] }""", "wrong-type", "/materials/0")]
    [InlineData("submission", """{ "materials": [ { "name": null } ] }""", "wrong-type", "/materials/0/name")]
    [InlineData("submission", """{ "materials": [], "reason": "又" }""", "unknown-member", "/reason")]
    [InlineData("withdrawal", """{ "reason": 1 }""", "wrong-type", "/reason")]
    [InlineData("withdrawal", """{ "reason": "又", "occurredOn": "02.03.2026" }""", "wrong-type", "/occurredOn")]
    public async Task What_cannot_be_read_is_told_with_its_place(string step, string body, string code, string at) =>
        Assert.Equal([at], (await (await _owner.Post($"{await Item()}/{step}", body)).Problem(400, code)).ErrorsAt());

    [Theory]
    [InlineData("suspension", """{ "procedure": "XX", "announcedDays": 5, "reason": "又" }""", "unknown-procedure")]
    [InlineData("suspension", """{ "procedure": "TZ", "announcedDays": 21, "reason": "又" }""", "announced-days")]
    [InlineData("suspension", """{ "procedure": "TZ", "announcedDays": 0, "reason": "又" }""", "announced-days")]
    [InlineData("suspension", """{ "procedure": "TZ", "announcedDays": 5 }""", "reason-missing")]
    [InlineData("decision", """{ "outcome": "denied" }""", "reason-missing")]
    [InlineData("decision", """{ "outcome": "approved", "validUntil": "2026-03-01" }""", "valid-until")]
    public async Task A_value_that_is_impossible_by_itself_is_refused(string step, string body, string code)
    {
        var item = await Item();
        await (await _owner.Post($"{item}/submission", Empty)).Body(200);
        await (await _department.Post($"{item}/acceptance", "{}")).Body(200);
        await (await _department.Post($"{item}/{step}", body)).Problem(422, code);
    }

    [Fact]
    public async Task What_there_is_not_is_not_found()
    {
        var item = await Item("Z99");
        await (await _owner.Post($"{item}/submission", Empty)).Problem(404, "item-not-found");
        await (await _owner.Post($"{Registration.Path}/{Registration.Code(999)}/approvals/A04/submission", Empty)).Problem(404, "project-not-found");
        await (await _owner.Post($"{Registration.Path}/none/approvals/A04/submission", Empty)).Problem(404, "project-not-found");
        await (await _owner.Post($"{await Item()}/appeal", "{}")).Problem(404, "not-found");
        await (await _owner.Get($"{await Item()}/submission")).Problem(405, "method-not-allowed");
    }

    // The path of an item of a project of its own.
    private async Task<string> Item(string item = "A04", params (string, JsonNode?)[] registration) =>
        $"{Registration.Path}/{await api.Registered(Interlocked.Increment(ref _projects), registration)}/approvals/{item}";
}
