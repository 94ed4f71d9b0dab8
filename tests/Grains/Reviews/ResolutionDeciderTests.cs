using Agency.Clocks;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;

namespace Agency.Tests.Grains.Reviews;

/// <summary>A session on Friday 6 March 2026; its resolution is due on Friday the 20th.</summary>
public sealed class ResolutionDeciderTests
{
    private static readonly Actor _lead = ResolvedSession.Of(ResolvedSession.Lead);
    private static readonly Actor _assisting = ResolvedSession.Of(ResolvedSession.Assisting);
    private static readonly (string, string) _reason = (Act.Reason, "征地未完成");

    private readonly ResolvedSession _session = new ResolvedSession(Mar(6), "r1", ResolvedSession.Draft(Mar(20))).Concluded(Mar(6));

    [Fact]
    public void A_resolution_is_signed_for_worked_on_done_and_closed()
    {
        Assert.Equal((ResolutionStatus.Given, Mar(9)), (_session.On(Mar(6)).State, _session.On(Mar(6)).ReceiveBy));
        Assert.Null(_session.Give(new ResolutionReceived(1), Mar(9), _lead));
        Assert.Equal((ResolutionStatus.UnderWay, Mar(9), (DateOnly?)null), (_session.On(Mar(9)).State, _session.On(Mar(9)).ReceivedOn, _session.On(Mar(9)).ReceiveBy));
        Assert.Null(_session.Give(new ResolutionProgressed(1), Mar(10), _lead, texts: (ReviewFact.Progress, "已报件")));
        Assert.Null(_session.Give(new ResolutionProgressed(1), Mar(11), _assisting, texts: (ReviewFact.Progress, "已会签")));
        Assert.Null(_session.Give(new ResolutionCompleted(1, [new("批复")]), Mar(12), _lead));
        Assert.Null(_session.Give(new ResolutionConfirmed(1), Mar(16)));
        var view = _session.On(Mar(30));
        Assert.Equal((ResolutionStatus.Closed, Mar(12), Light.Grey, 0), (view.State, view.ClosedOn, view.Light, view.OverdueDays));
        Assert.Equal([(Mar(10), "已报件"), (Mar(11), "已会签")], view.Progress.Select(p => (p.On, p.Text!)));
        Assert.Equal(["批复"], view.Evidence.Select(e => e.Name));
        Assert.Equal(_session.State.Version, view.Version);
    }

    [Fact]
    public void It_is_given_to_nobody_before_the_session_is_over()
    {
        var session = new ResolvedSession(Mar(6), "r1", ResolvedSession.Draft(Mar(20)));
        Assert.Equal("resolution-not-given", session.Give(new ResolutionReceived(1), Mar(6), onBehalfOf: ResolvedSession.Lead));
        Assert.Equal("resolution-not-found", session.Give(new ResolutionReceived(1), Mar(6), _lead));
        session.Record(Mar(6), new EntryReopened("E1"), new EntryConcluded("E1", Outcome.Adopted, [ResolvedSession.Draft(Mar(27))])).Concluded(Mar(6));
        Assert.Equal("resolution-withdrawn", session.Give(new ResolutionReceived(1), Mar(6), onBehalfOf: ResolvedSession.Lead));
        Assert.Equal("resolution-not-found", session.Give(new ResolutionReceived(1), Mar(6), _lead));
        Assert.Null(session.Give(new ResolutionReceived(2), Mar(6), _lead));
        Assert.Equal("resolution-not-found", session.Give(new ResolutionReceived(3), Mar(6), ResolvedSession.Office, ResolvedSession.Lead));
        Assert.Equal("resolution-not-found", session.Give(new ResolutionReceived(0), Mar(6), ResolvedSession.Office, ResolvedSession.Lead));
    }

    [Fact]
    public void Who_is_no_unit_of_it_does_not_know_of_it_and_an_assisting_one_reports_alone()
    {
        Assert.Equal("resolution-not-found", _session.Give(new ResolutionReceived(1), Mar(9), ResolvedSession.Of(ResolvedSession.Stranger)));
        Assert.Equal("not-lead-unit", _session.Give(new ResolutionReceived(1), Mar(9), _assisting));
        Assert.Equal("not-lead-unit", _session.Give(new ResolutionCompleted(1, [new("e")]), Mar(9), _assisting));
        Assert.Equal("not-lead-unit", _session.Give(new ResolutionExtensionRequested(1, Mar(27)), Mar(9), _assisting, texts: _reason));
        Assert.Equal("role-not-allowed", _session.Give(new ResolutionConfirmed(1), Mar(9), _lead));
        Assert.Equal("role-not-allowed", _session.Give(new ResolutionUrged(1, null), Mar(9), ResolvedSession.Chair));
        Assert.Equal("role-not-allowed", _session.Give(new ResolutionReceived(1), Mar(9), new("s", Role.Supervisor)));
        Assert.Equal("not-the-chair", _session.Give(new ResolutionExtended(1, Mar(27)), Mar(9), new("other", Role.Leadership)));
    }

    [Fact]
    public void The_office_enters_from_paper_for_the_unit_whose_step_it_is()
    {
        Assert.Equal("on-behalf-of-unit", _session.Give(new ResolutionReceived(1), Mar(10)));
        Assert.Equal("on-behalf-of-unit", _session.Give(new ResolutionReceived(1), Mar(10), onBehalfOf: ResolvedSession.Assisting));
        Assert.Equal("paper-entry-office-only", _session.Give(new ResolutionReceived(1), Mar(10), _lead, occurredOn: Mar(9)));
        Assert.Equal("before-last-entry", _session.Give(new ResolutionReceived(1), Mar(10), onBehalfOf: ResolvedSession.Lead, occurredOn: Mar(5)));
        Assert.Equal("future-day", _session.Give(new ResolutionReceived(1), Mar(10), onBehalfOf: ResolvedSession.Lead, occurredOn: Mar(11)));
        Assert.Null(_session.Give(new ResolutionReceived(1), Mar(10), onBehalfOf: ResolvedSession.Lead, occurredOn: Mar(6)));
        Assert.Null(_session.Give(new ResolutionProgressed(1), Mar(10), onBehalfOf: ResolvedSession.Assisting, texts: (ReviewFact.Progress, "已会签")));
        Assert.Equal("on-behalf-of-unneeded", _session.Give(new ResolutionConfirmed(1), Mar(10), onBehalfOf: ResolvedSession.Lead));
        Assert.Equal((Mar(6), ResolvedSession.Lead), (_session.Entries[^2].OccurredOn, _session.Entries[^2].OnBehalfOf));
    }

    [Fact]
    public void Its_light_is_yellow_three_working_days_before_its_last_day_and_red_after()
    {
        Assert.Equal([Light.Green, Light.Yellow, Light.Yellow, Light.Red], new[] { Mar(16), Mar(17), Mar(20), Mar(21) }.Select(d => _session.On(d).Light));
        Assert.Equal([0, 0, 0, 1, 2], new[] { Mar(20), Mar(21), Mar(22), Mar(23), Mar(24) }.Select(d => _session.On(d).OverdueDays));
        Assert.Equal([null, LadderStep.Urge], new[] { Mar(20), Mar(21) }.Select(d => _session.On(d).NextStep));
        _session.Completed(Mar(9));
        Assert.Equal((Light.Grey, 0, (LadderStep?)null), (_session.On(Mar(25)).Light, _session.On(Mar(25)).OverdueDays, _session.On(Mar(25)).NextStep));
    }

    [Fact]
    public void Nothing_is_reported_before_it_is_signed_for()
    {
        Assert.Equal("resolution-not-received", _session.Give(new ResolutionProgressed(1), Mar(9), _lead, texts: (ReviewFact.Progress, "p")));
        Assert.Equal("resolution-not-received", _session.Give(new ResolutionCompleted(1, [new("e")]), Mar(9), _lead));
        Assert.Null(_session.Give(new ResolutionReceived(1), Mar(9), _lead));
        Assert.Equal("none-named", _session.Give(new ResolutionCompleted(1, []), Mar(9), _lead));
        Assert.Equal("bad-text", _session.Give(new ResolutionProgressed(1), Mar(9), _lead, texts: (ReviewFact.Progress, " ")));
    }

    [Fact]
    public void It_is_extended_once_with_the_consent_of_who_chairs()
    {
        Assert.Equal("reason-required", _session.Give(new ResolutionExtensionRequested(1, Mar(27)), Mar(9), _lead));
        Assert.Equal("due-day-out-of-range", _session.Give(new ResolutionExtensionRequested(1, Mar(20)), Mar(9), _lead, texts: _reason));
        Assert.Null(_session.Give(new ResolutionExtensionRequested(1, Mar(27)), Mar(9), _lead, texts: _reason));
        Assert.Equal((Mar(20), Mar(27)), (_session.On(Mar(9)).DueDate, _session.On(Mar(9)).AskedFor));
        Assert.Null(_session.Give(new ResolutionExtended(1, Mar(25)), Mar(10), ResolvedSession.Chair));
        var view = _session.On(Mar(10));
        Assert.Equal((Mar(25), Mar(20), (DateOnly?)null), (view.DueDate, view.ExtendedFrom, view.AskedFor));
        Assert.Equal("resolution-extended", _session.Give(new ResolutionExtended(1, Mar(31)), Mar(11), ResolvedSession.Chair, texts: _reason));
        Assert.Equal("resolution-extended", _session.Give(new ResolutionExtensionRequested(1, Mar(31)), Mar(11), _lead, texts: _reason));
    }

    [Fact]
    public void What_nobody_asked_for_is_granted_for_a_reason_and_the_office_enters_it()
    {
        Assert.Equal("reason-required", _session.Give(new ResolutionExtended(1, Mar(27)), Mar(10), ResolvedSession.Chair));
        Assert.Equal("on-behalf-of-chair", _session.Give(new ResolutionExtended(1, Mar(27)), Mar(10), texts: _reason));
        Assert.Equal("on-behalf-of-chair", _session.Give(new ResolutionExtended(1, Mar(27)), Mar(10), onBehalfOf: ResolvedSession.Lead, texts: _reason));
        Assert.Equal("due-day-out-of-range", _session.Give(new ResolutionExtended(1, Mar(24)), Mar(25), onBehalfOf: ResolvedSession.Chair.Id, texts: _reason));
        Assert.Null(_session.Give(new ResolutionExtended(1, Mar(27)), Mar(25), onBehalfOf: ResolvedSession.Chair.Id, occurredOn: Mar(18), texts: _reason));
        Assert.Equal((Role.Office, ResolvedSession.Chair.Id), (_session.Entries[^1].Actor.Role, _session.Entries[^1].OnBehalfOf));
        Assert.Equal((Mar(27), Light.Yellow), (_session.On(Mar(25)).DueDate, _session.On(Mar(25)).Light));
    }

    [Fact]
    public void Where_nobody_is_named_to_chair_the_office_grants_it()
    {
        _session.Record(Mar(6), new ReviewChanged(_session.State.Plan with { Chair = null }));
        Assert.Equal("not-the-chair", _session.Give(new ResolutionExtended(1, Mar(27)), Mar(10), ResolvedSession.Chair, texts: _reason));
        Assert.Equal("on-behalf-of-unneeded", _session.Give(new ResolutionExtended(1, Mar(27)), Mar(10), onBehalfOf: ResolvedSession.Chair.Id, texts: _reason));
        Assert.Null(_session.Give(new ResolutionExtended(1, Mar(27)), Mar(10), texts: _reason));
    }

    [Fact]
    public void Overdue_it_is_chased_one_step_after_the_other()
    {
        Assert.Equal("resolution-not-overdue", _session.Give(new ResolutionUrged(1, null), Mar(20)));
        Assert.Equal("ladder-step-not-next", _session.Give(new ResolutionUrged(1, LadderStep.Circular), Mar(23)));
        Assert.Null(_session.Give(new ResolutionUrged(1, null), Mar(23)));
        Assert.Null(_session.Give(new ResolutionUrged(1, LadderStep.SupervisionNotice, "155督〔2026〕3号"), Mar(25)));
        Assert.Null(_session.Give(new ResolutionUrged(1, LadderStep.SupervisionNotice), Mar(25)));
        Assert.Equal([(LadderStep.Urge, Mar(23), null), (LadderStep.SupervisionNotice, Mar(25), "155督〔2026〕3号")], _session.On(Mar(25)).Ladder.Select(l => (l.Step, l.On, l.DocumentNumber)));
        Assert.Equal("bad-name", _session.Give(new ResolutionUrged(1, null, " "), Mar(25)));
        Assert.Null(_session.Give(new ResolutionUrged(1, null), Mar(26)));
        Assert.Equal(LadderStep.Interview, _session.On(Mar(26)).NextStep);
        Assert.Null(_session.Give(new ResolutionUrged(1, null), Mar(26)));
        Assert.Equal("ladder-at-end", _session.Give(new ResolutionUrged(1, null), Mar(27)));
        Assert.Null(_session.On(Mar(27)).NextStep);
    }

    [Fact]
    public void The_office_returns_what_it_does_not_find_done()
    {
        Assert.Equal("resolution-not-completed", _session.Give(new ResolutionConfirmed(1), Mar(9)));
        _session.Completed(Mar(9));
        Assert.Equal("resolution-completed", _session.Give(new ResolutionProgressed(1), Mar(10), _lead, texts: (ReviewFact.Progress, "p")));
        Assert.Equal("reason-required", _session.Give(new ResolutionReturned(1), Mar(10)));
        Assert.Null(_session.Give(new ResolutionReturned(1), Mar(10), texts: _reason));
        var view = _session.On(Mar(23));
        Assert.Equal((ResolutionStatus.UnderWay, (DateOnly?)null, Light.Red), (view.State, view.CompletedOn, view.Light));
        Assert.Empty(view.Evidence);
        Assert.Null(_session.Give(new ResolutionCompleted(1, [new("补充批复")]), Mar(24), _lead));
        Assert.Null(_session.Give(new ResolutionConfirmed(1), Mar(25)));
        Assert.Equal("resolution-closed", _session.Give(new ResolutionReturned(1), Mar(25), texts: _reason));
        Assert.Equal(Mar(24), _session.On(Mar(25)).ClosedOn);
    }

    [Fact]
    public void What_is_so_already_is_recorded_once()
    {
        _session.Completed(Mar(9));
        var version = _session.State.Version;
        Assert.Null(_session.Give(new ResolutionReceived(1), Mar(10), _lead));
        Assert.Null(_session.Give(new ResolutionCompleted(1, [new("批复")]), Mar(10), _lead));
        Assert.Equal("resolution-completed", _session.Give(new ResolutionCompleted(1, [new("其他")]), Mar(10), _lead));
        Assert.Equal(version, _session.State.Version);
        Assert.Null(_session.Give(new ResolutionConfirmed(1), Mar(10)));
        Assert.Null(_session.Give(new ResolutionConfirmed(1), Mar(11)));
        Assert.Equal(version + 1, _session.State.Version);
    }

    [Fact]
    public void A_step_meant_for_another_version_is_refused()
    {
        var version = _session.On(Mar(9)).Version;
        Assert.Equal("version-mismatch", _session.Give(new ResolutionReceived(1), Mar(9), _lead, ifVersion: version - 1));
        Assert.Null(_session.Give(new ResolutionReceived(1), Mar(9), _lead, ifVersion: version));
    }

    [Fact]
    public void With_the_last_one_an_issued_session_is_archived()
    {
        var session = new ResolvedSession(Mar(6), "r1", ResolvedSession.Draft(Mar(20)), ResolvedSession.Draft(Mar(27), null)).Concluded(Mar(6)).Completed(Mar(9)).Completed(Mar(9), 2);
        Assert.Null(session.Give(new ResolutionConfirmed(1), Mar(9)));
        session.Record(Mar(10), new Issued(2026, 1));
        Assert.Equal(ReviewStatus.Issued, session.State.Status);
        Assert.Null(session.Give(new ResolutionConfirmed(2), Mar(11)));
        Assert.Equal((ReviewStatus.Archived, Role.System), (session.State.Status, session.Entries[^1].Actor.Role));

        // Closed before the minutes are out, they wait for them.
        var early = new ResolvedSession(Mar(6), "r1", ResolvedSession.Draft(Mar(20))).Concluded(Mar(6)).Completed(Mar(9));
        Assert.Null(early.Give(new ResolutionConfirmed(1), Mar(9)));
        Assert.Equal((ReviewStatus.MinutesDrafted, false), (early.State.Status, early.State.IsToBeArchived));
        Assert.True(early.Record(Mar(10), new Issued(2026, 1)).State.IsToBeArchived);
    }

    [Fact]
    public void Projects_are_told_when_it_is_given_extended_and_closed_as_it_was_then()
    {
        var session = new ResolvedSession(Mar(6), "r1", ResolvedSession.Draft(Mar(20)), ResolvedSession.Draft(Mar(27), null)).Concluded(Mar(6));
        Assert.Null(session.Give(new ResolutionExtended(1, Mar(31)), Mar(9), ResolvedSession.Chair, texts: _reason));
        session.Completed(Mar(9));
        Assert.Null(session.Give(new ResolutionConfirmed(1), Mar(10)));
        var told = session.Entries.SelectMany(e => ReviewOutbox.Of("r1", e, session.State)).ToArray();
        Assert.All(told, t => Assert.Equal((ResolvedSession.Project, "r1-1", "r1", ResolvedSession.Lead), (t.Project, t.Fact.Resolution, t.Fact.Review, t.Fact.Lead)));
        Assert.Equal([(Mar(20), false), (Mar(31), false), (Mar(31), true)], told.Select(t => (t.Fact.DueDate, t.Fact.Closed)));
        Assert.Equal(session.Entries.Where(e => e.Fact is Concluded or ResolutionExtended or ResolutionConfirmed).Select(e => e.Version), told.Select(t => t.Fact.Source));
    }

    [Theory]
    [InlineData("r1f0c-3", "r1f0c", 3)]
    [InlineData("a-b-12", "a-b", 12)]
    [InlineData("r1-03", null, 0)]
    [InlineData("r1-+3", null, 0)]
    [InlineData("r1-", null, 0)]
    [InlineData("-3", null, 0)]
    [InlineData("r1", null, 0)]
    [InlineData("r?-1", null, 0)]
    [InlineData("r1-99999999999", null, 0)]
    public void Its_id_is_that_of_its_session_and_its_number(string id, string? review, int number)
    {
        Assert.Equal(review is not null, ResolutionId.TryParse(id, out var session, out var read));
        if (review is not null) Assert.Equal((review, number), (session, read));
    }

    private static DateOnly Mar(int day) => new(2026, 3, day);
}
