using Agency.People;

namespace Agency.Reviews;

/// <summary>The session as its minutes hold it.</summary>
internal sealed partial class ReviewGrain
{
    public Task<IssuedReview?> AsIssued(Actor actor, CancellationToken cancellationToken)
    {
        if (!State.On.ContainsKey(ReviewStatus.Concluded) || !State.IsSeenBy(actor)) return Task.FromResult<IssuedReview?>(null);
        var (review, at, calendar) = (Review.None, DateTimeOffset.MinValue, calendars.Current.Version);
        foreach (var entry in State.Entries)
        {
            // What is done about a resolution changes no word of what was resolved; and the entries are without what was redacted.
            if (entry.Fact is ResolutionFact or ReviewTextRedacted) continue;
            (review, at, calendar) = (review.With(entry), entry.RecordedAt, entry.CalendarVersion ?? calendar);
            if (entry.Fact is Issued) break;
        }

        var view = ReviewView.Of(Id, review, actor, new(at, ShanghaiTime.DayOf(at)), city, calendars.Current, departments);
        return Task.FromResult<IssuedReview?>(view is null ? null : new(view, at, calendar));
    }
}
