using Agency.People;

namespace Agency.Reviews;

/// <summary>The session as its minutes hold it.</summary>
internal sealed partial class ReviewGrain
{
    public async Task<IssuedReview?> AsIssued(Actor actor, CancellationToken cancellationToken)
    {
        if (!State.On.ContainsKey(ReviewStatus.Concluded) || !State.IsSeenBy(actor)) return null;
        var (review, at, calendar) = (Review.None, DateTimeOffset.MinValue, calendars.Current.Version);
        await foreach (var fact in Store.Read(Stream, 0, cancellationToken))
        {
            var entry = ReviewFact.Codec.Decode(fact);

            // What is done about a resolution changes no word of what was resolved.
            if (entry.Fact is ResolutionFact) continue;
            (review, at, calendar) = (review.With(entry), entry.RecordedAt, entry.CalendarVersion ?? calendar);
            if (entry.Fact is Issued) break;
        }

        var view = ReviewView.Of(Id, review, actor, new(at, ShanghaiTime.DayOf(at)), city, calendars.Current, departments);
        return view is null ? null : new(view, at, calendar);
    }
}
