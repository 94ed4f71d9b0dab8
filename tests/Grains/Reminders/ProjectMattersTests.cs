using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.Mandates;
using Agency.Notifications;
using Agency.Problems;
using Agency.Projects;
using Agency.Ratings;
using Agency.Reminders;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Projects;
using Agency.Tests.Grains.Services;
using Agency.Visits;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Reminders;

public sealed class ProjectMattersTests
{
    private static readonly DepartmentCodes _departments = new(Cities.Shipped);
    private static readonly DateOnly _monday = new(2026, 3, 9);

    [Fact]
    public void Each_thing_that_stands_is_due_when_it_is_said_to_be()
    {
        var project = new ServedProject(new(2026, 3, 2)).Record(
            _monday,
            new VisitMade("V1", _monday, null, [new(new(2026, 3, 20), "511300-FGW"), new(new(2026, 3, 21))]),
            new MandateRequested(1, MandateScope.Full, [], [], null, new(2026, 12, 31)),
            new ProblemRaised("P1", null, "land", ProblemLevel.Manager, null, null, []),
            new ProblemRaised("P2", null, "land", ProblemLevel.Office, "li", new(2026, 3, 11), []),
            new ServiceRated("R1", RatingSubject.Agency, null, Satisfaction.VeryDissatisfied),
            new Submission("A", []));
        var due = Of(project).ToDictionary(m => (m.Kind, m.Code));
        Assert.Equal((new DateOnly(2026, 3, 16), "511300-ZJJ"), (due[(MatterKind.Answer, "A")].Day, due[(MatterKind.Answer, "A")].Department));
        Assert.Equal(new(2026, 3, 16), due[(MatterKind.Visit, "")].Day);
        Assert.Equal(new(2026, 3, 11), due[(MatterKind.Mandate, "")].Day);
        Assert.Equal((new DateOnly(2026, 3, 20), "511300-FGW"), (due[(MatterKind.FollowUp, "V1/1")].Day, due[(MatterKind.FollowUp, "V1/1")].Department));
        Assert.Null(due[(MatterKind.FollowUp, "V1/2")].Department);
        Assert.Equal((new DateOnly(2026, 3, 12), "Manager"), (due[(MatterKind.Problem, "P1")].Day, due[(MatterKind.Problem, "P1")].Person));
        Assert.Equal((new DateOnly(2026, 3, 11), "li"), (due[(MatterKind.Problem, "P2")].Day, due[(MatterKind.Problem, "P2")].Person));
        Assert.Equal(new(2026, 3, 30), due[(MatterKind.Case, "R1")].Day);
        Assert.Equal(_monday, due[(MatterKind.Progress, "")].Day);

        // As the worklists have it.
        Assert.Equal(project.On(_monday).VisitPlan.NextVisitDueOn, due[(MatterKind.Visit, "")].Day);
        Assert.Equal(project.On(_monday).Ratings.All[0].Case!.DueOn, due[(MatterKind.Case, "R1")].Day);
    }

    [Fact]
    public void An_item_is_followed_through_its_round()
    {
        var project = new ServedProject(new(2026, 3, 2)).Record(_monday, new Submission("A", []), new SupplementRequest("A", ["plan"], new(2026, 4, 8)));
        Assert.Equal(new(2026, 4, 8), Only(project, MatterKind.Supplement)!.Value.Day);

        project.Record(new(2026, 3, 10), new Supplement("A", []), new Acceptance("A", [new("map", new(2026, 3, 16))], Terms));
        Assert.Null(Only(project, MatterKind.Supplement));
        Assert.Null(Only(project, MatterKind.Answer));
        Assert.Equal(new(2026, 3, 16), Only(project, MatterKind.Material)!.Value.Day);
        Assert.Equal((new DateOnly(2026, 3, 17), new DateOnly(2026, 3, 16)), (Only(project, MatterKind.Item)!.Value.Day, Only(project, MatterKind.ItemYellow)!.Value.Day));
        Assert.Equal(new(2026, 3, 17), Only(project, MatterKind.ItemYellow)!.Value.Until);

        // While it stands there is no due date, but a day on which it was to go on.
        project.Record(new(2026, 3, 11), new Suspension("A", "ZB", 4));
        Assert.Null(Only(project, MatterKind.Item));
        Assert.Equal(new(2026, 3, 17), Only(project, MatterKind.Procedure)!.Value.Day);

        project.Record(new(2026, 3, 12), new Resumption("A", "ZB"), new HandIn("A", [new("map")]), new ItemDecision("A", DecisionOutcome.Approved, new(2027, 3, 12), []));
        Assert.Null(Only(project, MatterKind.Material));
        Assert.Equal((new DateOnly(2026, 3, 26), new DateOnly(2027, 3, 12)), (Only(project, MatterKind.Delivery)!.Value.Day, Only(project, MatterKind.Validity)!.Value.Day));

        project.Record(new(2026, 3, 13), new Approvals.Delivery("A", "counter"));
        Assert.Null(Only(project, MatterKind.Delivery));
    }

    [Fact]
    public void A_project_that_stands_still_or_has_ended_is_left_alone_but_for_what_is_still_to_be_done()
    {
        ServedProject Running() => new ServedProject(new(2026, 3, 2)).Decided("A", _monday).Record(
            _monday, new ServiceRated("R1", RatingSubject.Agency, null, Satisfaction.Dissatisfied), new ProblemRaised("P1", null, "land", ProblemLevel.Manager, null, null, []));
        Assert.Empty(Of(Running().Record(new(2026, 3, 10), new ProjectPaused(null))));
        Assert.Equal([MatterKind.Delivery, MatterKind.Case], Of(Running().Record(new(2026, 3, 10), new ProjectCompleted())).Select(m => m.Kind));
        Assert.Contains(Of(Running().Record(new(2026, 3, 10), new ProjectPaused(null)).Record(new(2026, 3, 11), new ProjectContinued(null))), m => m.Kind == MatterKind.Problem);
    }

    [Fact]
    public void Paused_days_are_no_days_to_answer()
    {
        var project = new ServedProject(new(2026, 3, 2)).Record(_monday, new Submission("A", [])).Record(new(2026, 3, 11), new ProjectPaused(null)).Record(new(2026, 3, 18), new ProjectContinued(null));
        Assert.Equal(new(2026, 3, 23), Only(project, MatterKind.Answer)!.Value.Day);
    }

    [Fact]
    public void What_is_to_be_recorded_is_known_ahead()
    {
        var project = new ServedProject(new(2026, 3, 2)).Record(_monday, new ProblemRaised("P1", null, "land", ProblemLevel.Manager, null, null, []));
        Assert.Equal(new(2026, 3, 13), ProjectMatters.RecordOn(SummaryOf(project), ServedProject.Calendar, ServedProject.Rules));
        project.Record(new(2026, 3, 13), new ProblemRisen("P1", ProblemLevel.Office));
        Assert.Equal(new(2026, 3, 21), ProjectMatters.RecordOn(SummaryOf(project), ServedProject.Calendar, ServedProject.Rules));
        Assert.Equal((new DateOnly(2026, 3, 13), "P1"), (Only(project, MatterKind.ProblemRisen)!.Value.Day, Only(project, MatterKind.ProblemRisen)!.Value.Code));

        // Silence: after the last day to answer, but five working days after its receipt was recorded.
        var silent = SummaryOf(new ServedProject()) with { OpenProblems = [], Matters = [new(MatterKind.Answer, "A", _monday, 5, RecordedOn: _monday)] };
        Assert.Equal(new(2026, 3, 17), ProjectMatters.RecordOn(silent, ServedProject.Calendar, ServedProject.Rules));
        Assert.Equal(new(2026, 3, 24), ProjectMatters.RecordOn(silent with { Matters = [silent.Matters[0] with { RecordedOn = new(2026, 3, 17) }] }, ServedProject.Calendar, ServedProject.Rules));
        Assert.Null(ProjectMatters.RecordOn(silent with { Matters = [silent.Matters[0] with { RecordedOn = null }] }, ServedProject.Calendar, ServedProject.Rules));
    }

    [Property(MaxTest = 60)]
    public static void Clocks_are_told_of_on_the_days_on_which_they_turn(int seed)
    {
        var life = new RandomLife(new Random(seed).Next(120));
        for (var i = 0; i < 60; i++) life.Step();
        foreach (var clock in life.Summary("p").Clocks.Where(c => c.Scope == ClockScope.Item && c.Since is not null))
        {
            Assert.NotNull(clock.YellowOn(RandomLife.Calendar, LightRule.Default));
            var (yellow, due) = (clock.YellowOn(RandomLife.Calendar, LightRule.Default)!.Value, clock.At(clock.Since!.Value, RandomLife.Calendar, LightRule.Default).Due!.Value);
            for (var day = clock.Since!.Value; day < due.AddDays(5); day = day.AddDays(1))
            {
                var expected = day > due ? Light.Red : day >= yellow ? Light.Yellow : Light.Green;
                Assert.Equal(expected, clock.At(day, RandomLife.Calendar, LightRule.Default).Light);
            }
        }
    }

    [Property(MaxTest = 40)]
    public static void What_a_shard_waits_for_is_what_a_look_shows(int seed)
    {
        var life = new RandomLife(new Random(seed).Next(120));
        for (var i = 0; i < 60; i++) life.Step();
        var (summary, today) = (life.Summary("p"), life.Today);
        if (ProjectMatters.RecordOn(summary with { OpenProblems = [] }, RandomLife.Calendar, ServedProject.Rules) is not { } day) return;
        if (day > today) Assert.Equal(Submitted(today), Submitted(day.AddDays(-1)));
        Assert.True(Submitted(day < today ? today : day) < summary.Matters.Count(m => m.Kind == MatterKind.Answer));

        int Submitted(DateOnly on) => life.LookedAtOn(on).Plan().Items.Count(i => i.State == ItemStatus.Submitted);
    }

    [Property(MaxTest = 60)]
    public static void Nothing_is_expected_of_a_project_while_it_is_built(int seed)
    {
        var life = new RandomLife(new Random(seed).Next(120));
        for (var i = 0; i < 80; i++) life.Step();
        var (summary, later) = (life.Summary("p"), life.Today.AddDays(14));
        if (summary.State != ProjectStatus.Active || ProjectMatters.RecordOn(summary, RandomLife.Calendar, ServedProject.Rules) <= later) return;
        var holder = life.LookedAtOn(later).Ledger().Days.LastOrDefault(d => d.Holder != Holder.NonWorking)?.Holder;
        if (holder == Holder.Construction) Assert.True(summary.InConstruction);
        if (summary.InConstruction) Assert.DoesNotContain(holder, (Holder?[])[Holder.Department, Holder.Window, Holder.Procedure, Holder.Outside]);
        Assert.Equal(!summary.InConstruction, ProjectMatters.Of(summary, RandomLife.Calendar, ServedProject.Rules).Any(m => m.Kind == MatterKind.Progress));
    }

    [Fact]
    public void Every_sentence_finds_its_values()
    {
        var project = SummaryOf(new ServedProject());
        foreach (var rule in Cities.Shipped.Reminders.Rules.Where(r => r.About is not null && ReminderValues.Names(r.About).Contains("project")))
        {
            var subject = new ProjectSubject(project, Cities.Shipped, _departments, ImmutableDictionary<string, string>.Empty);
            var notice = subject.Notice(Recipient.Office, new(rule.About!.Value, "B03@2", _monday, Until: new(2026, 3, 12)), rule.Code, -1, _monday);
            Assert.Equal(ReminderValues.Names(rule.About).Order(StringComparer.Ordinal), notice.Values.Keys);
            Assert.All([rule.Text, rule.TextEn], text => Assert.Empty(ReminderValues.In(text).Except(notice.Values.Keys)));
            Assert.Equal(("2026-03-09", "2026-03-12", "n"), (notice.Values["day"], notice.Values["due"], notice.Values["project"]));
            if (notice.Item is not null) Assert.EndsWith("@2", notice.Values["item"], StringComparison.Ordinal);
        }
    }

    private static Terms Terms { get; } = new("511300-ZJJ", 5, DayUnit.WorkingDays, 0, null, null, StatutoryStart.Acceptance);

    private static IEnumerable<Matter> Of(ServedProject project) => ProjectMatters.Of(SummaryOf(project), ServedProject.Calendar, ServedProject.Rules);

    private static Matter? Only(ServedProject project, MatterKind kind) => Of(project).Where(m => m.Kind == kind).Select(m => (Matter?)m).SingleOrDefault();

    private static ProjectSummary SummaryOf(ServedProject project) => project.Summary();
}
