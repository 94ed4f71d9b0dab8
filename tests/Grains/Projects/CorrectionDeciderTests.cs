using Agency.Approvals;
using Agency.Catalogue;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using static Agency.Tests.Grains.Projects.HandLedProject;

namespace Agency.Tests.Grains.Projects;

public sealed class CorrectionDeciderTests
{
    [Fact]
    public void A_corrected_acceptance_takes_the_limit_of_its_day()
    {
        // 1 registered, 2 submission, 3 limit lowered, 4 acceptance, 5 and 6 corrections
        var project = new HandLedProject(MilestoneRule.All, Item("A")).On(2, new Submission("A", [])).On(5, new LimitLowered("A", 2)).On(6, new Acceptance("A", []));
        Assert.Equal(2, Limit());
        Assert.Null(project.Move(4, 4));
        Assert.Equal(5, Limit());
        Assert.Null(project.Correct(new Correction(5, null, """{ "occurredOn": "2026-03-05" }""", false)));
        Assert.Equal(2, Limit());
        Assert.Null(project.Correct(new Correction(6, null, null, Void: true)));
        Assert.Equal(5, Limit());

        int Limit() => project.State.Item("A").Round!.Terms!.LimitDays;
    }

    [Fact]
    public void What_silence_was_follows_a_corrected_pause()
    {
        // 1 registered, 2 submission of the 2nd, 3 paused, 4 continued, 5 deemed, 6 withdrawal
        var project = new HandLedProject(MilestoneRule.All, Item("A", deemed: true)).On(2, new Submission("A", [])).On(4, new ProjectPaused(null)).On(5, new ProjectContinued(null)).On(20, new Withdrawal("A"));
        Assert.Equal([March(11)], Deemed(project));
        Assert.Null(project.Move(4, 9));
        Assert.Equal([March(13)], Deemed(project));
        Assert.Equal([5L], ((Correction)project.State.Entries[6].Fact).Supersedes!);
        Assert.Contains(5, Corrections.Targets(project.State.Entries));
        Assert.Null(project.Correct(new Correction(4, null, null, Void: true)));
        Assert.Empty(Deemed(project));
    }

    [Fact]
    public void An_open_application_that_counted_as_accepted_still_does_after_a_correction()
    {
        // 1 registered, 2 submission, 3 deemed, 4 extension, 5 and 6 corrections
        var project = new HandLedProject(MilestoneRule.All, Item("A", days: 10, deemed: true)).On(2, new Submission("A", [])).On(10, new Extension("A", 2));
        Assert.Null(project.Correct(new Correction(4, null, null, Void: true), new Correction(2, March(3), null, false)));
        Assert.Equal([March(11)], Deemed(project));
    }

    [Fact]
    public void An_open_application_whose_silence_nobody_has_recorded_is_left_to_whoever_looks()
    {
        // 1 registered, 2 submission, 3 deemed, 4 withdrawal, 5 submission, 6 the other's
        var project = new HandLedProject(MilestoneRule.All, Item("A", deemed: true), Item("B")).On(2, new Submission("A", [])).On(12, new Withdrawal("A")).On(12, new Submission("A", [])).On(2, new Submission("B", []));
        Assert.Null(project.Correct(new Correction(2, March(3), null, false)));
        Assert.Null(project.Correct(new Correction(6, March(3), null, false)));
        Assert.Equal([March(11)], Deemed(project));
        Assert.Equal(RoundStatus.Submitted, project.State.Item("A").Round!.Status);
    }

    [Fact]
    public void With_all_steps_of_people_its_silence_is_void()
    {
        var project = new HandLedProject(MilestoneRule.All, Item("A", deemed: true)).On(2, new Submission("A", [])).On(20, new Withdrawal("A"));
        Assert.Null(project.Correct(new(2, null, null, true), new(4, null, null, true)));
        Assert.Empty(project.State.Items.GetValueOrDefault("A")?.Rounds ?? []);
    }

    [Fact]
    public void A_later_submission_can_stand_at_the_place_of_a_voided_one()
    {
        // 1 registered, 2 submission, 3 acceptance, 4 withdrawal, 5 submission
        var project = new HandLedProject(MilestoneRule.All, Item("A")).On(2, new Submission("A", [])).On(3, new Acceptance("A", [])).On(4, new Withdrawal("A")).On(5, new Submission("A", []));
        Assert.Null(project.Correct(new(2, null, null, true), new(5, March(2), null, false)));
        Assert.Equal(RoundStatus.Withdrawn, project.State.Item("A").Rounds.Single().Status);
    }

    [Fact]
    public void A_termination_that_stands_again_withdraws_what_was_submitted_meanwhile()
    {
        // 1 registered, 2 terminated, 3 correction, 4 submission
        var project = new HandLedProject(MilestoneRule.All, Item("A")).On(9, new ProjectTerminated(null));
        Assert.Null(project.Correct(new Correction(2, null, null, true)));
        project.On(5, new Submission("A", []));
        Assert.Null(project.Move(2, 6));
        Assert.Equal((RoundStatus.Withdrawn, March(6)), (project.State.Item("A").Round!.Status, project.State.Item("A").Round!.EndedOn!.Value));
    }

    [Fact]
    public void Without_its_acceptance_the_next_step_is_named_as_broken()
    {
        var project = new HandLedProject(MilestoneRule.All, Item("A")).On(2, new Submission("A", [])).On(3, new Acceptance("A", []), new Suspension("A", "TZ", 5)).On(5, new Extension("A", 2));
        var refusal = project.Correct(new Correction(3, null, null, Void: true));
        Assert.Equal("correction-breaks", refusal?.Code);
        Assert.Equal("4", refusal!.Arguments["sequence"]);
    }

    [Fact]
    public void Finished_works_cannot_be_moved_into_a_pause_or_behind_the_end()
    {
        // 1 registered, 2 to 4 the permit, 5 reached, 6 works finished, 7 paused, 8 continued, 9 terminated
        var project = new HandLedProject(MilestoneRule.All, Item("A", "S3"), Item("B", "S4")).Approved("A", 2, 3, 6)
            .On(9, new WorksFinished(1, March(9))).On(10, new ProjectPaused(null)).On(12, new ProjectContinued(null)).On(20, new ProjectTerminated(null));
        Assert.Equal("correction-breaks", project.Move(6, 11)?.Code);
        Assert.Equal("correction-breaks", project.Move(6, 21)?.Code);
        Assert.Null(project.Move(6, 13));
    }

    [Fact]
    public void A_work_whose_division_was_voided_leaves_its_number_unused()
    {
        var project = new HandLedProject(MilestoneRule.All, Item("A", "S3")).On(2, new WorkDivided(0, null));
        Assert.Null(project.Correct(new Correction(2, null, null, Void: true)));
        Assert.Equal([1, 3], project.On(3, new WorkDivided(0, null)).State.Plan!.Works);
    }

    [Fact]
    public void A_clock_that_stood_from_its_acceptance_to_its_withdrawal_keeps_its_due_day()
    {
        var project = new HandLedProject(MilestoneRule.All, Item("A", days: 0)).On(2, new Submission("A", [])).On(3, new Acceptance("A", []), new ProjectPaused(null)).On(10, new Withdrawal("A"));
        Assert.Equal(March(3), project.Views().Item("A").Clock.DueDate);
    }

    private static IEnumerable<DateOnly> Deemed(HandLedProject project) =>
        project.State.Item("A").Steps.Where(s => s.Fact is DeemedAcceptance && s.Actor.Role == Role.System).Select(s => s.OccurredOn);
}
