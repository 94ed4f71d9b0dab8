using Agency.Notifications;

namespace Agency.Feeds;

/// <summary>Something as calendar programs have it (RFC 5545, VEVENT): at an instant, or on a whole day in Asia/Shanghai. Made of facts alone, so that
/// the same facts give the same bytes.</summary>
/// <param name="Uid">The same for as long as the matter is: by it a program knows what it has.</param>
/// <param name="Sequence">How often what matters of it has changed since it was first told.</param>
/// <param name="ChangedAt">When it became what it is (DTSTAMP).</param>
/// <param name="StartsAt">When it begins; null of what is on a whole day.</param>
/// <param name="Day">The day of what is on a whole day; null of what begins at an instant.</param>
[GenerateSerializer, Immutable, Alias("agency.calendar-event")]
public sealed record CalendarEvent(
    [property: Id(0)] string Uid,
    [property: Id(1)] int Sequence,
    [property: Id(2)] DateTimeOffset ChangedAt,
    [property: Id(3)] string Summary,
    [property: Id(4)] DateTimeOffset? StartsAt,
    [property: Id(5)] DateOnly? Day,
    [property: Id(6)] EventStatus Status,
    [property: Id(7)] string? Location = null,
    [property: Id(8)] string? Description = null)
{
    /// <summary>The identifier of something in the whole world's calendars: its own name in this city's service.</summary>
    internal static string UidOf(string name, Catalogue.City city) => $"{name}@{city.Code}.agency";
}

/// <summary>Whether something takes place (RFC 5545, STATUS).</summary>
public enum EventStatus
{
    Confirmed,
    Tentative,
    Cancelled,

    /// <summary>Due dates say nothing of it.</summary>
    None,
}

/// <summary>What an invitation is (RFC 5546).</summary>
public enum InvitationMethod
{
    Request,
    Cancel,
}

/// <summary>Writes iCalendar objects (RFC 5545), and invitations (RFC 5546). Pure: the same in, the same bytes out.</summary>
public interface ICalendarWriter
{
    /// <summary>A calendar to be subscribed to.</summary>
    /// <param name="name">What programs call it.</param>
    string Feed(string name, IEnumerable<CalendarEvent> events);

    /// <summary>An invitation of one, its update, or its cancellation. In the place of the mail address it has one that no mail reaches
    /// (<c>.invalid</c>, RFC 2606), made of the recipient: the channel that knows the address puts it in (<see cref="AddressedTo"/>).</summary>
    /// <param name="name">What the one who is invited is called; null of a person.</param>
    string Invitation(CalendarEvent happening, InvitationMethod method, Recipient invited, string? name);

    /// <summary>The same invitation with the mail address of the one whom it invites.</summary>
    /// <exception cref="ArgumentException">It is no invitation of exactly one.</exception>
    string AddressedTo(string invitation, string mail);
}
