using Agency.Approvals;
using Agency.Clocks;
using Agency.Mandates;
using Agency.People;
using Agency.Projects;
using Agency.Ratings;
using Agency.Tests.Grains.Services;

namespace Agency.Tests.Grains.Ratings;

public sealed class RatingDeciderTests
{
    private static readonly (string, string)[] _text = [("text", "t")];

    private readonly ServedProject _project = new();

    [Fact]
    public void An_item_is_rated_once_and_only_when_it_is_decided()
    {
        Assert.Equal("service-not-finished", Rate("A"));
        _project.Decided("A", Feb(10), DecisionOutcome.Denied);
        Assert.Null(Rate("A"));
        Assert.Equal("rated-already", Rate("A"));
        Assert.Equal("service-not-finished", Rate("B"));
        Assert.Equal("unknown-item", Rate("X"));
        Assert.Equal("rating-item", _project.Give(new ServiceRated("", RatingSubject.Agency, "A", Satisfaction.Satisfied), Feb(11), Role.Owner));
        Assert.Equal(("511300-ZJJ", null), (One(Feb(11)).Department, One(Feb(11)).Case));
        Assert.Equal("no-rating-case", Take(CaseStep.Reply));
    }

    [Fact]
    public void The_agency_service_is_rated_when_it_has_ended()
    {
        var rated = new ServiceRated("", RatingSubject.Agency, null, Satisfaction.VerySatisfied);
        Assert.Equal("service-not-finished", _project.Give(rated, Feb(11), Role.Owner));
        _project.Record(Feb(11), new ProjectTerminated(null));
        Assert.Null(_project.Give(rated, Feb(12), Role.Owner));
    }

    [Fact]
    public void Each_mandate_is_rated_once_after_its_end_and_its_agents_can_object()
    {
        var rated = new ServiceRated("", RatingSubject.Agency, null, Satisfaction.VeryDissatisfied);
        _project.Record(Feb(9), new MandateRequested(1, MandateScope.Full, [], [], Feb(9), Mar(9)), new MandateAccepted(), new MandateAgreed(), new ClerkAppointed("Clerk"));
        Assert.Equal("service-not-finished", _project.Give(rated, Feb(11), Role.Owner));
        _project.Record(Feb(11), new MandateRevoked());
        Assert.Null(_project.Give(rated, Feb(11), Role.Owner));
        Assert.Equal("rated-already", _project.Give(rated, Feb(12), Role.Owner));
        Assert.Equal("rating-not-found", Take(CaseStep.Appeal, Role.Department, "511300-ZJJ"));
        Assert.Null(Take(CaseStep.Appeal, Role.Clerk));
    }

    [Fact]
    public void A_bad_rating_opens_a_case_that_is_called_back_on_and_replied_to()
    {
        _project.Decided("A", Feb(10));
        Assert.Null(Rate("A", Satisfaction.Dissatisfied));

        // 15 working days after the 11th, the Spring Festival between them.
        Assert.Equal((Mar(10), Light.Green), (One(Feb(11)).Case!.DueOn, One(Feb(11)).Case!.Light));
        Assert.Equal([Light.Yellow, Light.Yellow, Light.Red], ((DateOnly[])[Mar(5), Mar(10), Mar(11)]).Select(d => One(d).Case!.Light));

        Assert.Null(Take(CaseStep.CallBack));
        Assert.Equal("rating-case-unanswered", Take(CaseStep.Closure));
        Assert.Null(Take(CaseStep.Reply));
        Assert.Equal("case-step-taken", Take(CaseStep.Reply));
        Assert.Equal("rating-not-found", Take(CaseStep.Appeal, Role.Department, "511300-FGW"));
        Assert.Equal("rating-not-found", Take(CaseStep.Appeal, Role.Clerk));
        Assert.Null(Take(CaseStep.Appeal, Role.Department, "511300-ZJJ"));
        Assert.Null(Take(CaseStep.Closure));
        Assert.Equal("rating-case-closed", Take(CaseStep.Appeal, Role.Department, "511300-ZJJ"));
        Assert.Equal((Light.Grey, Feb(12)), (One(Mar(20)).Case!.Light, One(Mar(20)).Case!.ClosedOn));
    }

    private static DateOnly Feb(int day) => new(2026, 2, day);

    private static DateOnly Mar(int day) => new(2026, 3, day);

    private RatingView One(DateOnly day) => _project.On(day).Ratings.All[0];

    private string? Rate(string item, Satisfaction satisfaction = Satisfaction.BasicallySatisfied) =>
        _project.Give(new ServiceRated("", RatingSubject.Approval, item, satisfaction), Feb(11), Role.Owner);

    private string? Take(CaseStep step, Role role = Role.Office, string? department = null) => _project.Give(new RatingCaseStep("R1", step), Feb(12), role, department, texts: _text);
}
