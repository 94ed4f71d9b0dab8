using System.Security.Cryptography;
using System.Text.Json;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Worklists;

namespace Agency.Feeds;

/// <summary>What is to be done, as whole days in a calendar: every program shows those, and not every one tasks.</summary>
internal static class DutyEvents
{
    private const int UidBytes = 8;

    /// <summary>The duties that have a last day in time. A matter keeps its identity when that day moves; of the same thing twice, each has one by the order of days.</summary>
    public static IEnumerable<CalendarEvent> Of(Worklist worklist, string language, City city) =>
        worklist.Duties.Where(d => d.Action.By is not null)
            .GroupBy(UidOf)
            .SelectMany(same => same.OrderBy(d => d.Action.By).Select((duty, i) => Of(duty, i == 0 ? same.Key : $"{same.Key}-{i + 1}", language, city)));

    private static CalendarEvent Of(Duty duty, string uid, string language, City city)
    {
        var (day, what) = (duty.Action.By!.Value, FeedTexts.Of(duty.Action.What, language));
        return new(
            CalendarEvent.UidOf(uid, city),
            Sequence: 0,

            // Nothing tells when a day was set; that it is that day does as well for programs that compare.
            ShanghaiTime.InstantOf(day, TimeOnly.MinValue),
            duty.ItemName is { } item
                ? FeedTexts.Of("itemDuty", language, ("what", what), ("item", item), ("project", duty.ProjectName))
                : FeedTexts.Of("duty", language, ("what", what), ("project", duty.ProjectName)),
            StartsAt: null,
            day,
            EventStatus.None,
            Description: FeedTexts.Of("code", language, ("code", duty.Project)));
    }

    private static string UidOf(Duty duty)
    {
        var action = duty.Action;
        string?[] parts = [duty.Project, action.Item, $"{action.What}", $"{action.Who}", action.Department, action.Subject];
        return $"{FactJson.Name(action.What)}-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)).AsSpan(0, UidBytes))}";
    }
}
