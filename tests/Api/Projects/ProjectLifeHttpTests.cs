using System.Text.Json;
using Agency.People;

namespace Agency.Tests.Api.Projects;

/// <summary>The whole life of a project over HTTP: one test for each thing that can happen to it.</summary>
public sealed class ProjectLifeHttpTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);

    [Fact]
    public async Task A_project_is_divided_and_merged()
    {
        var project = await _office.Registered("2026-511302-47-01-100001");
        await _office.Done($"{project}/works", new { name = "二标段", reason = "分标段施工" });
        var divided = await _office.Done($"{project}/works", new { reason = "r" });
        var codes = divided.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()).ToArray();
        Assert.Contains("B03", codes);
        Assert.Contains("B03@2", codes);
        Assert.Contains("C08@3", codes);
        Assert.DoesNotContain("A04@2", codes);
        var c08 = await _office.Item(project, "C08@2");
        Assert.Equal(2, c08.GetProperty("work").GetInt32());
        var prerequisites = c08.GetProperty("prerequisites").EnumerateArray().Select(p => p.GetString()).ToArray();
        Assert.Contains("B03@2", prerequisites);
        Assert.DoesNotContain("B03", prerequisites);
        Assert.Contains("A04", prerequisites);

        var (status, _) = await _office.Sent(HttpMethod.Delete, $"{project}/works/3?reason=r");
        Assert.Equal(200, status);
        var view = await _office.Read(project);
        Assert.Equal([1, 2], view.GetProperty("works").EnumerateArray().Select(w => w.GetProperty("number").GetInt32()));
        Assert.Equal("二标段", view.GetProperty("works")[1].GetProperty("name").GetString());
        var again = await _office.Done($"{project}/works", new { reason = "r" });
        Assert.Contains(again.GetProperty("items").EnumerateArray(), i => i.GetProperty("code").GetString() == "B03@4");
    }

    [Fact]
    public async Task Several_items_are_applied_for_as_one()
    {
        var project = await _office.Registered("2026-511302-47-01-100002", new { flow = "GOV_HOUSE", conditions = new { A01 = true, Z01 = false, A06 = true, A10 = false, A12 = false, A16 = false, A17 = false, LAND_ALLOCATED = true, LAND_GRANTED = false } });
        Assert.Equal("item-of-other-stage", await _office.Refused($"{project}/stages/S1/applications", new { items = (string[])["A01", "B01"] }));
        Assert.Equal("project-not-found", await api.As(Role.Owner, creditCode: "91510000000000000X").Refused($"{project}/stages/S1/applications", new { items = (string[])["A01", "B01"] }));
        Assert.Equal("item-not-ready", await _office.Refused($"{project}/stages/S1/applications", new { items = (string[])["A01", "A02"] }));
        var application = await _office.Done($"{project}/stages/S1/applications", new { items = (string[])["A01"], materials = new[] { new { name = "项目建议书" } } });
        Assert.Equal("2026-511302-47-01-100002-S1-01", application.GetProperty("parallelNumber").GetString());
        Assert.Equal("submitted", (await _office.Item(project, "A01")).GetProperty("state").GetString());

        var request = new { missing = new[] { new { item = "A01", material = "资金来源说明" } }, reason = "r" };
        Assert.Equal("application-not-found", await api.As(Role.Department, department: "511300-ZJJ").Refused($"{project}/stages/S1/applications/1/supplement-request", request));
        await api.As(Role.Department, department: "511300-ZRZY").Done($"{project}/stages/S1/applications/1/supplement-request", request);
        Assert.Equal("supplementRequested", (await _office.Item(project, "A01")).GetProperty("state").GetString());
        Assert.Equal("supplement-already-requested", await api.As(Role.Department, department: "511300-ZRZY").Refused($"{project}/stages/S1/applications/1/supplement-request", request));
    }

    [Fact]
    public async Task A_paused_project_takes_no_step_and_counts_no_day()
    {
        var project = await _office.Registered("2026-511302-47-01-100003");
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/approvals/A04/acceptance", new { onBehalfOf = "511300-FGW" });
        var paused = await _office.Done($"{project}/pause", new { reason = "资金未到位", documentNumber = "缓〔2026〕1号" });
        Assert.Equal(("paused", "grey"), (paused.GetProperty("state").GetString(), paused.GetProperty("light").GetString()));
        Assert.Equal("stopped", (await _office.Item(project, "A04")).GetProperty("clock").GetProperty("state").GetString());
        Assert.Equal("project-paused", await _office.Refused($"{project}/approvals/A04/decision", new { outcome = "approved", onBehalfOf = "511300-FGW" }));
        Assert.Equal("already-paused", await _office.Refused($"{project}/pause", new { reason = "r" }));
        await _office.Done($"{project}/continuation", new { reason = "资金到位" });
        await _office.Done($"{project}/approvals/A04/decision", new { outcome = "approved", onBehalfOf = "511300-FGW" });
        var ended = await _office.Done($"{project}/termination", new { reason = "业主放弃" });
        Assert.Equal("terminated", ended.GetProperty("state").GetString());
        Assert.Equal("project-terminated", await _office.Refused($"{project}/approvals/B03/submission", new { materials = Array.Empty<object>() }));
    }

    [Fact]
    public async Task A_delivered_approval_is_revoked_and_what_builds_on_it_is_marked()
    {
        var project = await _office.Registered("2026-511302-47-01-100004", new { conditions = new { LAND_GRANTED = false } });
        await Approved(project, "A04", "511300-FGW", validUntil: "2027-03-02");
        Assert.Equal("2027-03-02", (await _office.Read(project)).GetProperty("expiring")[0].GetProperty("validUntil").GetString());
        var delivered = await _office.Done($"{project}/approvals/A04/delivery", new { deliveryMethod = "窗口领取", documentNumber = "送〔2026〕1号", onBehalfOf = "511300-FGW" });
        Assert.Equal("2026-03-02", delivered.GetProperty("rounds")[0].GetProperty("deliveredOn").GetString());
        Assert.Equal(["decision", "delivery"], delivered.GetProperty("rounds")[0].GetProperty("notices").EnumerateArray().Select(n => n.GetProperty("step").GetString()));
        var b03 = await _office.Item(project, "B03");
        Assert.Equal("ready", b03.GetProperty("state").GetString());
        await _office.Done($"{project}/approvals/B03/submission", new { materials = Array.Empty<object>() });
        var revoked = await _office.Done($"{project}/approvals/A04/revocation", new { reason = "材料虚假", onBehalfOf = "511300-FGW" });
        Assert.Equal("revoked", revoked.GetProperty("state").GetString());
        b03 = await _office.Item(project, "B03");
        Assert.Equal(("submitted", true), (b03.GetProperty("state").GetString(), b03.GetProperty("basisChanged").GetBoolean()));
        await Approved(project, "A04", "511300-FGW");
    }

    [Fact]
    public async Task The_plan_is_changed_with_a_reason()
    {
        var project = await _office.Registered("2026-511302-47-01-100005");
        Assert.Equal("reason-required", await _office.Refused($"{project}/plan/changes", new { kind = "strike", item = "B03" }));
        Assert.Equal("invalid-plan-change", await _office.Refused($"{project}/plan/changes", new { kind = "strike", reason = "r" }));
        await _office.Done($"{project}/plan/changes", new { kind = "strike", item = "B03", reason = "r" });
        Assert.Equal("notApplicable", (await _office.Item(project, "B03")).GetProperty("state").GetString());
        await _office.Done($"{project}/plan/changes", new { kind = "restore", item = "B03", reason = "r" });
        await _office.Done($"{project}/plan/changes", new { kind = "add", item = "B01", reason = "r" });
        Assert.Contains("B01", (await _office.Item(project, "B03")).GetProperty("prerequisites").EnumerateArray().Select(p => p.GetString()));
        await _office.Done($"{project}/plan/changes", new { kind = "lowerLimit", item = "D03", limitDays = 2, reason = "r" });
        Assert.Equal(2, (await _office.Item(project, "D03")).GetProperty("clock").GetProperty("limitDays").GetInt32());
        await _office.Done($"{project}/plan/changes", new { kind = "answer", condition = "B10", answer = true, reason = "r" });
        Assert.Equal("exclusive-group-conflict", await Both());
        var moved = await _office.Done($"{project}/plan/changes", new { kind = "moveFlow", flow = "SOC_LAND", reason = "r" });
        Assert.Equal("SOC_LAND", moved.GetProperty("flow").GetString());
        Assert.Contains(moved.GetProperty("items").EnumerateArray(), i => i.GetProperty("code").GetString() == "B01");

        async Task<string?> Both()
        {
            await _office.Done($"{project}/plan/changes", new { kind = "answer", condition = "U03", answer = true, reason = "r" });
            return await _office.Refused($"{project}/plan/changes", new { kind = "answer", condition = "U04", answer = true, reason = "r" });
        }
    }

    [Fact]
    public async Task A_wrong_day_is_corrected_and_the_history_shows_both()
    {
        var project = await _office.Registered("2026-511302-47-01-100006", new { occurredOn = "2026-02-02", lateReason = "补录" });
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>(), occurredOn = "2026-02-03", lateReason = "补录" });
        await _office.Done($"{project}/approvals/A04/acceptance", new { occurredOn = "2026-02-05", lateReason = "补录", onBehalfOf = "511300-FGW" });
        Assert.Equal("correction-breaks", await _office.Refused($"{project}/corrections", new { corrections = new[] { new { sequence = 2, occurredOn = "2026-02-06" } }, reason = "r" }));
        Assert.Equal("not-correctable", await _office.Refused($"{project}/corrections", new { corrections = new[] { new { sequence = 1, occurredOn = "2026-02-01" } }, reason = "r" }));
        await _office.Done($"{project}/corrections", new { corrections = new[] { new { sequence = 2, occurredOn = "2026-02-06" }, new { sequence = 3, occurredOn = "2026-02-09" } }, reason = "日期登记错误" });
        var item = await _office.Item(project, "A04");
        Assert.Equal(("2026-02-06", "2026-02-09"), (item.GetProperty("rounds")[0].GetProperty("submittedOn").GetString(), item.GetProperty("rounds")[0].GetProperty("acceptedOn").GetString()));
        var history = (await _office.Read($"{project}/history")).GetProperty("items");
        Assert.Equal("2026-02-03", history[1].GetProperty("occurredOn").GetString());
        Assert.Equal([false, true, true, false, false], history.EnumerateArray().Select(h => h.GetProperty("corrected").GetBoolean()));
        Assert.Equal("correction-dated", await _office.Refused($"{project}/corrections", new { corrections = new[] { new { sequence = 5, occurredOn = "2026-02-10" } }, reason = "r" }));
        await _office.Done($"{project}/corrections", new { corrections = new[] { new { sequence = 5, values = new { occurredOn = "2026-02-10" } } }, reason = "更正之更正" });
        Assert.Equal("2026-02-10", (await _office.Item(project, "A04")).GetProperty("rounds")[0].GetProperty("acceptedOn").GetString());
        Assert.True((await _office.Read($"{project}/history/verification")).GetProperty("valid").GetBoolean());
    }

    private async Task<JsonElement> Approved(string project, string item, string department, string? validUntil = null)
    {
        await _office.Done($"{project}/approvals/{item}/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/approvals/{item}/acceptance", new { onBehalfOf = department });
        return await _office.Done($"{project}/approvals/{item}/decision", new { outcome = "approved", validUntil, documentNumber = "文〔2026〕1号", onBehalfOf = department });
    }
}
