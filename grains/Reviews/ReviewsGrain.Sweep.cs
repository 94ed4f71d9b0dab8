using System.Collections.Immutable;
using Agency.Notifications;
using Agency.People;
using Agency.Reminders;

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
            from session in await Summaries(cancellationToken)
            from subject in Subjects(session.Id, session.Summary)
            from matter in subject.Matters
            from notice in ReminderDecider.Due([matter], subject.Subject, city.Reminders, calendar, today, null)
            select (Session: session.Id, matter.Kind, notice.To, notice.Notice)).ToList();
        var (told, failed) = await Telling.Tell(notices.Select(n => (n.To, n.Notice)), GrainFactory, logger, cancellationToken);

        // Silence is agreement only of whoever is known to have been reminded.
        var recorded = 0;
        foreach (var session in notices.Where(n => n.Kind == MatterKind.Opinion).GroupBy(n => n.Session).Where(s => !s.Any(n => failed.Contains(n.To)))) recorded += await RecordReminded(session.Key);
        return new(told, recorded, failed.Count);

        IEnumerable<(IEnumerable<Matter> Matters, SessionSubject Subject)> Subjects(string id, ReviewSummary review)
        {
            yield return (SessionMatters.Of(review, calendar, city.Reviews), new(id, review, null, city, departments, substitutes));
            foreach (var resolution in review.Resolutions.Where(r => r.IsPending))
                yield return (SessionMatters.Of(resolution, calendar, city.Reviews), new(id, review, resolution, city, departments, substitutes));
        }
    }

    private async Task<int> RecordReminded(string session)
    {
        var grain = GrainFactory.GetGrain<IReviewGrain>(session);
        var before = (await grain.View(Actor.System))?.Version;

        // It may be so already; and where all was decided meanwhile there is nobody left to be reminded.
        var answer = await grain.Take(new DepartmentsReminded([]), new(Actor.System, $"reminded-{Guid.NewGuid():n}"));
        return answer.Refusal is null && answer.Version > before ? 1 : 0;
    }
}
