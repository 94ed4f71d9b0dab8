using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Feeds;
using Agency.Notifications;
using Agency.Reviews;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;

namespace Agency.Tests.Grains.Reviews;

/// <summary>What those concerned are told of a session, command by command.</summary>
public sealed class SessionNoticesTests
{
    private const string Fgw = ReviewLife.Fgw;
    private const string Zjj = ReviewLife.Zjj;

    private readonly ReviewLife _life = new();

    private static DateTimeOffset Other => ReviewLife.At(9, 14);

    [Fact]
    public void Until_departments_are_called_nobody_is_told_and_then_each_and_the_chair()
    {
        Assert.Empty(Told(_life, l => l.Drafted(entries: [ReviewLife.Subject(Fgw), ReviewLife.Subject(Fgw, Zjj)])));
        Assert.Equal(["department-511300-FGW sessionConvened Request", "department-511300-ZJJ sessionConvened Request", "person-mayor sessionConvened Request"], Told(_life, l => Assert.Null(l.Do(new Convened()))));
        Assert.Equal(0, _life.State.Revision.Number);
    }

    [Fact]
    public void Another_time_place_or_title_is_told_to_all_with_a_higher_sequence()
    {
        _life.Convened(ReviewLife.Subject(Fgw));
        string[] all = ["department-511300-FGW sessionChanged Request", "person-mayor sessionChanged Request"];
        Assert.Equal(all, Told(_life, l => Assert.Null(l.Do(new ReviewChanged(ReviewLife.Plan with { Place = "市政务中心" })))));
        Assert.Equal(all, Told(_life, l => Assert.Null(l.Do(new ReviewChanged(l.State.Plan), texts: [(ReviewFact.Title, "三月联席会议")]))));
        Assert.Equal(all, Told(_life, l => Assert.Null(l.Do(new Postponed(Other, null), reason: "出差"))));
        Assert.Equal(3, _life.State.Revision.Number);
        var notice = Notices(_life)[^1].Notice;
        Assert.Equal(("联席会议", "2026-03-09", "14:00"), (notice.Values["session"], notice.Values["day"], notice.Values["time"]));
    }

    [Fact]
    public void An_agenda_changed_is_told_to_whom_it_concerns_and_moves_nobody_s_calendar()
    {
        _life.Convened(ReviewLife.Subject(Fgw), ReviewLife.Subject(Zjj));
        Assert.Equal(["department-511300-ZJJ sessionChanged "], Told(_life, l => Assert.Null(l.Do(new EntryChanged("E2", ReviewLife.Subject(Zjj)), texts: [(ReviewFact.Question, "另一问")]))));
        Assert.Equal(0, _life.State.Revision.Number);
        Assert.Empty(Told(_life, l => Assert.Null(l.Say(Fgw))));
    }

    [Fact]
    public void Whom_the_office_reminds_is_told_of_each_opinion_that_it_owes_as_often_as_it_is_reminded()
    {
        _life.Convened(ReviewLife.Subject(Fgw), ReviewLife.Subject(Zjj), ReviewLife.Subject(Zjj));
        Assert.Null(_life.Say(Fgw));
        var ids = new HashSet<string>();
        for (var n = 1; n <= 2; n++)
        {
            Assert.Equal(["department-511300-ZJJ opinionDue ", "department-511300-ZJJ opinionDue "], Told(_life, l => Assert.Null(l.Do(new DepartmentsReminded([])))));
            Assert.Equal(["E2", "E3"], Notices(_life).Select(s => s.Notice.Values["code"]));
            ids.UnionWith(Notices(_life).Select(s => s.Notice.Id));
        }

        Assert.Equal(4, ids.Count);
    }

    [Fact]
    public void Who_comes_in_is_invited_and_who_is_concerned_no_longer_is_released()
    {
        _life.Convened(ReviewLife.Subject(Fgw));
        Assert.Equal(["department-511300-ZJJ sessionConvened Request"], Told(_life, l => Assert.Null(l.Do(new EntryAdded("", ReviewLife.Subject(Zjj))))));
        Assert.Equal(["department-511300-ZJJ sessionReleased Cancel"], Told(_life, l => Assert.Null(l.Do(new EntryRemoved("E2"), reason: "另议"))));
        Assert.Equal(["department-511300-FGW sessionChanged ", "person-mayor sessionReleased Cancel", "person-vice sessionConvened Request"], Told(_life, l => Assert.Null(l.Do(new ReviewChanged(ReviewLife.Plan with { Chair = "vice" })))));
        Assert.Equal(3, _life.State.Revision.Number);
    }

    [Fact]
    public void A_session_called_off_is_cancelled_with_all_who_were_called_and_a_draft_with_nobody()
    {
        _life.Convened(ReviewLife.Subject(Fgw));
        Assert.Equal(["department-511300-FGW sessionCancelled Cancel", "person-mayor sessionCancelled Cancel"], Told(_life, l => Assert.Null(l.Do(new Cancelled(), reason: "不开"))));
        Assert.Equal(EventStatus.Cancelled, Event(_life).Status);
        var draft = new ReviewLife().Drafted(entries: ReviewLife.Subject(Fgw));
        Assert.Empty(Told(draft, l => Assert.Null(l.Do(new Cancelled(), reason: "不开"))));
    }

    [Fact]
    public void A_resolution_given_is_told_to_its_units_once_the_session_is_over()
    {
        _life.InSession(ReviewLife.Subject(Fgw));
        Assert.Empty(Told(_life, l => Assert.Null(l.Conclude(resolutions: [new ResolutionDraft(Zjj, [Fgw], null, ReviewLife.On(20))]))));
        Assert.Equal(["department-511300-FGW resolutionGiven ", "department-511300-ZJJ resolutionGiven "], Told(_life, l => Assert.Null(l.Do(new Concluded(), ReviewLife.Chair))));
    }

    [Fact]
    public void A_written_consultation_is_on_the_last_day_for_opinions()
    {
        _life.Drafted(ReviewKind.WrittenConsultation, new(null, ReviewLife.On(10), null, "mayor", null), ReviewLife.Subject(Fgw));
        Assert.Null(_life.Do(new Convened()));
        Assert.Equal(("三月例会（书面意见截止）", null, ReviewLife.On(10)), (Event(_life).Summary, Event(_life).StartsAt, Event(_life).Day));
        Assert.Equal("24:00", Notices(_life)[0].Notice.Values["time"]);
    }

    /// <summary>Whoever applies the invitations that it gets, in their order, has in its calendar what the session is, or nothing.</summary>
    [Fact]
    public void Whatever_happens_each_calendar_has_what_the_session_is_and_sequences_rise()
    {
        var (sent, opened, kinds) = (0, 0, new HashSet<string>());
        for (var seed = 1; seed <= 100; seed++)
        {
            var (random, life, revision) = (new Random(seed), new ReviewLife(), 0);
            var (calendars, ids, sequences) = (new Dictionary<Recipient, CalendarEvent>(), new HashSet<string>(), new Dictionary<Recipient, int>());
            life.Drafted(entries: ReviewLife.Subject(Fgw));
            for (var step = 0; step < 25; step++)
            {
                life.Now = life.Now.AddHours(random.Next(12));
                Step(random, life);
                var notices = Notices(life);
                Assert.True(life.State.Revision.Number >= revision, $"seed {seed}");
                Assert.Equal(notices.Select(n => n.Notice.Id), Notices(life).Select(n => n.Notice.Id));
                Assert.Equal(notices.Length, notices.Select(n => (n.Recipient, n.Notice.Subject, n.Notice.SubjectId)).Distinct().Count());
                revision = life.State.Revision.Number;

                // A command that was refused leaves the last one in its place: by the ids nothing is told twice.
                foreach (var notice in notices.Where(n => ids.Add(n.Notice.Id)))
                {
                    kinds.Add($"{notice.Notice.Rule} {notice.Method}");
                    if (notice.Method is not { } method) continue;
                    sent++;
                    Assert.True(sequences.GetValueOrDefault(notice.Recipient, -1) < revision, $"seed {seed}: {notice.Recipient} has {sequences.GetValueOrDefault(notice.Recipient, -1)}, now {revision}");
                    sequences[notice.Recipient] = revision;
                    if (method == InvitationMethod.Request) calendars[notice.Recipient] = Event(life);
                    else Assert.True(calendars.Remove(notice.Recipient), $"seed {seed}: {notice.Recipient} was not invited");
                }

                Assert.Equal(life.State.Called().Select(r => $"{r}").Order(), calendars.Keys.Select(r => $"{r}").Order());
                opened += life.State.Status == ReviewStatus.InSession ? 1 : 0;
                Assert.All(calendars.Values, had => Assert.Equal(What(Event(life)), What(had)));
            }
        }

        Assert.True(sent > 700 && opened > 10, $"{sent} sent, {opened} opened");
        Assert.Equal(["sessionCancelled Cancel", "sessionChanged ", "sessionChanged Request", "sessionConvened Request", "sessionReleased Cancel"], kinds.Order(StringComparer.Ordinal));

        static (string, string, DateTimeOffset?, string?) What(CalendarEvent e) => (e.Uid, e.Summary, e.StartsAt, e.Location);
    }

    private static void Step(Random random, ReviewLife life)
    {
        string[] departments = [.. new[] { Fgw, Zjj, ReviewLife.Province }.Where(_ => random.Next(2) == 0)];
        var entry = life.State.Agenda is [_, ..] agenda ? agenda[random.Next(agenda.Length)].Id : "E1";
        _ = random.Next(12) switch
        {
            0 => life.Do(new Convened(), reason: "急"),
            1 => life.Do(new ReviewChanged(life.State.Plan with { StartsAt = life.Now.AddDays(random.Next(1, 20)) }), reason: "急"),
            2 => life.Do(new ReviewChanged(life.State.Plan with { Place = $"{random.Next(3)}楼", Chair = random.Next(3) == 0 ? "vice" : "mayor" })),
            3 => life.Do(new ReviewChanged(life.State.Plan), texts: [(ReviewFact.Title, $"会议{random.Next(3)}")]),
            4 => life.Do(new ReviewChanged(life.State.Plan with { Recorder = random.Next(2) == 0 ? "ada" : null, Chair = random.Next(4) == 0 ? null : life.State.Plan.Chair })),
            5 or 6 => life.Do(new EntryAdded("", ReviewLife.Subject(departments)), reason: "急"),
            7 => life.Do(new EntryChanged(entry, ReviewLife.Subject(departments)), reason: "急"),
            8 => life.Do(new EntryRemoved(entry), reason: "另议"),
            9 => life.Do(new Postponed(life.Now.AddDays(random.Next(1, 20)), null), reason: "急"),
            10 => random.Next(4) == 0 ? life.Do(new Cancelled(), reason: "不开") : Open(),
            _ => life.Say(Fgw, entry: entry),
        };

        string? Open()
        {
            if (life.State.Status == ReviewStatus.Convened && life.State.Plan.StartsAt > life.Now) life.Now = life.State.Plan.StartsAt.Value;
            return life.Do(new Opened());
        }
    }

    private static IEnumerable<string> Told(ReviewLife life, Action<ReviewLife> act)
    {
        var before = life.State.Version;
        act(life);
        Assert.True(life.State.Version > before);
        return Notices(life).Select(n => $"{n.Recipient} {n.Notice.Rule} {n.Method}").Order(StringComparer.Ordinal);
    }

    /// <summary>What follows from the last command.</summary>
    private static ImmutableArray<SessionNotice> Notices(ReviewLife life)
    {
        Entry<ReviewFact>[] commit = [.. life.Entries.Where(e => e.RecordedAt == life.Entries[^1].RecordedAt)];
        var before = life.Entries.Take(life.Entries.Count - commit.Length).Aggregate(Review.None, (review, e) => review.With(e));
        return SessionNotices.MayFollow(commit) ? SessionNotices.Of(ReviewLife.Id, before, life.State, commit, Cities.Shipped.Reminders, Shipped.Calendar) : [];
    }

    private static CalendarEvent Event(ReviewLife life) => SessionEvent.Of(ReviewLife.Id, life.State, "zh-CN", Cities.Shipped.City);
}
