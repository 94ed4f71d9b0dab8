using Agency.People;
using Agency.Reviews;
using static Agency.Tests.Grains.Reviews.ReviewLife;

namespace Agency.Tests.Grains.Reviews;

/// <summary>Who acts for the chair (domain 11.5, 11.6).</summary>
public sealed class ReviewChairTests
{
    private static readonly Actor _vice = new("vice", Role.Leadership);
    private static readonly ReviewPlan _unchaired = Plan with { Chair = null };

    private readonly ReviewLife _review = new();

    [Theory]
    [InlineData(ReviewKind.JointConference, "chair-required")]
    [InlineData(ReviewKind.WorkingReview, null)]
    [InlineData(ReviewKind.OnSite, null)]
    [InlineData(ReviewKind.Coaching, null)]
    public void A_joint_conference_has_a_chair_once_it_is_convened(ReviewKind kind, string? refusal)
    {
        _review.Drafted(kind, _unchaired, Subject(Fgw));
        Assert.Equal(refusal, _review.Do(new Convened()));
        Assert.Null(_review.Do(new ReviewChanged(Plan)));
        if (refusal is not null) Assert.Null(_review.Do(new Convened()));
        Assert.Null(_review.Do(new ReviewChanged(Plan with { Chair = "vice" })));
        Assert.Equal(refusal, _review.Do(new ReviewChanged(_unchaired)));
    }

    [Fact]
    public void The_office_acts_for_the_named_chair_and_says_so()
    {
        _review.InSession(Subject(Fgw));
        foreach (var command in (ReviewFact[])[new EntryConcluded("E1", Outcome.Deferred, []), new EntryReopened("E1"), new EntryConcluded("E1", Outcome.ReferredUp, []), new Concluded(), new Issued(2026, 1)])
        {
            Assert.Equal("on-behalf-of-chair", _review.Do(command));
            Assert.Equal("on-behalf-of-chair", _review.Do(command, onBehalfOf: "vice"));
            Assert.Equal("on-behalf-of-chair", _review.Do(command, onBehalfOf: Office.Id));
            Assert.Equal("not-the-chair", _review.Do(command, _vice));
            Assert.Equal("paper-entry-office-only", _review.Do(command, Chair, onBehalfOf: Chair.Id));
            Assert.Equal("role-not-allowed", _review.Do(command, new(Chair.Id, Role.Manager)));
            Assert.Null(_review.Do(command, onBehalfOf: Chair.Id));
            var entry = _review.Entries.Last(e => e.Fact.GetType() == command.GetType());
            Assert.Equal((Office.Id, Chair.Id), (entry.Actor.Id, entry.OnBehalfOf!));
        }

        Assert.Equal(ReviewStatus.Archived, _review.State.Status);
    }

    [Fact]
    public void Opening_is_the_office_s_own_business_and_the_chair_s()
    {
        _review.Convened(Subject(Fgw));
        _review.Now = Start;
        Assert.Equal("on-behalf-of-unneeded", _review.Do(new Opened(), onBehalfOf: Chair.Id));
        Assert.Equal("not-the-chair", _review.Do(new Opened(), _vice));
        Assert.Null(_review.Do(new Opened()));
    }

    [Fact]
    public void Where_nobody_is_named_the_office_chairs()
    {
        _review.Drafted(ReviewKind.WorkingReview, _unchaired, Subject(Fgw));
        Assert.Null(_review.Do(new Convened()));
        _review.Now = Start;
        Assert.Null(_review.Do(new Opened()));
        Assert.Equal("on-behalf-of-unneeded", _review.Conclude(actor: Office, onBehalfOf: Office.Id));
        Assert.Equal("not-the-chair", _review.Conclude(actor: Chair));
        Assert.Null(_review.Conclude(actor: Office));
        Assert.Null(_review.Do(new Concluded()));
    }

    [Theory]
    [InlineData(ReviewKind.WorkingReview, null)]
    [InlineData(ReviewKind.JointConference, "on-behalf-of-chair")]
    public void Whoever_of_the_office_chairs_a_working_session_acts_itself(ReviewKind kind, string? refusal)
    {
        _review.Drafted(kind, Plan with { Chair = Office.Id }, Subject(Fgw));
        Assert.Null(_review.Do(new Convened()));
        _review.Now = Start;
        Assert.Null(_review.Do(new Opened()));
        Assert.Equal("on-behalf-of-chair", _review.Conclude(actor: new("bea", Role.Office)));
        Assert.Equal(refusal, _review.Conclude(actor: Office));
        if (refusal is not null) Assert.Null(_review.Conclude(actor: Office, onBehalfOf: Office.Id));
    }
}
