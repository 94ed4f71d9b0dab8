using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.Reviews;

namespace Agency.Reminders;

/// <summary>A session that somebody is reminded of, or one of its resolutions.</summary>
/// <param name="id">The session's.</param>
/// <param name="resolution">Null: the session itself.</param>
internal sealed class SessionSubject(string id, ReviewSummary review, ResolutionSummary? resolution, CityData city, DepartmentCodes departments, ImmutableDictionary<string, string> substitutes)
    : ReminderSubject(resolution is null ? NoticeSubject.Review : NoticeSubject.Resolution, resolution is null ? id : ResolutionId.Of(id, resolution.Number), departments, substitutes)
{
    protected override IEnumerable<Recipient> Own(ReminderTo to) => to == ReminderTo.Concerned ? (resolution?.Assisting ?? review.Departments).Select(Recipient.Department) : [];

    // A resolution is named by its id, wherever it is told of.
    protected override ImmutableSortedDictionary<string, string> Values(Matter matter)
    {
        var session = city.Reminders.Sessions[FactJson.Name(review.Kind)];
        return resolution is null ? Values(matter, ("session", session), ("time", review.Plan.HeldAt)) : Values(matter, ("session", session), ("code", ResolutionId.Of(id, resolution.Number)));
    }
}
