using Agency.Approvals;
using Agency.Catalogue;
using Agency.Projects;
using Agency.Projects.Plans;
using static Agency.Tests.Grains.Projects.HandLedProject;

namespace Agency.Tests.Grains.Projects;

/// <summary>A stage is reached on the first day at whose end its milestone stood (domain 6.7), in whatever order it was recorded.</summary>
public sealed class MilestonesTests
{
    [Fact]
    public void An_earlier_approval_entered_later_reaches_the_stage_earlier()
    {
        var project = new HandLedProject(MilestoneRule.Any, Item("A"), Item("B")).Approved("A", 2, 3, 6).Approved("B", 2, 3, 5);
        Assert.Equal(March(5), project.State.Reached["S1"]);
        Assert.Equal((March(5), null), (Reached(project, 5), Reached(project, 4)));
        Assert.Equal([(false, March(6)), (true, March(6)), (false, March(5))], Recorded(project));
    }

    [Fact]
    public void An_approval_of_before_the_division_reaches_the_stage_though_it_is_entered_after_it()
    {
        var project = new HandLedProject(MilestoneRule.All, Item("A", "S3")).On(16, new WorkDivided(0, null)).Approved("A", 2, 3, 6);
        Assert.Equal(March(6), project.State.Reached["S3"]);
        Assert.Equal(March(16), new HandLedProject(MilestoneRule.All, Item("A", "S3"), Item("B", "S3")).On(16, new ItemStruck("B")).Approved("A", 2, 3, 6).State.Reached["S3"]);
    }

    [Fact]
    public void A_work_with_steps_of_before_its_division_is_waited_for()
    {
        var project = new HandLedProject(MilestoneRule.All, Item("A", "S3")).On(16, new WorkDivided(0, null)).On(5, new Submission("A@2", [])).Approved("A", 2, 3, 6);
        Assert.Empty(project.State.Reached);
        Assert.NotNull(project.Views(asOf: 6).Ledger("A@2"));
        project.On(17, new Acceptance("A@2", []), new ItemDecision("A@2", DecisionOutcome.Approved, null, []));
        Assert.Equal((March(17), March(6)), (project.State.Reached["S3"], project.Views().Clocks.PermittedOn(1)));
    }

    [Fact]
    public void A_revocation_undoes_what_was_reached_on_its_own_day_alone()
    {
        var sameDay = new HandLedProject(MilestoneRule.All, Item("A")).Approved("A", 2, 3, 6).On(6, new Revocation("A"));
        var later = new HandLedProject(MilestoneRule.All, Item("A"), Item("B")).Approved("A", 2, 3, 6).On(2, new Submission("B", [])).On(3, new Acceptance("B", []))
            .On(9, new Revocation("A")).On(7, new ItemDecision("B", DecisionOutcome.Approved, null, []));
        Assert.Empty(sameDay.State.Reached);
        Assert.Equal(March(7), later.State.Reached["S1"]);
    }

    [Fact]
    public void A_past_day_knows_nothing_of_what_completed_or_reopened_the_project_since()
    {
        var project = new HandLedProject(MilestoneRule.All, Item("A", "S3")).Approved("A", 2, 3, 6).On(16, new WorkDivided(0, null));
        Assert.Null(project.State.CompletedOn);
        Assert.Equal((March(6), null), (project.Views(asOf: 15).Clocks.State.CompletedOn, project.Views(asOf: 5).Clocks.State.CompletedOn));
    }

    private static DateOnly? Reached(HandLedProject project, int asOf) => project.Views(asOf).Clocks.State.Reached is var reached && reached.TryGetValue("S1", out var day) ? day : null;

    private static IEnumerable<(bool Voided, DateOnly Day)> Recorded(HandLedProject project) =>
        project.State.Entries.Where(e => e.Fact is StageReached).Select(e => (((StageReached)e.Fact).Voided, e.OccurredOn));
}
