using System.Collections.Immutable;
using Agency.Notifications;
using Agency.People;
using Agency.Reminders;
using Microsoft.Extensions.Logging;

namespace Agency.Reviews;

/// <summary>Whoever is to be reminded of sessions and their resolutions.</summary>
internal sealed partial class ReviewsGrain
{
    // All that stands is offered each time: sessions under way are few, and inboxes know what they were told.
    public async Task<SweepCounts> Remind(ImmutableDictionary<string, string> substitutes, CancellationToken cancellationToken)
    {
        var (now, calendar) = (clock.GetUtcNow(), calendars.Current);
        if (!city.Reminders.IsWorking(calendar, now)) return default;
        var today = ShanghaiTime.DayOf(now);
        var notices = (
            from session in await Stored(cancellationToken)
            from subject in Subjects(session.Id, session.Summary)
            from matter in subject.Matters
            from notice in ReminderDecider.Due([matter], subject.Subject, city.Reminders, calendar, today, null)
            select (Session: (session.Id, session.Version), matter.Kind, notice.To, notice.Notice)).ToList();
        var (told, failed) = await Telling.Tell(notices.Select(n => (n.To, n.Notice)), GrainFactory, logger, cancellationToken);

        // Silence is agreement only of whoever is known to have been reminded.
        var counts = new SweepCounts(told, 0, failed.Count);
        foreach (var session in notices.Where(n => n.Kind == MatterKind.Opinion).GroupBy(n => n.Session).Where(s => !s.Any(n => failed.Contains(n.To)))) counts += await TryRecord(session.Key.Id, session.Key.Version);
        return counts;

        IEnumerable<(IEnumerable<Matter> Matters, SessionSubject Subject)> Subjects(string id, ReviewSummary review)
        {
            yield return (SessionMatters.Of(review, calendar, city.Reviews), new(id, review, null, city, departments, substitutes));
            foreach (var resolution in review.Resolutions.Where(r => r.IsPending))
                yield return (SessionMatters.Of(resolution, calendar, city.Reviews), new(id, review, resolution, city, departments, substitutes));
        }
    }

    // As the session was when it was told of: what has been asked since nobody was reminded of. The next sweep sees to it.
    private async Task<SweepCounts> TryRecord(string session, long version)
    {
        try
        {
            var answer = await GrainFactory.GetGrain<IReviewGrain>(session).Take(new DepartmentsReminded([]), new(Actor.System, $"reminded-{Guid.NewGuid():n}", IfVersion: version));
            return new(0, answer.Refusal is null && answer.Version > version ? 1 : 0, 0);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One session must not keep the others from being recorded.
            LogUnrecorded(logger, e, session);
            return new(0, 0, 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That departments were reminded of the session {Session} could not be recorded; the next sweep tries again.")]
    private static partial void LogUnrecorded(ILogger logger, Exception exception, string session);
}
