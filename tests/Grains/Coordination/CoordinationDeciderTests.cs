using Agency.Coordination;
using Agency.People;
using Agency.Projects;
using Agency.Services;
using Agency.Tests.Grains.Services;

namespace Agency.Tests.Grains.Coordination;

public sealed class CoordinationDeciderTests
{
    private static readonly DateOnly _day = new(2026, 3, 2);

    private readonly ServedProject _project = new();

    [Fact]
    public void The_owner_asks_for_coaching_and_the_office_answers_by_holding_it()
    {
        Assert.Equal("coordination-not-owners", _project.Give(new CoordinationRequested("", CoordinationKind.OnSite, null, []), _day, Role.Owner));
        Assert.Null(_project.Give(new CoordinationRequested("", CoordinationKind.Coaching, _day.AddDays(3), ["511300-ZJJ"]), _day, Role.Owner, texts: [("topic", "施工许可阶段")]));
        Assert.Equal((CoordinationStatus.Requested, _day.AddDays(3), "施工许可阶段"), (One.State, One.Day, One.Topic));

        Assert.Equal("coordination-of-other-kind", Hold("C1", CoordinationKind.AdHoc));
        Assert.Equal("coordination-not-found", Hold("C2", CoordinationKind.Coaching));
        Assert.Null(Hold("C1", CoordinationKind.Coaching));
        Assert.Equal((CoordinationStatus.Held, _day, _day.AddDays(1), "c", 4L), (One.State, One.RequestedOn, One.Day, One.Conclusions, One.Version));
        Assert.Equal("coordination-held", Hold("C1", CoordinationKind.Coaching));
        Assert.Null(Hold("", CoordinationKind.AdHoc));
        Assert.Equal(["C1", "C2"], _project.On(_day).Coordination.All.Select(c => c.Id));
    }

    [Fact]
    public void A_department_completes_its_own_follow_up_alone()
    {
        Assert.Null(Hold("", CoordinationKind.OnSite, new FollowUp(_day.AddDays(9), "511300-ZJJ")));
        Assert.Equal("follow-up-not-found", Complete("511300-FGW"));
        Assert.Null(Complete("511300-ZJJ"));
        Assert.Equal(_day.AddDays(2), One.FollowUps[0].CompletedOn);

        string? Complete(string department) => _project.Give(new FollowUpCompleted("C1", 1, [new("复函")]), _day.AddDays(2), Role.Department, department);
    }

    [Fact]
    public void Departments_are_known_and_named_once()
    {
        Assert.Equal("unknown-department", _project.Give(new CoordinationHeld("", CoordinationKind.AdHoc, null, null, ["511300-XXX"], []), _day, texts: [("conclusions", "c")]));
        Assert.Equal("named-twice", _project.Give(new CoordinationHeld("", CoordinationKind.AdHoc, null, null, ["511300-ZJJ", "511300-ZJJ"], []), _day, texts: [("conclusions", "c")]));
        Assert.Equal("unknown-department", Hold("", CoordinationKind.AdHoc, new FollowUp(_day.AddDays(9), "511300-XXX")));
    }

    [Fact]
    public void Follow_ups_have_their_bound()
    {
        var many = Enumerable.Repeat(new FollowUp(_day.AddDays(9)), FollowUp.Most + 1).ToArray();
        Assert.Equal("too-many-entries", Hold("", CoordinationKind.OnSite, many));
        Assert.Null(Hold("", CoordinationKind.OnSite, many[1..]));
    }

    [Fact]
    public void The_place_is_a_text_beside_the_fact_and_one_that_was_recorded_within_is_still_read()
    {
        Assert.Null(_project.Give(new CoordinationHeld("", CoordinationKind.OnSite, null, "院内", [], []), _day, texts: [("conclusions", "c"), ("place", "工地")]));
        Assert.Null(Assert.IsType<CoordinationHeld>(_project.State.Entries[^1].Fact).Place);
        Assert.Equal("工地", One.Place);

        var stored = """{"type":"coordination-held","recordedAt":"2026-03-02T04:00:00+00:00","occurredOn":"2026-03-02","actor":"li","role":"manager","command":"c","data":{"coordination":"C2","kind":"onSite","day":"2026-03-02","place":"工地东门","departments":[],"followUps":[]}}"""u8.ToArray();
        _project.Record(_day, ProjectFact.Codec.Decode(new(1, stored, default, [])).Fact);
        Assert.Equal("工地东门", _project.On(_day).Coordination.All[1].Place);
    }

    private CoordinationView One => _project.On(_day).Coordination.All[0];

    private string? Hold(string request, CoordinationKind kind, params FollowUp[] followUps) =>
        _project.Give(new CoordinationHeld(request, kind, null, null, ["511300-ZJJ"], [.. followUps]), _day.AddDays(1), texts: [("conclusions", "c"), .. followUps.Select((_, i) => ($"followUps/{i}/action", "a"))]);
}
