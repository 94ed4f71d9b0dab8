using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Ledgers;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Projects;

namespace Agency.Tests.Grains.Portfolio;

/// <summary>Which projects an agenda may have to speak of.</summary>
public sealed class AgendaCandidateTests
{
    private static readonly DateOnly _today = new(2026, 3, 6);

    [Fact]
    public void What_is_being_built_takes_no_place_among_those_without_progress()
    {
        var projects = Enumerable.Range(0, 6).Select(i => Quiet($"P{i}", _today.AddDays(-100 + i), building: i < 4));
        Assert.Equal(["P4", "P5"], Most(projects, limit: 2).Select(c => c.Code));
    }

    [Fact]
    public void What_was_recorded_lately_is_no_candidate_and_longer_quiet_comes_first()
    {
        ProjectSummary[] projects = [Quiet("P1", _today, false), Quiet("P2", _today.AddDays(-30), false), Quiet("P3", _today.AddDays(-31), false), Quiet("P4", _today.AddDays(-29), false)];
        Assert.Equal([("P3", _today.AddDays(-31)), ("P2", _today.AddDays(-30))], Most(projects, limit: 2).Select(c => (c.Code, c.LastProgress!.Value)));
    }

    [Fact]
    public void The_summary_knows_the_last_day_that_people_recorded_and_whether_it_is_being_built_until_they_do_again()
    {
        var (active, system) = (0, 0);
        Seeds.Each(300, seed =>
        {
            var life = new RandomLife(seed);
            for (var i = 0; i < 60; i++) life.Step();
            var summary = life.Summary("2026-511302-47-01-000001");
            Assert.Equal(life.State.Entries.Where(e => e.Actor.Role != Role.System).Max(e => ShanghaiTime.DayOf(e.RecordedAt)), summary.LastRecordedOn);
            if (life.State.Entries[^1].Actor.Role == Role.System) system++;
            if (summary.State != ProjectStatus.Active) return;

            // The holder of the last of many days on which nobody did anything.
            var later = new ProjectLedger(life.ViewsOn(ShanghaiTime.DayOf(life.State.Entries[^1].RecordedAt).AddDays(60)).Clocks).Charges();
            Assert.Equal(later is [.., { Claim: Claim.Construction }], summary.InConstruction);
            active++;
        });
        Assert.True(active > 100 && system > 10, $"{active} active, {system} end with what the system recorded");
    }

    [Fact]
    public void It_is_being_built_from_the_day_of_the_permit_to_that_of_the_report_while_nothing_else_runs()
    {
        var project = new HandLedProject(MilestoneRule.All, HandLedProject.Item("C08", "S3"), HandLedProject.Item("D02", "S4"), HandLedProject.Item("P01", "SP")) { Today = 9 };
        project.On(2, new Submission("C08", [])).On(3, new Acceptance("C08", []));
        Assert.False(IsBuilt());
        project.Today = 10;
        project.On(10, new ItemDecision("C08", DecisionOutcome.Approved, null, []));
        Assert.True(IsBuilt());
        project.Today = 12;
        Assert.True(IsBuilt());
        project.On(12, new Submission("P01", []));
        Assert.False(IsBuilt());
        project.On(12, new Withdrawal("P01"));
        Assert.True(IsBuilt());
        project.On(12, new WorksFinished(1, HandLedProject.March(12)));
        Assert.False(IsBuilt());

        bool IsBuilt() => ProjectLedger.IsInConstruction(project.Views().Clocks);
    }

    private static ImmutableArray<AgendaCandidate> Most(IEnumerable<ProjectSummary> projects, int limit)
    {
        var (newSince, quietSince) = (_today, _today.AddDays(-20));
        return AgendaCandidate.Most(projects.Select(p => AgendaCandidate.Of(p, newSince, quietSince, _today, RandomLife.Calendar, Cities.Shipped.Service)).OfType<AgendaCandidate>(), newSince, quietSince, limit);
    }

    private static ProjectSummary Quiet(string code, DateOnly last, bool building) =>
        new(ProjectSummary.CurrentFormat, code, null, "n", "o", null, null, null, null, null, "511300-ZJJ", ProjectStatus.Active, null, new DateOnly(2025, 1, 2), null, null, null, [], [], default, null) { LastRecordedOn = last, InConstruction = building };
}
