using System.Text;
using Agency.Feeds;
using Agency.Notifications;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using IcalCalendar = Ical.Net.Calendar;
using IcalEvent = Ical.Net.CalendarComponents.CalendarEvent;

namespace Agency.Silo.Feeds;

/// <summary>Writes iCalendar objects by Ical.Net. Instants are in UTC, which every program shows in its own zone, and so without a VTIMEZONE.</summary>
internal sealed class IcalWriter(InvitationOptions options) : ICalendarWriter
{
    private const string Product = "-//Agency//Agency//ZH";

    // In octets, without the line's end (RFC 5545, 3.1).
    private const int LongestLine = 75;

    public string Feed(string name, IEnumerable<CalendarEvent> events)
    {
        var calendar = Empty();
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        calendar.Events.AddRange(events.Select(Component));
        return Written(calendar);
    }

    public string Invitation(CalendarEvent happening, InvitationMethod method, Recipient invited, string? name)
    {
        var (calendar, component) = (Empty(), Component(happening));
        calendar.Method = method == InvitationMethod.Request ? "REQUEST" : "CANCEL";

        // Where one alone is uninvited, the session itself is as it was (RFC 5546, 3.2.5).
        if (method == InvitationMethod.Cancel && happening.Status != EventStatus.Cancelled) component.Status = null;
        component.Organizer = new($"mailto:{options.Organizer}");
        component.Attendees.Add(new($"mailto:{invited}@agency.invalid") { CommonName = name, Role = "REQ-PARTICIPANT", ParticipationStatus = "NEEDS-ACTION", Rsvp = method == InvitationMethod.Request });
        calendar.Events.Add(component);
        return Written(calendar);
    }

    public string AddressedTo(string invitation, string mail)
    {
        var calendar = IcalCalendar.Load(invitation);
        if (calendar?.Events is not [{ Attendees: [var invited] }]) throw new ArgumentException("It is no invitation of one.", nameof(invitation));
        invited.Value = new($"mailto:{mail}");
        return Written(calendar);
    }

    private static IcalCalendar Empty() => new() { ProductId = Product, Version = "2.0" };

    private static IcalEvent Component(CalendarEvent happening)
    {
        var changed = new CalDateTime(happening.ChangedAt.UtcDateTime);
        var component = new IcalEvent
        {
            Uid = happening.Uid,
            Sequence = happening.Sequence,
            DtStamp = changed,
            LastModified = changed,
            Summary = happening.Summary,
            Location = happening.Location,
            Description = happening.Description,
            Status = happening.Status == EventStatus.None ? null : happening.Status.ToString().ToUpperInvariant(),
            Start = happening is { StartsAt: { } start } ? new CalDateTime(start.UtcDateTime) : new CalDateTime(happening.Day!.Value),
        };
        if (happening.Day is not { } day) return component;
        component.End = new CalDateTime(day.AddDays(1));
        component.Transparency = "TRANSPARENT";
        return component;
    }

    private static string Written(IcalCalendar calendar) =>
        Folded((new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("Nothing was written.")).Replace("\r\n ", "", StringComparison.Ordinal));

    // The library folds within characters of two UTF-16 units, which come out as two that are none.
    private static string Folded(string text)
    {
        var (folded, octets) = (new StringBuilder(text.Length), 0);
        foreach (var character in text.EnumerateRunes())
        {
            octets = character.Value is '\r' or '\n' ? 0 : octets + character.Utf8SequenceLength;
            if (octets > LongestLine)
            {
                folded.Append("\r\n ");
                octets = 1 + character.Utf8SequenceLength;
            }

            folded.Append(character.ToString());
        }

        return folded.ToString();
    }
}
