using Agency.Calendar;
using Agency.EventSourcing;
using Agency.Schedules;

namespace Agency.Notifications;

/// <summary>The morning digests of all inboxes that have something for one. None on a day off, nor for a morning that was missed and is made good
/// on one: what waits is in the next.</summary>
public sealed class DigestJob(IRowStore rows, ICalendarSource calendar, TimeProvider clock) : IScheduledJob
{
    public string Name => "digest";

    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var (day, today) = (ShanghaiTime.DayOf(due), ShanghaiTime.DayOf(clock.GetUtcNow()));
        var (inboxes, notices) = calendar.Current.IsWorkingDay(day) && calendar.Current.IsWorkingDay(today)
            ? await rows.Each(InboxRows.Undigested, null, recipient => grains.GetGrain<IInboxGrain>(recipient).Digest(day), cancellationToken)
            : default;
        return new Dictionary<string, long> { ["inboxes"] = inboxes, ["notices"] = notices };
    }
}
