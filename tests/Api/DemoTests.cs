using System.Text.Json;
using Agency.Demo;
using Agency.People;
using Agency.Tests.Api.Projects;

namespace Agency.Tests.Api;

public sealed class DemoTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_building_is_played_from_registration_to_completion()
    {
        var cancel = TestContext.Current.CancellationToken;
        var service = new Service(api.As(Role.Office));
        List<Demo.Progress> steps = [];
        Assert.True(await new Play(service).Run(steps.Add, cancel));

        var project = await service.Project(Building.Code, cancel);
        Assert.Equal("completed", project.State);
        Assert.InRange(project.Items.Applicable, 80, 125);
        Assert.Equal((project.Items.Applicable, 0), (project.Items.Approved, project.Items.Undetermined));
        Assert.InRange(project.CompletedOn!.Value, new(2025, 1, 1), new(2025, 12, 31));
        Assert.All(project.Stages, s => Assert.Equal("complete", s.State));
        Assert.All(project.Stages, s => Assert.InRange(s.Clock.UsedDays, 1, s.Clock.LimitDays));
        Assert.InRange(project.Clock.UsedDays, 1, project.Clock.LimitDays);

        var plan = await service.Plan(Building.Code, cancel);
        Assert.Equal([1, 2], project.Works.Select(w => w.Number));
        Assert.All(project.Works, w => Assert.True(w.PermittedOn?.AddDays(project.PlannedConstructionDays) <= w.FinishedOn));
        Assert.All(project.Works, w => Assert.InRange(plan.Items.Count(i => i.Approved && i.Work == w.Number), 30, 60));
        Assert.All(plan.Items.Where(i => i is { Stage: "S4", Applies: true }), i => Assert.True(i.Rounds[0].ReceivedOn > project.Works[i.Work!.Value - 1].FinishedOn));
        Assert.Contains(plan.Items, i => i is { Code: "B03@2", Work: 2, Approved: true });
        Assert.All(plan.Items.Where(i => i.Approved && i.Department != "OWNER"), i => Assert.True(i.Round.DeliveredOn > i.Round.DecidedOn));

        var rounds = plan.Items.SelectMany(i => i.Rounds).ToList();
        Assert.Contains(rounds, r => r.SupplementRequestedOn < r.ReceivedOn);
        Assert.Contains(rounds, r => r.Suspensions is [{ ResumedOn: not null }]);
        Assert.Contains(rounds, r => r.ExtensionDays > 0);
        Assert.Contains(rounds, r => r is { AcceptedBySystem: true, DecidedOn: not null });
        Assert.Contains(plan.Items, i => i is { Approved: true, Rounds.Count: 2 });

        var history = await service.History(Building.Code, cancel);
        string[] expected = ["supplement-request", "supplement", "suspension", "resumption", "extension", "deemed-acceptance", "work-divided", "works-finished", "delivery", "completed"];
        Assert.Subset(history.Select(f => f.Type).ToHashSet(), expected.ToHashSet());
        Assert.Contains(history, f => f is { Type: "decision", Data.Outcome: "denied" });
        Assert.Equal(2, history.Count(f => f.Type == "works-finished"));

        // Played again, there is nothing left to do, and the table is of the same building.
        Assert.False(await new Play(service).Run(_ => Assert.Fail("A step was taken of a complete project."), cancel));
        Assert.Contains("Approval days", string.Join('\n', Report.Of(project, plan, history)), StringComparison.Ordinal);
        await api.IsWhole();
    }

    [Fact]
    public async Task A_joint_conference_is_held_once_from_its_agenda_to_a_closed_resolution()
    {
        var cancel = TestContext.Current.CancellationToken;
        var service = new Service(api.As(Role.Office));
        var project = await api.Registered(7101);
        var review = await new Meeting(service).Hold(project, new(2026, 3, 2), cancel);
        Assert.Equal(review, await new Meeting(service).Hold(project, new(2026, 3, 2), cancel));
        var held = await service.Get<JsonElement>(review, cancel);
        Assert.Contains(held.GetProperty("state").GetString(), (string[])["issued", "archived"]);
        Assert.Equal("closed", held.GetProperty("resolutions")[0].GetProperty("state").GetString());
        Assert.EndsWith(": adopted", (await service.Get<JsonElement>($"{review}/minutes", cancel)).GetProperty("sections")[2].GetProperty("points")[0].GetProperty("text").GetString()!, StringComparison.Ordinal);
        await api.IsWhole();
    }

    [Fact]
    public async Task A_refusal_is_told_in_a_sentence()
    {
        var step = new Step(new(2024, 1, 8), "A01", "submission", new Dictionary<string, object?> { ["materials"] = Array.Empty<string>() });
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => new Service(api.As(Role.Office)).Take("2401-511302-04-01-999999", step, TestContext.Current.CancellationToken));
        Assert.Equal("project-not-found", refusal.Code);
        Assert.Contains("404 project-not-found: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_stand_below_each_other_with_wide_characters() =>
        Assert.Equal(["S1 施工许可  1", "SP           22"], TextTable.Lines([["S1 施工许可", "1"], ["SP", "22"]]));
}
