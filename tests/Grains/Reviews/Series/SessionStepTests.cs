using Agency.Reviews;
using Agency.Reviews.Series;

namespace Agency.Tests.Grains.Reviews.Series;

public sealed class SessionStepTests
{
    private static readonly DateOnly _day = new(2026, 3, 27);
    private static readonly SessionTime _then = new(SeriesLife.At(_day, 9, 30), null);
    private static readonly SessionTime _now = new(SeriesLife.At(_day, 14), null);
    private static readonly SessionTime _byHand = new(SeriesLife.At(_day, 16), null);
    private static readonly SessionSetting _said = new("市政务中心", "liu", "zhao", "联席会议");
    private static readonly ReviewStatus[] _beyond = [.. Enum.GetValues<ReviewStatus>().Except([ReviewStatus.Drafted, ReviewStatus.Cancelled])];

    [Fact]
    public void A_session_that_is_not_there_is_made_as_the_series_says()
    {
        var step = Step(_now, null)!;
        Assert.Equal(new(new ReviewDrafted(ReviewKind.JointConference, new(_now.StartsAt, null, "市政务中心", "liu", "zhao"), "s1", _day), SessionOutcome.Made), step);
        Assert.Null(Step(null, null));
    }

    [Fact]
    public void A_drafted_one_is_moved_and_stays_what_else_it_is()
    {
        var session = Session(ReviewStatus.Drafted, _then);
        Assert.Equal(new(new ReviewChanged(session.Plan with { StartsAt = _now.StartsAt }), SessionOutcome.Moved), Step(_now, session));
        Assert.Equal(new(null, SessionOutcome.Unchanged), Step(_then, session));
        Assert.Equal(new(null, SessionOutcome.Unchanged), Step(_now, Session(ReviewStatus.Drafted, _now)));
    }

    [Fact]
    public void One_that_the_office_moved_is_left_until_the_series_says_another_time()
    {
        Assert.Equal(new(null, SessionOutcome.Unchanged), Step(_then, Session(ReviewStatus.Drafted, _byHand)));
        Assert.Equal(SessionOutcome.Moved, Step(_now, Session(ReviewStatus.Drafted, _byHand))!.Done);
    }

    [Fact]
    public void One_that_the_office_cancelled_stays_so()
    {
        Assert.Equal(new(null, SessionOutcome.Unchanged), Step(_now, Session(ReviewStatus.Cancelled, _then)));
        Assert.Null(Step(null, Session(ReviewStatus.Cancelled, _then)));
    }

    [Fact]
    public void One_whose_day_is_gone_is_cancelled_while_it_is_drafted()
    {
        Assert.Equal(new(new Cancelled(), SessionOutcome.Cancelled), Step(null, Session(ReviewStatus.Drafted, _then)));
        Assert.All(_beyond, status => Assert.Equal(new(null, SessionOutcome.Kept), Step(null, Session(status, _then))));
    }

    [Fact]
    public void What_has_been_convened_is_never_touched_and_is_named_where_it_differs()
    {
        Assert.All(_beyond, status => Assert.Equal(new(null, SessionOutcome.Kept), Step(_now, Session(status, _then))));
        Assert.All(_beyond, status => Assert.Equal(new(null, SessionOutcome.Unchanged), Step(_then, Session(status, _then))));
    }

    [Fact]
    public void What_else_the_series_says_otherwise_is_followed_but_where_the_office_has_said_it_by_hand()
    {
        var now = new SessionSetting("三楼", "chen", "qian", "月度联席会议");
        var asSaid = new StandingSession(ReviewStatus.Drafted, new(_then.StartsAt, null, _said.Place, _said.Chair, _said.Recorder), _said.Title);
        Assert.Equal(new(new ReviewChanged(new(_then.StartsAt, null, "三楼", "chen", "qian")), SessionOutcome.Changed) { Title = "月度联席会议" }, Step(_then, asSaid, now));
        Assert.Equal(SessionOutcome.Moved, Step(_now, asSaid, now)!.Done);

        var byHand = asSaid with { Plan = asSaid.Plan with { StartsAt = _byHand.StartsAt, Place = "二楼" }, Title = "扩大会议" };
        Assert.Equal(new(new ReviewChanged(new(_byHand.StartsAt, null, "二楼", "chen", "qian")), SessionOutcome.Changed), Step(_then, byHand, now));
        Assert.All(_beyond, status => Assert.Equal(new(null, SessionOutcome.Kept), Step(_then, asSaid with { State = status }, now)));
        Assert.Equal(new(null, SessionOutcome.Unchanged), Step(_then, asSaid with { State = ReviewStatus.Cancelled }, now));

        // A title that was redacted is none that others could follow.
        Assert.Null(Step(_then, asSaid, now with { Title = null })!.Title);
    }

    private static StandingSession Session(ReviewStatus state, SessionTime at) => new(state, new(at.StartsAt, at.OpinionsBy, "二楼", "wang", null), "三月例会");

    private static SessionStep? Step(SessionTime? due, StandingSession? session, SessionSetting? now = null) =>
        SessionStep.Of("s1", ReviewKind.JointConference, new(_day, "s1-20260327", _then), _said, now ?? _said, due is null ? null : new(_day, due, true, false, null), session);
}
