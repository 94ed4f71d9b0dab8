using System.Text;
using Agency.Feeds;
using Agency.Notifications;
using Agency.Silo.Feeds;
using FsCheck.Fluent;

namespace Agency.Tests.Silo.Feeds;

/// <summary>What is written is what another parser reads.</summary>
public sealed class IcalWriterTests
{
    private static readonly DateTimeOffset _changed = new(2026, 3, 2, 9, 0, 1, TimeSpan.FromHours(8));
    private static readonly CalendarEvent _session = new("review-r1@511300.agency", 2, _changed, "三月例会：用地、规划；施工", new(2026, 3, 6, 9, 30, 0, TimeSpan.FromHours(8)), null, EventStatus.Confirmed, "三楼会议室, 东侧");

    private readonly IcalWriter _writer = new(new() { Organizer = "office@city.example" });

    [Fact]
    public async Task A_feed_has_sessions_at_their_instant_and_due_dates_on_their_day()
    {
        var due = new CalendarEvent("visit-1@511300.agency", 0, _changed, "走访：第三人民医院", null, new(2026, 3, 6), EventStatus.None, Description: "项目代码 2026-511302-47-01-000001");
        var feed = await IcalJs.Read(_writer.Feed("我的项目日程", [_session, due]));
        Assert.Equal(("vcalendar", "2.0", "我的项目日程", null), (feed.Name, feed["version"], feed["x-wr-calname"], feed["method"]));
        Assert.Equal(["vevent", "vevent"], feed.Components.Select(c => c.Name));

        var session = feed.Components[0];
        Assert.Equal(("2026-03-06T01:30:00.000Z", null, "date-time"), (session["dtstart"], session["dtend"], session.Find("dtstart")!.Type));
        Assert.Equal((_session.Uid, "2", "CONFIRMED", _session.Summary, _session.Location), (session["uid"], session["sequence"], session["status"], session["summary"], session["location"]));
        Assert.Equal(("2026-03-02T01:00:01.000Z", "2026-03-02T01:00:01.000Z"), (session["dtstamp"], session["last-modified"]));

        var day = feed.Components[1];
        Assert.Equal(("2026-03-06", "2026-03-07", "date"), (day["dtstart"], day["dtend"], day.Find("dtstart")!.Type));
        Assert.Equal((due.Uid, null, "TRANSPARENT", due.Summary, due.Description), (day["uid"], day["status"], day["transp"], day["summary"], day["description"]));
    }

    [Theory]
    [InlineData(EventStatus.Confirmed, InvitationMethod.Request, "REQUEST", "CONFIRMED", "TRUE")]
    [InlineData(EventStatus.Cancelled, InvitationMethod.Cancel, "CANCEL", "CANCELLED", "FALSE")]
    [InlineData(EventStatus.Confirmed, InvitationMethod.Cancel, "CANCEL", null, "FALSE")]
    public async Task An_invitation_names_office_and_invited_and_its_address_is_put_in_later(EventStatus status, InvitationMethod method, string said, string? told, string rsvp)
    {
        var text = _writer.Invitation(_session with { Status = status }, method, Recipient.Department("511300-ZJJ"), "市住房和城乡建设局");
        var invitation = await IcalJs.Read(text);
        var session = Assert.Single(invitation.Components);
        Assert.Equal((said, told, _session.Uid, "2"), (invitation["method"], session["status"], session["uid"], session["sequence"]));
        Assert.Equal("mailto:office@city.example", session["organizer"]);
        var invited = session.Find("attendee")!;
        Assert.Equal(("mailto:department-511300-ZJJ@agency.invalid", "市住房和城乡建设局", rsvp), (invited.Value, invited.Parameters["cn"], invited.Parameters["rsvp"]));

        // All else is as it was.
        var addressed = await IcalJs.Read(_writer.AddressedTo(text, "bangongshi-with-a-long-name-of-more-than-one-line@zjj.city.example"));
        Assert.Equal("mailto:bangongshi-with-a-long-name-of-more-than-one-line@zjj.city.example", Assert.Single(addressed.Components).Find("attendee")!.Value);
        Assert.Equal(Told(invitation), Told(addressed));

        static IEnumerable<string> Told(IcalComponent c) =>
            [.. c.Properties.Select(p => $"{p.Name} {string.Join(',', p.Parameters.OrderBy(x => x.Key).Select(x => $"{x.Key}={x.Value}"))} {(p.Name == "attendee" ? "" : p.Value)}").Order(StringComparer.Ordinal), .. c.Components.SelectMany(Told)];
    }

    [Fact]
    public void What_is_no_invitation_of_one_is_addressed_to_nobody() => Assert.Throws<ArgumentException>(() => _writer.AddressedTo(_writer.Feed("f", [_session]), "a@b.example"));

    [Fact]
    public async Task Whatever_text_there_is_another_parser_reads_it_as_it_was_and_lines_are_short()
    {
        var texts = Gen.ArrayOf(Gen.Elements("会", "议", "a", " ", ",", ";", ":", "\"", "\\", "\\n", "\n", "^", "é", "𠮷", "🏗", "BEGIN:VEVENT", "（", "、", "=")).Where(t => t.Length > 0).Select(string.Concat);
        var events =
            (from summary in texts
             from location in texts
             from instant in Gen.Choose(0, 1_000_000)
             from whole in Gen.Elements(true, false)
             from sequence in Gen.Choose(0, 40)
             from status in Gen.Elements(Enum.GetValues<EventStatus>())
             let start = _changed.AddMinutes(instant)
             select new CalendarEvent("", sequence, start.AddHours(-9), summary, whole ? null : start, whole ? ShanghaiTime.DayOf(start) : null, status, location, summary + location))
            .Sample(300, size: 60).Select((e, i) => e with { Uid = $"{i}@511300.agency" }).ToArray();
        var text = _writer.Feed("f", events);
        Assert.Equal(text, _writer.Feed("f", events));
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\n', StringComparison.Ordinal), line));
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);

        var read = (await IcalJs.Read(text)).Components;
        Assert.Equal(events.Length, read.Count);
        foreach (var (asked, found) in events.Zip(read))
        {
            Assert.Equal((asked.Uid, $"{asked.Sequence}", asked.Summary, asked.Location, asked.Description), (found["uid"], found["sequence"], found["summary"], found["location"], found["description"]));
            Assert.Equal(asked.StartsAt is { } start ? $"{start.UtcDateTime:yyyy-MM-ddTHH:mm:ss.000Z}" : $"{asked.Day:yyyy-MM-dd}", found["dtstart"]);
            Assert.Equal(asked.Status == EventStatus.None ? null : asked.Status.ToString().ToUpperInvariant(), found["status"]);
        }
    }
}
