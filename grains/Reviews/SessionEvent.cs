using Agency.Catalogue;
using Agency.Feeds;

namespace Agency.Reviews;

/// <summary>A session as calendar programs have it.</summary>
internal static class SessionEvent
{
    /// <param name="language">Of the words that are not the session's own.</param>
    public static CalendarEvent Of(string id, Review review, string language, City city)
    {
        var (plan, title) = (review.Plan, TitleOf(review, language));
        var status = review.Status switch
        {
            ReviewStatus.Drafted => EventStatus.Tentative,
            ReviewStatus.Cancelled => EventStatus.Cancelled,
            _ => EventStatus.Confirmed,
        };
        return new(
            CalendarEvent.UidOf($"review-{id}", city),
            review.Revision.Number,
            review.Revision.At,
            plan.StartsAt is null ? FeedTexts.Of("consultation", language, ("session", title)) : title,
            plan.StartsAt,
            plan.StartsAt is null ? plan.OpinionsBy : null,
            status,
            plan.Place);
    }

    /// <summary>What it is called; once that is redacted, by its kind.</summary>
    public static string TitleOf(Review review, string language) => review.Title ?? FeedTexts.Of(review.Draft!.Kind, language);
}
