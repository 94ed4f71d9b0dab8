using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Reviews.Series;

namespace Agency.Tests.Grains.Reviews.Series;

public sealed class SeriesDeciderTests
{
    private readonly SeriesLife _series = new();

    [Fact]
    public void A_series_is_made_changed_and_ended_by_the_office_alone()
    {
        Assert.Equal("role-not-allowed", _series.Make(role: Role.Leadership));
        Assert.Equal("series-not-found", _series.Change(new()));
        Assert.Equal("series-not-found", _series.End());
        Assert.Equal("series-not-found", _series.Plan());
        Assert.Null(_series.Make());
        Assert.Equal("series-exists", _series.Make());
        Assert.Equal("role-not-allowed", _series.Change(new(), role: Role.Department));
        Assert.Equal("role-not-allowed", _series.End(Role.Leadership));
        Assert.Equal("role-not-allowed", _series.Plan(Role.Supervisor));
        Assert.Null(_series.Plan(Role.System));
        Assert.Null(_series.End());
        Assert.Null(_series.End());
        Assert.Equal("series-ended", _series.Change(new() { Active = new(true, false) }));
        Assert.Empty(_series.Due);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var wrong = SeriesLife.Monthly with { Rule = "FREQ=HOURLY", Place = " ", Chair = "a b", Recorder = "李", AheadWorkingDays = 367 };
        Assert.Equal(["/title bad-name", "/place bad-name", "/chair bad-person-id", "/recorder bad-person-id", "/aheadWorkingDays bad-number", "/rule rule-too-often"], _series.Faults(wrong, ""));
        Assert.Equal(["/title bad-name", "/from series-from"], _series.Faults(SeriesLife.Monthly with { From = new(2016, 3, 1) }, null));
        Assert.Equal(["/from series-from"], _series.Faults(SeriesLife.Monthly with { From = new(2036, 3, 3) }));
        Assert.Equal(["/startTime start-time-missing"], _series.Faults(SeriesLife.Monthly with { Rule = "FREQ=DAILY" }));
        Assert.Null(_series.Make(SeriesLife.Monthly with { Kind = ReviewKind.WrittenConsultation, Rule = "FREQ=DAILY" }));
    }

    [Fact]
    public void What_is_left_out_of_a_change_stays_and_the_same_again_is_already_so()
    {
        _series.Make();
        Assert.Null(_series.Change(new() { Place = new(true, null), AheadWorkingDays = new(true, 30) }));
        Assert.Equal(SeriesLife.Monthly with { Place = null, AheadWorkingDays = 30 }, _series.State.Plan);
        Assert.Equal((2, "联席会议"), (_series.State.Version, _series.State.Title));
        _series.Change(new() { AheadWorkingDays = new(true, 30) }, title: "联席会议");
        Assert.Equal(2, _series.State.Version);
        _series.Change(new(), title: "月度联席会议");
        Assert.Equal((3, "月度联席会议"), (_series.State.Version, _series.State.Title));
        Assert.Equal("invalid-series", _series.Change(new() { Rule = new(true, "x") }));
        Assert.Equal("invalid-series", _series.Change(new(), title: " "));
    }

    [Fact]
    public void A_series_that_began_long_ago_can_still_be_changed()
    {
        _series.Make();
        _series.Now = _series.Now.AddYears(11);
        Assert.Null(_series.Change(new() { Place = new(true, "二楼") }));
        Assert.Equal("invalid-series", _series.Change(new() { From = new(true, new(2026, 3, 3)) }));
    }

    [Fact]
    public void Planning_sessions_is_no_change_of_the_series()
    {
        _series.Make();
        _series.Plan();
        Assert.Equal((2, 1), (_series.State.Version, _series.State.ChangedAt));
        Assert.Equal("version-mismatch", _series.Change(new(), ifVersion: 2));
        Assert.Null(_series.Change(new() { Active = new(true, false) }, ifVersion: 1));
    }

    [Fact]
    public void Sessions_are_planned_once_and_as_far_ahead_as_they_are_to_be()
    {
        _series.Make();
        _series.Plan();
        var planned = Assert.Single(_series.State.Sessions.Values);
        Assert.Equal(new(new(2026, 3, 27), "s1-20260327", new(SeriesLife.At(new(2026, 3, 27), 9, 30), null)), planned);
        _series.Plan();
        Assert.Equal(2, _series.State.Version);

        _series.Change(new() { AheadWorkingDays = new(true, 70) });
        _series.Plan();
        Assert.Equal(["s1-20260327", "s1-20260424", "s1-20260529"], _series.State.Sessions.Values.Select(s => s.Session));
    }

    [Fact]
    public void A_series_that_is_not_active_plans_none()
    {
        _series.Make(SeriesLife.Monthly with { Active = false });
        _series.Plan();
        Assert.Empty(_series.State.Sessions);
        _series.Change(new() { Active = new(true, true) });
        _series.Plan();
        Assert.Single(_series.State.Sessions);
    }

    [Fact]
    public void A_day_whose_session_was_dropped_gets_another_one_when_it_comes_back()
    {
        _series.Make();
        _series.Plan();
        DateOnly day = new(2026, 3, 27);
        _series.Record([], [day, new(2026, 4, 24)]);
        Assert.Empty(_series.State.Sessions);
        _series.Plan();
        Assert.Equal("s1-20260327v2", _series.State.Sessions[day].Session);
        _series.Record([], [day]);
        _series.Plan();
        Assert.Equal("s1-20260327v3", _series.State.Sessions[day].Session);
    }

    [Fact]
    public void What_became_of_sessions_is_recorded_once()
    {
        _series.Make();
        _series.Plan();
        var planned = _series.State.Sessions.Values.Single();
        _series.Record([planned], []);
        _series.Record([planned with { Session = "other", At = new(null, new(2026, 3, 27)) }], []);
        Assert.Equal(2, _series.State.Version);
        var moved = planned with { At = new(SeriesLife.At(new(2026, 3, 26), 9, 30), null) };
        _series.Record([moved], []);
        Assert.Equal(moved, _series.State.Sessions.Values.Single());
    }

    [Fact]
    public void Every_fact_is_stored_and_read_back()
    {
        _series.Make();
        _series.Plan();
        _series.Change(new() { StartTime = new(true, new(14, 5)) });
        _series.Record([], [new(2026, 3, 27)], [new(2026, 3, 27)]);
        _series.End();
        Assert.Equal(6, _series.Facts.Count);
        var (stream, hash) = (SeriesFact.StreamOf(SeriesLife.Id), HashChain.Start(SeriesFact.StreamOf(SeriesLife.Id)));
        var read = _series.Facts.Select(f => SeriesFact.Codec.Decode(SeriesFact.Codec.Encode(f, stream, hash))).Aggregate(ReviewSeries.None, (s, e) => s.With(e));
        Assert.Equal((_series.State.Plan, _series.State.Title, _series.State.EndedOn, _series.State.Version), (read.Plan, read.Title, read.EndedOn, read.Version));
        Assert.Equal(_series.State.Dropped, read.Dropped);
    }
}
