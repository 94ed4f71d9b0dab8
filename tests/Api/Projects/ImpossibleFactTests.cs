using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Agency.People;

namespace Agency.Tests.Api.Projects;

/// <summary>What a record cannot be brought to say.</summary>
public sealed class ImpossibleFactTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _office = api.As(Role.Office);

    [Theory]
    [InlineData("2026-511302-47-01-200001", "{\"details\":{}}")]
    [InlineData("2026-511302-47-01-200002", "{\"details\":{\"name\":\"\",\"ownerName\":\"o\",\"ownerCreditCode\":\"X\",\"leadDepartment\":\"Z\",\"keyLevel\":\"other\",\"aliases\":[]}}")]
    [InlineData("2026-511302-47-01-200003", "{\"details\":{\"name\":\"n\",\"ownerName\":\"o\",\"ownerCreditCode\":\"91511302MA62900AX9\",\"leadDepartment\":\"511300-ZJJ\",\"keyLevel\":\"other\",\"aliases\":[\"2026-511302-47-01-299999\"]}}")]
    public async Task Details_are_corrected_to_what_they_could_be_alone(string code, string values)
    {
        var project = await _office.Registered(code);
        Assert.Equal(200, (await _office.Sent(HttpMethod.Patch, project, new { name = "新名称" })).Status);
        Assert.Equal("invalid-correction", await Corrected(project, 2, values));
        Assert.Equal("新名称", (await _office.Read(project)).GetProperty("name").GetString());
        Assert.Equal(2, (await _office.Read($"{project}/history")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Plan_changes_are_corrected_to_what_they_could_be_alone()
    {
        var project = await _office.Registered("2026-511302-47-01-200010");
        await _office.Done($"{project}/plan/changes", new { kind = "lowerLimit", item = "D03", limitDays = 2, reason = "r" });
        await _office.Done($"{project}/plan/changes", new { kind = "moveFlow", flow = "SOC_LAND", reason = "r" });
        Assert.Equal("invalid-correction", await Corrected(project, 2, "{\"limitDays\":2147483647}"));
        Assert.Equal("invalid-correction", await Corrected(project, 2, "{\"limitDays\":-5}"));
        Assert.Equal("invalid-correction", await Corrected(project, 3, "{\"flow\":\"NONE\"}"));
        Assert.Equal("invalid-correction", await Corrected(project, 3, "{\"flowVersion\":99}"));
        Assert.Null(await Corrected(project, 2, "{\"limitDays\":1}"));
    }

    [Fact]
    public async Task A_correction_is_corrected_to_a_possible_one_alone()
    {
        var project = await _office.Registered("2026-511302-47-01-200020");
        await _office.Done($"{project}/approvals/A04/submission", new { materials = Array.Empty<object>() });
        await _office.Done($"{project}/corrections", new { corrections = new[] { new { sequence = 2, occurredOn = "2026-02-27" } }, reason = "r" });
        foreach (var values in new[] { "not json", "null", "[]", "{\\\"nonsense\\\":1}", "{\\\"item\\\":\\\"B03\\\"}" })
            Assert.Equal("invalid-correction", await Corrected(project, 3, $"{{\"values\":\"{values}\"}}"));
        Assert.Equal("future-day", await Corrected(project, 3, "{\"occurredOn\":\"9999-12-31\"}"));
        Assert.Equal("day-too-early", await Corrected(project, 3, "{\"occurredOn\":\"0001-01-01\"}"));
        Assert.Equal("wrong-type", await Corrected(project, 2, "{\"documentNumber\":\"\\ud800\"}"));
        Assert.Equal("too-many-corrections", await _office.Refused($"{project}/corrections", new { corrections = Enumerable.Repeat(new { sequence = 2, occurredOn = "2026-02-26" }, 201), reason = "r" }));
        Assert.Equal(3, (await _office.Read($"{project}/history")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_stage_application_keeps_its_number_and_items()
    {
        var project = await _office.Registered("2026-511302-47-01-200030", new { flow = "GOV_HOUSE", conditions = new { A01 = true, Z01 = false, A06 = true, A10 = false, A12 = false, A16 = false, A17 = false, LAND_ALLOCATED = true, LAND_GRANTED = false } });
        await _office.Done($"{project}/stages/S1/applications", new { items = (string[])["A01"] });
        Assert.Equal("invalid-correction", await Corrected(project, 2, "{\"items\":[\"ZZZ\"]}"));
        Assert.Equal("invalid-correction", await Corrected(project, 2, "{\"stage\":\"S9\"}"));
        await _office.Done($"{project}/corrections", new { corrections = new[] { new { sequence = 2, @void = true }, new { sequence = 3, @void = true } }, reason = "r" });
        var again = await _office.Done($"{project}/stages/S1/applications", new { items = (string[])["A01"] });
        Assert.Equal("2026-511302-47-01-200030-S1-02", again.GetProperty("parallelNumber").GetString());

        var flow = new { name = "n", effectiveFrom = "2020-01-01", totalLimitDays = 10, stages = new[] { new { code = "S2", limitDays = 10 } }, items = new[] { new { item = "X1", name = "n", stage = "S2", organ = "SWJ", limitDays = 5 } } };
        Assert.Equal(200, (await api.As(Role.Administrator).Sent(HttpMethod.Put, "/api/v1/catalogue/flows/ONE_STAGE", flow)).Status);
        await _office.Done($"{project}/plan/changes", new { kind = "moveFlow", flow = "ONE_STAGE", reason = "r" });
        var request = new { missing = new[] { new { item = "A01", material = "m" } }, reason = "r" };
        Assert.Equal("stage-not-found", await api.As(Role.Department, department: "511300-ZRZY").Refused($"{project}/stages/S1/applications/2/supplement-request", request));
    }

    [Fact]
    public async Task Texts_and_numbers_have_an_end()
    {
        var project = await _office.Registered("2026-511302-47-01-200040");
        var (text, number) = (new string('x', 4001), new string('x', 201));
        Assert.Equal("invalid-step", await _office.Refused($"{project}/pause", new { reason = text }));
        Assert.Equal("invalid-step", await _office.Refused($"{project}/pause", new { reason = "r", documentNumber = number }));
        Assert.Equal("invalid-step", await _office.Refused($"{project}/works", new { reason = "r", name = number }));
        Assert.Equal("invalid-step", await _office.Refused($"{project}/plan/changes", new { kind = "strike", item = "B03", reason = text }));
        Assert.Equal("invalid-step", await _office.Refused($"{project}/approvals/A04/submission", new { materials = new[] { new { name = "a\u0000b" } } }));
        Assert.Equal(1, (await _office.Read($"{project}/history")).GetProperty("total").GetInt32());
    }

    // The code of the refusal; null if it was done.
    private async Task<string?> Corrected(string project, int sequence, string values)
    {
        using var content = new StringContent($"{{\"corrections\":[{{\"sequence\":{sequence},\"values\":{values}}}],\"reason\":\"r\"}}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await _office.PostAsync($"{project}/corrections", content, TestContext.Current.CancellationToken);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.IsSuccessStatusCode ? null : body.RootElement.GetProperty("code").GetString();
    }
}
