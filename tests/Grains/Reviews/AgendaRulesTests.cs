using Agency.Clocks;
using Agency.People;
using Agency.Portfolio;
using Agency.Problems;
using Agency.Reviews;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;
using static Agency.Tests.Grains.Reviews.ReviewLife;

namespace Agency.Tests.Grains.Reviews;

/// <summary>What each rule of domain 11.2 proposes, and from which day to which. Today is Friday 2026-03-06, the day of the session.</summary>
public sealed class AgendaRulesTests
{
    private static readonly DateOnly _today = On(6);
    private static readonly AgendaCandidate _project = new("P", "厂房", Fgw, new(2026, 1, 5), [], false, new(2026, 1, 5));

    [Fact]
    public void Red_is_each_overdue_item_and_the_project_once()
    {
        OverdueClock[] red = [new(ClockScope.Item, "A01", Zjj, On(3), 3), new(ClockScope.Item, "A02", "OWNER", null, 2), new(ClockScope.Stage, "S1", null, On(4), 2), new(ClockScope.Total, "", null, On(5), 5)];
        Assert.Equal(
            [$"Red P A01 {Zjj} 2026-03-04 3", $"Red P A02 {Fgw}  2", $"Red P  {Fgw}  5"],
            AgendaRules.Red(_project with { Red = [.. red] }, _today, Shipped.Calendar).Select(Told));
        Assert.Empty(AgendaRules.Red(_project, _today, Shipped.Calendar));
    }

    [Fact]
    public void A_problem_is_proposed_with_the_days_at_its_level()
    {
        var problem = new ProblemView("P1", 1, ProblemStatus.Open, "A01", "land", null, ProblemLevel.JointReview, On(4), null, false, null, On(2), "ada", Role.Office, [], [], [], null);
        Assert.Equal($"Problem P A01 {Zjj} 2026-03-04 2", Told(AgendaRules.Problem(_project, problem, Zjj, _today, Shipped.Calendar)));
        Assert.Equal($"Problem P  {Fgw} 2026-03-04 2", Told(AgendaRules.Problem(_project, problem with { Item = null }, null, _today, Shipped.Calendar)));
    }

    [Theory]
    [InlineData(ResolutionStatus.Taken, 5, null)]
    [InlineData(ResolutionStatus.Given, 5, "2026-03-06 1")]
    [InlineData(ResolutionStatus.UnderWay, 5, "2026-03-06 1")]
    [InlineData(ResolutionStatus.UnderWay, 6, "2026-02-27 ")]
    [InlineData(ResolutionStatus.UnderWay, 7, "2026-02-27 ")]
    [InlineData(ResolutionStatus.UnderWay, 31, "2026-02-27 ")]
    [InlineData(ResolutionStatus.Completed, 5, "2026-02-27 ")]
    [InlineData(ResolutionStatus.Completed, 31, "2026-02-27 ")]
    [InlineData(ResolutionStatus.Closed, 5, null)]
    [InlineData(ResolutionStatus.Withdrawn, 5, null)]
    public void A_resolution_returns_until_it_is_closed(ResolutionStatus status, int due, string? told)
    {
        var proposed = AgendaRules.Resolutions("r0", Session(new(2026, 2, 27)) with { Resolutions = [new(3, status, Fgw, [Zjj], "P", On(due))] }, _today, Shipped.Calendar).ToArray();
        Assert.Equal(told is null ? [] : [$"Resolution P  {Fgw} {Zjj} {told}"], proposed.Select(Told));
        Assert.All(proposed, e => Assert.Equal("r0-3", e.Subject.Resolution));
    }

    [Fact]
    public void Overdue_resolutions_come_first_and_those_of_older_sessions_before_others()
    {
        var older = AgendaRules.Resolutions("r1", Session(new(2026, 1, 30)) with { Resolutions = [new(1, ResolutionStatus.UnderWay, Fgw, [], null, On(31)), new(2, ResolutionStatus.Given, Fgw, [], null, On(5))] }, _today, Shipped.Calendar);
        var newer = AgendaRules.Resolutions("r0", Session(new(2026, 2, 27)) with { Resolutions = [new(1, ResolutionStatus.Completed, Fgw, [], null, On(2)), new(2, ResolutionStatus.Given, Fgw, [], null, On(3))] }, _today, Shipped.Calendar);
        Assert.Equal(["r0-2", "r1-2", "r1-1", "r0-1"], AgendaRules.Proposed([.. newer, .. older], []).Select(e => e.Subject.Resolution));
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    [InlineData(21, true)]
    public void Without_progress_is_what_was_not_heard_of_for_so_many_working_days(int days, bool proposed)
    {
        var last = Shipped.Calendar.Add(_today, -days);
        Assert.Equal(proposed ? [$"NoProgress P  {Fgw} {last.AddDays(1):yyyy-MM-dd} {days}"] : [], AgendaRules.NoProgress(_project with { LastProgress = last }, _today, Shipped.Calendar, Cities.Shipped.Reviews).Select(Told));
        Assert.Empty(AgendaRules.NoProgress(_project with { LastProgress = null }, _today, Shipped.Calendar, Cities.Shipped.Reviews));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void A_project_is_new_for_so_many_working_days(int days, bool proposed)
    {
        var registered = Shipped.Calendar.Add(_today, -days);
        Assert.Equal(proposed ? [$"NewProject P  {Fgw} {registered:yyyy-MM-dd} "] : [], AgendaRules.New(_project with { RegisteredOn = registered }, _today, Shipped.Calendar, Cities.Shipped.Reviews).Select(Told));
    }

    [Theory]
    [InlineData(ReviewKind.JointConference, ReviewStatus.Concluded, 6, true)]
    [InlineData(ReviewKind.JointConference, ReviewStatus.Archived, 2, true)]
    [InlineData(ReviewKind.JointConference, ReviewStatus.Issued, 7, false)]
    [InlineData(ReviewKind.JointConference, ReviewStatus.InSession, 2, false)]
    [InlineData(ReviewKind.JointConference, ReviewStatus.Cancelled, 2, false)]
    [InlineData(ReviewKind.WorkingReview, ReviewStatus.Issued, 2, false)]
    public void What_was_deferred_comes_before_the_next_session_of_its_kind(ReviewKind kind, ReviewStatus status, int heldOn, bool proposed)
    {
        var session = Session(On(heldOn), kind, status) with { Deferred = [new("E1", Subject(Zjj))] };
        Assert.Equal(proposed ? [$"Deferred P  {Zjj} {On(heldOn):yyyy-MM-dd}  r0/E1"] : [], Deferred(("r0", session)).Select(Told));
    }

    [Fact]
    public void What_was_deferred_stays_proposed_until_a_session_takes_it_up()
    {
        var (nameless, older) = (Subject(Fgw) with { Project = null }, Session(new(2026, 1, 30)));
        older = older with { Deferred = [new("E1", nameless), new("E2", nameless)] };
        var between = Session(new(2026, 2, 27));
        Assert.Equal(["r0/E1", "r0/E2"], From(between));
        Assert.Equal(["r0/E2"], From(between with { TakenUp = ["r0/E1"] }));
        Assert.Equal(["r0/E2", "r2/E1"], From(between with { TakenUp = ["r0/E1"], Deferred = [new("E1", nameless with { DeferredFrom = "r0/E1" })] }));
        Assert.Equal(["r0/E1", "r0/E2"], From(between with { TakenUp = ["r0/E1"], Status = ReviewStatus.Cancelled }));
        Assert.Equal(["r0/E2"], From(between with { TakenUp = ["r0/E1"], Status = ReviewStatus.Drafted, Plan = Plan with { StartsAt = At(27, 9) } }));

        string?[] From(ReviewSummary session) => [.. Deferred(("r0", older), ("r2", session)).Select(e => e.Subject.DeferredFrom).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void What_is_on_the_agenda_is_not_proposed_and_no_matter_twice()
    {
        var nameless = Subject(Fgw) with { Project = null };
        ProposedEntry[] found =
        [
            .. Deferred(("r0", Session(On(2)) with { Deferred = [new("E1", nameless), new("E2", Subject(Zjj)), new("E3", Subject(Fgw) with { Item = "A01" }), new("E4", Subject(Fgw) with { Item = "A01" })] })),
            .. AgendaRules.Red(_project with { Red = [new(ClockScope.Item, "A01", Zjj, On(3), 3)] }, _today, Shipped.Calendar),
            .. AgendaRules.New(_project with { RegisteredOn = _today }, _today, Shipped.Calendar, Cities.Shipped.Reviews),
        ];

        // What was deferred and is red is what was deferred; a new project is on the agenda already by what was deferred of it.
        Assert.Equal([$"Red P A01 {Fgw} 2026-03-04 3 r0/E3", $"Deferred   {Fgw} 2026-03-02  r0/E1", $"Deferred P  {Zjj} 2026-03-02  r0/E2", $"Deferred P A01 {Fgw} 2026-03-02  r0/E4"], AgendaRules.Proposed(found, []).Select(Told));
        Assert.Equal(["r0/E1", "r0/E2", "r0/E4"], AgendaRules.Proposed(found, [Subject(Fgw) with { Item = "A01", DeferredFrom = "r0/E3" }]).Select(e => e.Subject.DeferredFrom));
        Assert.Equal(["r0/E3", "r0/E2", "r0/E4"], AgendaRules.Proposed(found, [nameless with { DeferredFrom = "r0/E1" }]).Select(e => e.Subject.DeferredFrom));
        Assert.Equal(["r0/E1", "r0/E2"], AgendaRules.Proposed(found, [nameless, Subject(Fgw) with { Item = "A01" }]).Select(e => e.Subject.DeferredFrom));
        Assert.Equal(["r0/E3", "r0/E1", "r0/E4"], AgendaRules.Proposed(found, [Subject(Fgw)]).Select(e => e.Subject.DeferredFrom));
    }

    private static IEnumerable<ProposedEntry> Deferred(params (string Id, ReviewSummary Summary)[] sessions) => AgendaRules.Deferred("r1", ReviewKind.JointConference, _today, sessions);

    private static ReviewSummary Session(DateOnly heldOn, ReviewKind kind = ReviewKind.JointConference, ReviewStatus status = ReviewStatus.Issued) =>
        new(kind, status, new(new(heldOn, new(9, 0), TimeSpan.FromHours(8)), null, null, null, null), null, null, [], [], [], true);

    private static string Told(ProposedEntry e) =>
        $"{e.Subject.Rule} {e.Subject.Project} {e.Subject.Item} {string.Join(' ', e.Subject.Departments)} {e.Since:yyyy-MM-dd} {e.WorkingDays}{(e.Subject.DeferredFrom is { } from ? $" {from}" : "")}";
}
