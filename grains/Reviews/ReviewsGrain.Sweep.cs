using System.Collections.Immutable;
using Agency.Reminders;

namespace Agency.Reviews;

/// <summary>Whoever is to be reminded of sessions and their resolutions.</summary>
internal sealed partial class ReviewsGrain
{
    // All that stands is offered each time: sessions under way are few, and inboxes know what they were told.
    public async Task<SweepCounts> Remind(ImmutableDictionary<string, string> substitutes, CancellationToken cancellationToken)
    {
        var (now, calendar) = (clock.GetUtcNow(), calendars.Current);
        if (!Telling.IsTime(now, city.Reminders, calendar)) return default;
        var today = ShanghaiTime.DayOf(now);
        var notices =
            from session in await Summaries(cancellationToken)
            from subject in Subjects(session.Id, session.Summary)
            from notice in ReminderDecider.Due(subject.Matters, subject.Subject, city.Reminders, calendar, today, null)
            select notice;
        var (told, failed) = await Telling.Tell(notices, GrainFactory, logger, cancellationToken);
        return new(told, 0, failed.Count);

        IEnumerable<(IEnumerable<Matter> Matters, SessionSubject Subject)> Subjects(string id, ReviewSummary review)
        {
            yield return (SessionMatters.Of(review, calendar, city.Reviews), new(id, review, null, city, departments, substitutes));
            foreach (var resolution in review.Resolutions.Where(r => r.IsPending))
                yield return (SessionMatters.Of(resolution, calendar, city.Reviews), new(id, review, resolution, city, departments, substitutes));
        }
    }
}
