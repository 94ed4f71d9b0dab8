using Agency.People;
using Agency.Reviews;
using static Agency.Tests.Grains.Reviews.ReviewLife;

namespace Agency.Tests.Grains.Reviews;

/// <summary>The life of a session, rule by rule of domain 11.</summary>
public sealed class ReviewDeciderTests
{
    private readonly ReviewLife _review = new();

    [Fact]
    public void From_draft_to_archive()
    {
        _review.InSession(Subject(Fgw), Subject(Zjj));
        Assert.Null(_review.Conclude());
        Assert.Equal("entry-not-concluded", _review.Do(new Concluded(), Chair));
        Assert.Null(_review.Conclude(Outcome.ReferredUp, "E2"));
        Assert.Null(_review.Do(new Concluded(), Chair));
        Assert.Equal(["concluded Leadership", "minutes-drafted System"], _review.Last(2));
        Assert.Equal((ReviewStatus.MinutesDrafted, On(11)), (_review.View()!.State, _review.View()!.IssueBy));
        Assert.Null(_review.Do(new Issued(2026, 12), Chair));
        Assert.Equal(["issued Leadership", "archived System"], _review.Last(2));
        Assert.Equal((ReviewStatus.Archived, "155会〔2026〕第12期"), (_review.View()!.State, _review.View()!.MinutesNumber));
        Assert.Equal("review-state", _review.Do(new Issued(2026, 13), Chair));
    }

    [Fact]
    public void What_is_issued_with_an_open_resolution_is_not_archived_yet()
    {
        _review.InSession(Subject(Fgw));
        Assert.Null(_review.Conclude(resolutions: new ResolutionDraft(Fgw, [], "ALIAS", On(20))));
        Assert.Equal(ResolutionStatus.Taken, _review.State.Find(1)!.Status);
        Assert.Null(_review.Do(new Concluded(), Chair));
        Assert.Null(_review.Do(new Issued(2026, 1), Chair));
        Assert.Equal((ReviewStatus.Issued, ResolutionStatus.Given, "P"), (_review.State.Status, _review.State.Find(1)!.Status, _review.State.Find(1)!.Draft.Project));
    }

    [Fact]
    public void A_meeting_has_a_start_and_a_written_consultation_a_last_day()
    {
        Assert.Equal("/startsAt start-missing /opinionsBy opinions-by-unneeded", _review.Do(new ReviewDrafted(ReviewKind.OnSite, new(null, On(6), null, null, null))));
        Assert.Equal("/startsAt written-has-no-start /opinionsBy opinions-by-missing", _review.Do(new ReviewDrafted(ReviewKind.WrittenConsultation, Plan)));
        Assert.Equal("/startsAt review-day-out-of-range", _review.Do(new ReviewDrafted(ReviewKind.OnSite, Plan with { StartsAt = At(1, 9) })));
        Assert.Equal("/place bad-name /chair bad-person-id /recorder bad-person-id", _review.Do(new ReviewDrafted(ReviewKind.OnSite, Plan with { Place = " ", Chair = "市长", Recorder = "" })));
        Assert.Equal("/title bad-name", _review.Do(new ReviewDrafted(ReviewKind.OnSite, Plan), texts: (ReviewFact.Title, new string('会', 201))));
        _review.Drafted();
        Assert.Equal("review-exists", _review.Do(new ReviewDrafted(ReviewKind.OnSite, Plan)));
    }

    [Fact]
    public void A_session_of_a_series_is_drafted_once_for_its_occurrence()
    {
        var draft = new ReviewDrafted(ReviewKind.JointConference, Plan, "s1", On(6));
        Assert.Null(_review.Do(draft, Actor.System));
        Assert.Null(_review.Do(draft, Actor.System));
        Assert.Equal(1, _review.State.Version);
        Assert.Equal("review-exists", _review.Do(draft with { Occurrence = On(13) }, Actor.System));
    }

    [Theory]
    [InlineData(null, 4, null)]
    [InlineData(null, 5, null)]
    [InlineData(null, 6, "short-notice")]
    [InlineData("s1", 4, null)]
    [InlineData("s1", 5, "short-notice")]
    public void Departments_are_called_so_many_working_days_ahead(string? series, int day, string? refusal)
    {
        Assert.Null(_review.Do(new ReviewDrafted(ReviewKind.JointConference, Plan, series, series is null ? null : On(6))));
        Assert.Equal("agenda-empty", _review.Do(new Convened()));
        Assert.Null(_review.Do(new EntryAdded("", Subject(Zjj, Fgw))));
        _review.Now = At(day, 9);
        Assert.Equal(refusal, _review.Do(new Convened()));
        if (refusal is not null) Assert.Null(_review.Do(new Convened(), reason: "市政府临时部署"));
        Assert.Equal(["convened Office", "departments-notified System"], _review.Last(2));
        Assert.Equal([Fgw, Zjj], ((DepartmentsNotified)_review.Entries[^1].Fact).Departments);
        Assert.Equal("review-state", _review.Do(new Convened()));
    }

    [Fact]
    public void Nobody_is_called_to_what_is_over()
    {
        _review.Drafted(entries: Subject(Fgw));
        _review.Now = Start;
        Assert.Equal("review-time-past", _review.Do(new Convened(), reason: "急"));
    }

    [Fact]
    public void Each_change_that_concerns_them_is_told_to_departments_again()
    {
        _review.Convened(Subject(Fgw), Subject(Zjj));
        Assert.Null(_review.Do(new ReviewChanged(Plan with { Place = "二楼会议室" })));
        Assert.Equal([Fgw, Zjj], Told());
        Assert.Null(_review.Do(new EntryAdded("", Subject(Zjj))));
        Assert.Equal([Zjj], Told());
        Assert.Null(_review.Do(new EntryChanged("E1", Subject(Zjj))));
        Assert.Equal([Fgw, Zjj], Told());
        Assert.Equal("/reason reason-required", _review.Do(new EntryRemoved("E3")));
        Assert.Null(_review.Do(new EntryRemoved("E3"), reason: "已解决"));
        Assert.Equal([Zjj], Told());
        var version = _review.State.Version;
        Assert.Null(_review.Do(new ReviewChanged(Plan with { Place = "二楼会议室" })));
        Assert.Equal(version, _review.State.Version);
        Assert.Null(_review.Do(new Cancelled(), reason: "改为书面征求"));
        Assert.Equal([Zjj], Told());

        IEnumerable<string> Told() => ((DepartmentsNotified)_review.Entries[^1].Fact).Departments;
    }

    [Fact]
    public void Time_is_changed_with_notice_before_it_and_put_off_after_it()
    {
        _review.Convened(Subject(Fgw));
        Assert.Equal("short-notice", _review.Do(new ReviewChanged(Plan with { StartsAt = At(2, 15) })));
        Assert.Null(_review.Do(new ReviewChanged(Plan with { StartsAt = At(2, 15) }), reason: "提前"));
        _review.Now = At(2, 16);
        Assert.Equal("review-time-past", _review.Do(new ReviewChanged(Plan)));
        Assert.Equal("/reason reason-required", _review.Do(new Postponed(Start, null)));
        Assert.Null(_review.Do(new Postponed(Start, null), reason: "主持人出差"));
        Assert.Equal(["postponed Office", "departments-notified System"], _review.Last(2));
    }

    [Fact]
    public void What_is_put_off_is_convened_again_and_who_comes_says_so_anew()
    {
        _review.InSession(Subject(Fgw));
        Assert.Null(_review.Do(new AttendanceGiven(Fgw, Attendance.Present)));
        Assert.Null(_review.Do(new Postponed(At(10, 9), null), reason: "停电"));
        var view = _review.View()!;
        Assert.Equal((ReviewStatus.Convened, At(10, 9)), (view.State, view.Plan.StartsAt!.Value));
        Assert.False(view.Dates.ContainsKey(ReviewStatus.InSession));
        Assert.Null(view.Attendance.Single().Attendance);
        Assert.True(view.Attendance.Single().Notified);
        Assert.Equal("review-not-yet", _review.Do(new Opened()));
    }

    [Fact]
    public void Called_off_only_before_it_has_begun()
    {
        _review.InSession(Subject(Fgw));
        Assert.Equal("review-state", _review.Do(new Cancelled(), reason: "不开了"));
        var draft = new ReviewLife().Drafted();
        Assert.Null(draft.Do(new Cancelled(), reason: "不开了"));
        Assert.Equal("review-state", draft.Do(new ReviewChanged(Plan with { Place = "一楼" })));
        Assert.Equal(["cancelled Office"], draft.Last(1));
    }

    [Fact]
    public void A_department_says_for_itself_how_it_attends_and_the_office_who_came()
    {
        _review.Convened(Subject(Fgw));
        Assert.Equal("/delegate delegate-missing", _review.Do(new AttendanceGiven(Fgw, Attendance.Delegated), Of(Fgw)));
        Assert.Equal("/delegate delegate-unneeded", _review.Do(new AttendanceGiven(Fgw, Attendance.Confirmed, "zhao"), Of(Fgw)));
        Assert.Null(_review.Do(new AttendanceGiven(Fgw, Attendance.Delegated, "zhao"), Of(Fgw)));
        Assert.Null(_review.Do(new AttendanceGiven(Fgw, Attendance.Delegated, "zhao"), Of(Fgw)));
        Assert.Equal(1, _review.Entries.Count(e => e.Fact is AttendanceGiven));
        Assert.Equal("attendance-office-only", _review.Do(new AttendanceGiven(Fgw, Attendance.Absent), Of(Fgw)));
        Assert.Equal("review-state", _review.Do(new AttendanceGiven(Fgw, Attendance.Absent)));
        Assert.Equal("department-not-concerned", _review.Do(new AttendanceGiven(Zjj, Attendance.Confirmed)));
        Assert.Equal("on-behalf-of-path", _review.Do(new AttendanceGiven(Fgw, Attendance.Excused), onBehalfOf: Zjj));
        Assert.Null(_review.Do(new AttendanceGiven(Fgw, Attendance.Excused)));
        Assert.Equal(Fgw, _review.Entries[^1].OnBehalfOf);
    }

    [Theory]
    [InlineData(Role.Leadership, "role-not-allowed", "not-the-chair")]
    [InlineData(Role.Supervisor, "role-not-allowed", "role-not-allowed")]
    [InlineData(Role.Manager, "role-not-allowed", "role-not-allowed")]
    public void The_office_prepares_and_the_chair_decides(Role role, string ofOffice, string ofChair)
    {
        var other = new Actor("other", role);
        Assert.Equal(ofOffice, _review.Do(new ReviewDrafted(ReviewKind.OnSite, Plan), other));
        _review.InSession(Subject(Fgw));
        Assert.Equal(ofOffice, _review.Do(new EntryAdded("", Subject(Fgw)), other));
        Assert.Equal(ofOffice, _review.Do(new Postponed(At(10, 9), null), other, "延期"));
        Assert.Equal(ofOffice, _review.Do(new OpinionGiven("E1", Fgw, Stance.Agree), other));
        Assert.Equal(ofChair, _review.Conclude(actor: other));
        Assert.Equal(ofChair, _review.Do(new Concluded(), other));
        Assert.Equal("role-not-allowed", _review.Do(new EntryAdded("", Subject(Fgw)), Chair));
    }

    [Fact]
    public void What_is_not_a_department_s_is_not_there_to_it()
    {
        Assert.Equal("review-not-found", _review.Do(new OpinionGiven("E1", Fgw, Stance.Agree), Of(Fgw)));
        _review.Drafted(entries: [Subject(Fgw), Subject(Zjj)]);
        Assert.Null(_review.View(Of(Fgw)));
        Assert.Equal("review-not-found", _review.Say(Fgw));
        Assert.Null(_review.Do(new Convened()));
        Assert.Equal("review-not-found", _review.Say(Fgw, entry: "E2"));
        Assert.Equal("review-not-found", _review.Say(Fgw, entry: "E9"));
        Assert.Equal("review-not-found", _review.Say(Zjj, entry: "E2", actor: Of(Fgw)));
        Assert.Equal("review-not-found", _review.Do(new AttendanceGiven(Zjj, Attendance.Confirmed), Of(Fgw)));
        Assert.Equal("role-not-allowed", _review.Do(new Convened(), Of(Fgw)));
        Assert.Equal(["E1"], _review.View(Of(Fgw))!.Agenda.Select(e => e.Id));
        Assert.Equal([Fgw], _review.View(Of(Fgw))!.Departments);
        Assert.Null(_review.View(Of("511300-SWJ")));
        Assert.Equal("entry-not-found", _review.Do(new OpinionGiven("E9", Fgw, Stance.Agree)));
    }

    [Fact]
    public void A_resolution_is_shown_to_who_leads_or_assists_once_it_is_given()
    {
        _review.InSession(Subject(Fgw));
        Assert.Null(_review.Conclude(resolutions: [new(Zjj, ["511300-SWJ"], null, On(20)), new(Fgw, [], null, On(20))]));
        Assert.Null(_review.View(Of(Zjj)));
        Assert.Null(_review.Do(new Concluded(), Chair));
        Assert.Equal(["r1-1"], _review.View(Of("511300-SWJ"))!.Resolutions.Select(r => r.Id));
        Assert.Empty(_review.View(Of(Zjj))!.Agenda);
        Assert.Equal(["r1-2"], _review.View(Of(Fgw))!.Resolutions.Select(r => r.Id));
        Assert.Equal(["r1-1", "r1-2"], _review.Entry("E1").Resolutions);
    }

    [Fact]
    public void What_happened_on_paper_is_entered_with_its_day()
    {
        _review.Convened(Subject(Fgw));
        _review.Now = At(9, 9);
        Assert.Equal("before-last-entry", _review.Do(new Opened(), occurredOn: On(1)));
        Assert.Equal("review-not-yet", _review.Do(new Opened(), occurredOn: On(5)));
        Assert.Null(_review.Do(new Opened(), occurredOn: On(6)));
        Assert.Equal("paper-entry-office-only", _review.Conclude(occurredOn: On(6)));
        Assert.Null(_review.Conclude(actor: Office, onBehalfOf: "mayor", occurredOn: On(6)));
        Assert.Equal("future-day", _review.Do(new Concluded(), onBehalfOf: "mayor", occurredOn: On(10)));
        Assert.Null(_review.Do(new Concluded(), onBehalfOf: "mayor", occurredOn: On(6)));
        Assert.Equal("before-last-entry", _review.Do(new Issued(2026, 1), onBehalfOf: "mayor", occurredOn: On(5)));
        Assert.Equal("on-behalf-of-chair", _review.Do(new Issued(2026, 1), onBehalfOf: Fgw));
    }

    [Fact]
    public void A_command_for_another_version_is_refused()
    {
        _review.Convened(Subject(Fgw), Subject(Zjj));
        Assert.Equal("version-mismatch", _review.Do(new Cancelled(), reason: "不开了", ifVersion: 1));
        Assert.Equal("version-mismatch", _review.Do(new OpinionGiven("E1", Fgw, Stance.Agree), Of(Fgw), ifVersion: 1));
        Assert.Null(_review.Do(new OpinionGiven("E1", Fgw, Stance.Agree), Of(Fgw), ifVersion: 0));
        Assert.Equal("version-mismatch", _review.Do(new EntryRemoved("E1"), reason: "撤", ifVersion: 2));
        Assert.Null(_review.Do(new EntryRemoved("E2"), reason: "撤", ifVersion: 3));
    }
}
