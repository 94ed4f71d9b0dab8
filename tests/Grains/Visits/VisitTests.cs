using Agency.Clocks;
using Agency.People;
using Agency.Projects;
using Agency.Services;
using Agency.Tests.Grains.Services;
using Agency.Visits;

namespace Agency.Tests.Grains.Visits;

/// <summary>Around the Spring Festival of 2026: 15 to 23 February off, 14 and 28 February (Saturdays) worked.</summary>
public sealed class VisitTests
{
    private readonly ServedProject _project = new();

    [Fact]
    public void Visits_are_weekly_until_the_start_permit_and_every_second_week_after_it()
    {
        Assert.Null(Plan(Feb(5)).NextVisitDueOn);
        Visit(Feb(5));
        Assert.Equal(new(Feb(12), false, false, 7), Plan(Feb(12)));
        Assert.True(Plan(Feb(13)).Overdue);
        Visit(Feb(13));
        Assert.Equal(Feb(24), Plan(Feb(13)).NextVisitDueOn); // the 20th is off

        _project.Record(Feb(25), new StageReached("S3"));
        Assert.Equal((Feb(24), true, 14), (Plan(Feb(25)).NextVisitDueOn, Plan(Feb(25)).Overdue, Plan(Feb(25)).EveryDays)); // was due before it
        Visit(Feb(25));
        Assert.Equal(Mar(11), Plan(Feb(25)).NextVisitDueOn);
    }

    [Fact]
    public void The_first_contact_is_due_three_working_days_after_the_appointment()
    {
        Assert.Equal(new(Feb(14), true, false, 7), Plan(Feb(11), managerSince: Feb(11)));
        Visit(Feb(10));
        Assert.True(Plan(Feb(15), managerSince: Feb(11)).Overdue); // of the manager before
        Visit(Feb(13));
        Assert.Equal((Feb(24), false), (Plan(Feb(15), managerSince: Feb(11)).NextVisitDueOn, Plan(Feb(15), managerSince: Feb(11)).FirstContact));
    }

    [Fact]
    public void A_project_that_stands_still_is_not_visited_and_then_anew()
    {
        Visit(Feb(5));
        _project.Record(Feb(9), new ProjectPaused(null));
        Assert.Null(Plan(Feb(13)).NextVisitDueOn);
        _project.Record(Mar(2), new ProjectContinued(null));
        Assert.Equal(new(Mar(9), false, false, 7), Plan(Mar(2)));
        _project.Record(Mar(10), new ProjectTerminated(null));
        Assert.Null(Plan(Mar(10)).NextVisitDueOn);
    }

    [Fact]
    public void A_follow_up_is_yellow_three_working_days_before_its_day_and_red_after_it()
    {
        var visit = new VisitMade("", null, "工地", [new(Feb(27)), new(Mar(20))]);
        Assert.Null(_project.Give(visit, Feb(10), Role.Manager, texts: [("findings", "f"), ("followUps/0/what", "补材料"), ("followUps/1/what", "w")]));
        Assert.Equal([Light.Green, Light.Green, Light.Yellow, Light.Yellow, Light.Red], ((DateOnly[])[Feb(10), Feb(14), Feb(24), Feb(27), Feb(28)]).Select(d => FollowUp(d).Light));
        Assert.Equal("补材料", FollowUp(Feb(10)).What);

        Assert.Equal("none-named", _project.Give(new FollowUpCompleted("V1", 1, []), Feb(28)));
        Assert.Equal("follow-up-not-found", _project.Give(new FollowUpCompleted("V1", 3, [new("照片")]), Feb(28)));
        Assert.Null(_project.Give(new FollowUpCompleted("V1", 1, [new("照片")]), Feb(28)));
        Assert.Equal((Light.Grey, Feb(28)), (FollowUp(Mar(2)).Light, FollowUp(Mar(2)).CompletedOn));
        Assert.Equal("follow-up-completed", _project.Give(new FollowUpCompleted("V1", 1, [new("照片")]), Mar(2)));
    }

    [Fact]
    public void A_visit_is_not_one_to_come_and_what_follows_it_is_due_after_it()
    {
        Assert.Equal("future-day", _project.Give(new VisitMade("", Feb(12), null, []), Feb(11), texts: [("findings", "f")]));
        Assert.Equal("due-day-out-of-range", _project.Give(new VisitMade("", null, null, [new(Feb(10))]), Feb(11), texts: [("findings", "f")]));
        Assert.Equal("role-not-allowed", _project.Give(new VisitMade("", null, null, []), Feb(11), Role.Owner, texts: [("findings", "f")]));
    }

    [Fact]
    public void The_place_is_a_text_beside_the_fact_and_one_that_was_recorded_within_is_still_read()
    {
        Assert.Null(_project.Give(new VisitMade("", null, "院内", []), Feb(10), texts: [("findings", "f"), ("place", "工地")]));
        Assert.Null(Assert.IsType<VisitMade>(_project.State.Entries[^1].Fact).Place);
        Assert.Equal("工地", _project.On(Feb(10)).Visits.All[0].Place);

        var stored = """{"type":"visit-made","recordedAt":"2026-02-10T04:00:00+00:00","occurredOn":"2026-02-10","actor":"li","role":"manager","command":"c","data":{"visit":"V2","visitedOn":"2026-02-10","place":"工地东门","followUps":[]}}"""u8.ToArray();
        _project.Record(Feb(10), ProjectFact.Codec.Decode(new(1, stored, default, [])).Fact);
        Assert.Equal("工地东门", _project.On(Feb(10)).Visits.All[1].Place);
    }

    private static DateOnly Feb(int day) => new(2026, 2, day);

    private static DateOnly Mar(int day) => new(2026, 3, day);

    private void Visit(DateOnly day) => Assert.Null(_project.Give(new VisitMade("", null, null, []), day, Role.Manager, texts: [("findings", "f")]));

    private FollowUpView FollowUp(DateOnly day) => _project.On(day).Visits.All[0].FollowUps[0];

    private VisitPlan Plan(DateOnly day, DateOnly? managerSince = null) => VisitPlan.Of(_project.State, managerSince, day, ServedProject.Rules.Visits, ServedProject.Calendar);
}
