using Agency.Reviews;

namespace Agency.Tests.Grains.Reviews;

public sealed class LastSessionTests
{
    private static readonly DateOnly _day = new(2026, 3, 6);

    [Fact]
    public void It_is_the_latest_of_the_kind_that_has_concluded_by_the_day()
    {
        (string, ReviewSummary)[] sessions =
        [
            Held("old", -7), Held("b", -1), Held("a", -1), Held("afternoon", -1, hour: 14), Held("self", 0), Held("later", 1),
            Held("other kind", 0, kind: ReviewKind.OnSite), Held("not over", 0, ReviewStatus.InSession), Held("called off", 0, ReviewStatus.Cancelled),
        ];
        Assert.Equal("afternoon", LastSession.Of("self", ReviewKind.JointConference, _day, sessions)?.Id);
        Assert.Equal("later", LastSession.Of("self", ReviewKind.JointConference, null, sessions)?.Id);
        Assert.Null(LastSession.Of("self", ReviewKind.JointConference, _day.AddDays(-8), sessions));
        Assert.Null(LastSession.Of("self", ReviewKind.Coaching, _day, sessions));
    }

    private static (string, ReviewSummary) Held(string id, int days, ReviewStatus status = ReviewStatus.Concluded, ReviewKind kind = ReviewKind.JointConference, int hour = 9) =>
        (id, new(kind, status, new(new(_day.AddDays(days), new(hour, 30), TimeSpan.FromHours(8)), null, null, null, null), null, null, [], [], [], true));
}
