using Agency.Approvals;
using Agency.Managers;
using Agency.People;
using Agency.Problems;
using Agency.Projects;
using Agency.Tests.Grains.Services;

namespace Agency.Tests.Grains.Problems;

/// <summary>Around the Spring Festival of 2026: 15 to 23 February off, 14 and 28 February (Saturdays) worked.</summary>
public sealed class ProblemDeciderTests
{
    private static readonly SubmittedMaterial[] _evidence = [new("会议纪要")];

    private readonly ServedProject _project = new();

    [Fact]
    public void A_problem_is_due_by_the_working_days_of_its_level_and_then_rises_by_itself()
    {
        Assert.Null(Raise(Feb(11)));
        Assert.Equal((ProblemLevel.Manager, Feb(14)), At(Feb(14))); // 12, 13, and the 14th is worked

        // The first of five days is the 24th, the last the 28th, a Saturday that is worked.
        Assert.Equal((ProblemLevel.Office, Feb(28)), At(Feb(15)));
        Assert.Equal(Feb(15), _project.On(Feb(20)).Problems.All[0].LevelSince);
        Assert.Equal((ProblemLevel.JointReview, Mar(13)), At(Mar(1)));
        Assert.Equal((ProblemLevel.CityLeadership, Apr(3)), At(Mar(14)));
        Assert.False(_project.On(Apr(3)).Problems.All[0].Overdue);
        Assert.True(_project.On(Apr(4)).Problems.All[0].Overdue);
        Assert.Equal((ProblemLevel.CityLeadership, Apr(3)), At(new(2027, 1, 1)));
    }

    [Fact]
    public void A_look_records_nothing_and_the_next_command_records_the_rises_on_their_days()
    {
        Raise(Feb(11));
        _ = _project.On(Mar(2));
        Assert.Equal(ProblemLevel.Manager, _project.State.Service.Problems.All[0].Level);
        Assert.Null(_project.Give(new CountermeasureTaken("P1", "wang", Mar(4)), Mar(2), texts: [("text", "协调供地")]));
        Assert.Equal(
            [(4, "problem-risen", Feb(15), Role.System), (5, "problem-risen", Mar(1), Role.System), (6, "countermeasure-taken", Mar(2), Role.Office)],
            _project.State.Entries.Skip(3).Select(e => ((int)e.Version, ProjectFact.Codec.NameOf(e.Fact), e.OccurredOn, e.Actor.Role)));
        var problem = _project.On(Mar(4)).Problems.All[0];
        Assert.Equal((ProblemLevel.JointReview, Mar(4), "wang", 6L), (problem.Level, problem.DueOn, problem.PersonInCharge, problem.Version));
        Assert.Equal([false, true, true], problem.Levels.Select(l => l.ByItself));

        // The day that was given was for that level alone.
        Assert.Equal((ProblemLevel.CityLeadership, Mar(26)), At(Mar(5)));
    }

    [Fact]
    public void A_refused_command_records_no_rise()
    {
        Raise(Feb(11));
        Assert.Equal("reason-required", _project.Give(new ProblemEscalated("P1", null), Mar(2)));
        Assert.Equal(3, _project.State.Version);
    }

    [Fact]
    public void What_happened_in_time_counts_though_it_is_entered_later()
    {
        Raise(Feb(11));
        Assert.Null(_project.Give(new ProblemClosed("P1", [.. _evidence]), Mar(2), occurredOn: Feb(14), texts: [("outcome", "已供地")]));
        var problem = _project.On(Mar(2)).Problems.All[0];
        Assert.Equal((ProblemStatus.Closed, ProblemLevel.Manager, (DateOnly?)null), (problem.State, problem.Level, problem.DueOn));
        Assert.DoesNotContain(_project.State.Entries, e => e.Fact is ProblemRisen);
    }

    [Fact]
    public void What_was_recorded_of_it_is_not_preceded()
    {
        Raise(Feb(11));
        _project.Give(new CountermeasureTaken("P1", null, null), Feb(25), texts: [("text", "t")]);
        Assert.Equal("before-last-entry", _project.Give(new CountermeasureTaken("P1", null, null), Feb(25), occurredOn: Feb(13), texts: [("text", "t")]));
    }

    [Fact]
    public void A_given_due_date_is_not_after_that_of_the_level()
    {
        Assert.Equal("due-day-out-of-range", Raise(Feb(11), dueOn: Feb(15)));
        Assert.Equal("due-day-out-of-range", Raise(Feb(11), dueOn: Feb(10)));
        Assert.Null(Raise(Feb(11), dueOn: Feb(12)));
        Assert.Equal((ProblemLevel.Office, Feb(27)), At(Feb(13))); // 14, 24, 25, 26, 27
    }

    [Fact]
    public void A_problem_goes_to_the_next_level_or_a_higher_one_that_is_named()
    {
        Raise(Feb(11));
        Assert.Null(_project.Give(new ProblemEscalated("P1", null), Feb(12), texts: [("reason", "r")]));
        Assert.Equal((ProblemLevel.Office, Feb(26)), At(Feb(12)));
        Assert.Equal("level-not-higher", _project.Give(new ProblemEscalated("P1", ProblemLevel.Office), Feb(12), texts: [("reason", "r")]));
        Assert.Null(_project.Give(new ProblemEscalated("P1", ProblemLevel.CityLeadership), Feb(12), texts: [("reason", "r")]));
        Assert.Equal("level-not-higher", _project.Give(new ProblemEscalated("P1", null), Feb(12), texts: [("reason", "r")]));
    }

    [Fact]
    public void It_is_closed_on_evidence_and_for_ever()
    {
        Raise(Feb(11));
        Assert.Equal("none-named", _project.Give(new ProblemClosed("P1", []), Feb(12), texts: [("outcome", "o")]));
        Assert.Null(_project.Give(new ProblemClosed("P1", [.. _evidence]), Feb(12), texts: [("outcome", "o")]));
        Assert.Equal("problem-closed", _project.Give(new ProblemEscalated("P1", null), Feb(13), texts: [("reason", "r")]));
        Assert.Null(Raise(Feb(13)));
        Assert.Equal("P2", _project.State.Service.Problems.All[1].Id);
        Assert.Equal(new(1, 1, 0, 0, 0), ProblemCounts.Of(_project.On(Feb(13)).Problems.All));
    }

    [Fact]
    public void An_owner_raises_to_the_manager_alone_and_only_its_own()
    {
        Assert.Equal("level-not-owners", _project.Give(Problem(level: ProblemLevel.Office), Feb(11), Role.Owner, texts: [("description", "d")]));
        Assert.Null(_project.Give(Problem(), Feb(11), Role.Owner, texts: [("description", "d")]));
        Assert.Equal("role-not-allowed", _project.Give(new ProblemEscalated("P1", null), Feb(11), Role.Owner, texts: [("reason", "r")]));
        Assert.Equal("role-not-allowed", _project.Give(Problem(), Feb(11), Role.Department, "511300-ZJJ", texts: [("description", "d")]));
    }

    [Fact]
    public void Of_managers_and_clerks_only_the_projects_own_act()
    {
        Assert.Null(_project.Give(Problem(), Feb(11), Role.Manager, texts: [("description", "d")]));
        Assert.Equal("no-mandate", _project.Give(Problem(), Feb(11), Role.Clerk, texts: [("description", "d")]));
        _project.Record(Feb(11), new ManagerAppointed("another"));
        Assert.Equal("not-its-manager", _project.Give(Problem(), Feb(11), Role.Manager, texts: [("description", "d")]));
    }

    [Fact]
    public void What_does_not_exist_is_named()
    {
        Assert.Equal("unknown-item", _project.Give(Problem(item: "X"), Feb(11), texts: [("description", "d")]));
        Assert.Equal("unknown-category", _project.Give(Problem(category: "x"), Feb(11), texts: [("description", "d")]));
        Assert.Equal("bad-person-id", _project.Give(Problem() with { PersonInCharge = "王五" }, Feb(11), texts: [("description", "d")]));
        Assert.Equal("problem-not-found", _project.Give(new ProblemEscalated("P1", null), Feb(11), texts: [("reason", "r")]));
    }

    [Fact]
    public void Problems_go_on_while_the_project_is_paused_and_lapse_with_its_end()
    {
        Raise(Feb(11));
        _project.Record(Feb(12), new ProjectPaused(null));
        Assert.Equal((ProblemLevel.Office, Feb(28)), At(Feb(15)));
        _project.Record(Feb(24), new ProjectTerminated(null));
        var problem = _project.On(Mar(20)).Problems.All[0];
        Assert.Equal((ProblemStatus.Lapsed, ProblemLevel.Office, (DateOnly?)null), (problem.State, problem.Level, problem.DueOn));
        Assert.Equal("project-terminated", _project.Give(new ProblemClosed("P1", [.. _evidence]), Mar(20), texts: [("outcome", "o")]));
    }

    [Fact]
    public void A_revocation_opens_a_problem_for_what_was_applied_for_on_it()
    {
        _project.Decided("A", Feb(9)).Record(Feb(10), new Submission("B", []));
        Assert.Null(_project.Give(new Revocation("A"), Feb(11), Role.Department, "511300-ZJJ", texts: [("reason", "r")]));
        var problem = Assert.Single(_project.On(Feb(11)).Problems.All);
        Assert.Equal(("A", "basisChanged", ProblemLevel.Manager, Feb(14), Role.System), (problem.Item, problem.Category, problem.Level, problem.DueOn, problem.RaisedAs));
        Assert.Equal(["B"], problem.Affected);
        Assert.Equal(Feb(11), problem.RaisedOn);
    }

    [Fact]
    public void A_revocation_on_which_nothing_builds_opens_none()
    {
        _project.Decided("A", Feb(9));
        Assert.Null(_project.Give(new Revocation("A"), Feb(11), Role.Department, "511300-ZJJ", texts: [("reason", "r")]));
        Assert.Empty(_project.On(Feb(11)).Problems.All);
    }

    private static DateOnly Feb(int day) => new(2026, 2, day);

    private static DateOnly Mar(int day) => new(2026, 3, day);

    private static DateOnly Apr(int day) => new(2026, 4, day);

    private static ProblemRaised Problem(string? item = null, string category = "land", ProblemLevel level = ProblemLevel.Manager, DateOnly? dueOn = null) =>
        new("", item, category, level, null, dueOn, []);

    private string? Raise(DateOnly day, DateOnly? dueOn = null) => _project.Give(Problem(dueOn: dueOn), day, texts: [("description", "用地未批")]);

    private (ProblemLevel Level, DateOnly? DueOn) At(DateOnly day) => _project.On(day).Problems.All[0] is var p ? (p.Level, p.DueOn) : default;
}
