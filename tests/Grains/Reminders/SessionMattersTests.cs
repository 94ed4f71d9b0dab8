using System.Collections.Immutable;
using Agency.Departments;
using Agency.Notifications;
using Agency.Reminders;
using Agency.Reviews;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Reviews;

namespace Agency.Tests.Grains.Reminders;

public sealed class SessionMattersTests
{
    private static readonly DepartmentCodes _departments = new(Cities.Shipped);
    private static readonly DateOnly _held = new(2026, 3, 6);

    [Fact]
    public void A_convened_session_stands_with_the_opinions_that_are_owed_to_it()
    {
        var life = new ReviewLife().Drafted(entries: [ReviewLife.Subject(ReviewLife.Fgw, ReviewLife.Zjj), ReviewLife.Subject(ReviewLife.Zjj)]);
        Assert.Empty(Of(life));
        Assert.Null(life.Do(new Convened()));
        Assert.Null(life.Say(ReviewLife.Zjj));
        Assert.Equal(
            [(MatterKind.Session, "", null), (MatterKind.Opinion, "E1", ReviewLife.Fgw), (MatterKind.Opinion, "E2", ReviewLife.Zjj)],
            Of(life).Select(m => (m.Kind, m.Code, m.Department)));
        Assert.All(Of(life), m => Assert.Equal((_held, _held), (m.Day, m.Until)));
        Assert.Equal("mayor", Of(life).First().Person);

        Assert.Null(life.Do(new Cancelled(), reason: "改期"));
        Assert.Empty(Of(life));
    }

    [Fact]
    public void A_written_consultation_is_waited_for_and_not_held()
    {
        var life = new ReviewLife().Drafted(ReviewKind.WrittenConsultation, new(null, _held, null, "mayor", null), ReviewLife.Subject(ReviewLife.Fgw));
        Assert.Null(life.Do(new Convened()));
        Assert.Equal([MatterKind.Opinion], Of(life).Select(m => m.Kind));
        Assert.Equal("24:00", Subject(life).Notice(Recipient.Office, Of(life).Single(), "opinionDue", 0, _held).Values["time"]);
    }

    [Fact]
    public void A_concluded_session_waits_for_its_minutes_and_its_resolutions_for_their_units()
    {
        var life = new ReviewLife().InSession(ReviewLife.Subject(ReviewLife.Fgw));
        Assert.Null(life.Conclude(resolutions: [new(ReviewLife.Fgw, [ReviewLife.Zjj], null, new(2026, 3, 20))]));
        Assert.Empty(Of(life));
        Assert.Null(life.Do(new Concluded(), ReviewLife.Chair));
        Assert.Equal([(MatterKind.Minutes, new DateOnly(2026, 3, 11))], Of(life).Select(m => (m.Kind, m.Day)));
        var resolution = Summary(life).Resolutions.Single();
        Assert.Equal(
            [(MatterKind.Receipt, new DateOnly(2026, 3, 9), ReviewLife.Fgw), (MatterKind.Resolution, new DateOnly(2026, 3, 20), ReviewLife.Fgw)],
            SessionMatters.Of(resolution, Shipped.Calendar, Cities.Shipped.Reviews).Select(m => (m.Kind, m.Day, m.Department!)));

        var subject = new SessionSubject(ReviewLife.Id, Summary(life), resolution, Cities.Shipped, _departments, ImmutableDictionary<string, string>.Empty);
        Assert.Equal([Recipient.Department(ReviewLife.Zjj)], subject.Recipients(ReminderTo.Concerned, default));
        var notice = subject.Notice(Recipient.Office, new(MatterKind.Resolution, "", new(2026, 3, 20), ReviewLife.Fgw), "resolutionRed", 1, new(2026, 3, 23));
        Assert.Equal((NoticeSubject.Resolution, "r1-1", "r1-1", (string?)null), (notice.Subject, notice.SubjectId, notice.Values["code"], notice.Item));
    }

    [Fact]
    public void Every_sentence_finds_its_values()
    {
        var life = new ReviewLife().Convened(ReviewLife.Subject(ReviewLife.Fgw));
        var resolution = new ResolutionSummary(3, ResolutionStatus.Given, ReviewLife.Fgw, [], null, _held, GivenOn: _held);
        foreach (var rule in Cities.Shipped.Reminders.Rules.Where(r => r.About is not null && ReminderValues.Names(r.About).Contains("session")))
        {
            var of = ReminderValues.Names(rule.About).Contains("time") ? null : resolution;
            var subject = new SessionSubject(ReviewLife.Id, Summary(life), of, Cities.Shipped, _departments, ImmutableDictionary<string, string>.Empty);
            var notice = subject.Notice(Recipient.Office, new(rule.About!.Value, "", _held), rule.Code, 0, _held);
            Assert.Equal(ReminderValues.Names(rule.About).Order(StringComparer.Ordinal), notice.Values.Keys);
            Assert.All([rule.Text, rule.TextEn], text => Assert.Empty(ReminderValues.In(text).Except(notice.Values.Keys)));
            Assert.Equal("联席会议", notice.Values["session"]);
            if (of is null) Assert.Equal("09:30", notice.Values["time"]);
        }
    }

    [Fact]
    public void Every_matter_has_a_rule() =>
        Assert.Empty(Enum.GetValues<MatterKind>().Except(Cities.Shipped.Reminders.Rules.Select(r => r.About).OfType<MatterKind>()));

    [Fact]
    public void An_older_summary_owes_nothing()
    {
        var life = new ReviewLife().Convened(ReviewLife.Subject(ReviewLife.Fgw));
        var json = System.Text.Json.Nodes.JsonNode.Parse(Summary(life).Write())!.AsObject();
        Assert.True(json.Remove("owed"));
        Assert.Equal([MatterKind.Session], SessionMatters.Of(ReviewSummary.Read(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())), Shipped.Calendar, Cities.Shipped.Reviews).Select(m => m.Kind));
    }

    private static IEnumerable<Matter> Of(ReviewLife life) => SessionMatters.Of(Summary(life), Shipped.Calendar, Cities.Shipped.Reviews);

    private static SessionSubject Subject(ReviewLife life) => new(ReviewLife.Id, Summary(life), null, Cities.Shipped, _departments, ImmutableDictionary<string, string>.Empty);

    // As it is read again.
    private static ReviewSummary Summary(ReviewLife life) => ReviewSummary.Read(ReviewSummary.Of(life.State)!.Write());
}
