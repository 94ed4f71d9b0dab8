using Agency.EventSourcing;
using Agency.Notifications;

namespace Agency.Reviews;

/// <summary>How often what calendars hold of a session has changed since departments were called: title, time, place, whether it is held, and who is called.</summary>
/// <param name="Number">0 until something has changed since they were called; it never falls.</param>
/// <param name="At">When the last of it was recorded.</param>
internal readonly record struct SessionRevision(int Number, DateTimeOffset At)
{
    /// <summary>The revision after a fact.</summary>
    public SessionRevision With(Review before, Review after, Entry<ReviewFact> entry) =>
        entry.Fact is not (ReviewDrafted or ReviewChanged or EntryAdded or EntryChanged or EntryRemoved or Convened or Postponed or Cancelled) ? this
        : !IsMoved(before, after, entry.Fact) && before.IsTold == after.IsTold && before.Called().SetEquals(after.Called()) ? this
        : new(before.IsTold ? Number + 1 : Number, entry.RecordedAt);

    /// <summary>Whether whoever is called before and after is to put something else into the calendar, or to answer anew.</summary>
    public static bool IsMoved(Review before, Review after, ReviewFact fact) =>
        fact is Postponed or Cancelled or ReviewChanged { Relocates: true } or ReviewChanged { Retitles: true } || !after.Plan.IsTimedAs(before.Plan);
}

/// <summary>Who is called to a session.</summary>
internal static class Calls
{
    /// <summary>The departments concerned and the chair, once they have been called together and unless it is called off.</summary>
    public static HashSet<Recipient> Called(this Review review)
    {
        if (!review.IsTold || review.Status == ReviewStatus.Cancelled) return [];
        var called = review.Concerned.Select(Recipient.Department);
        return [.. called, .. review.Plan.Chair is { } chair ? [Recipient.Person(chair)] : Array.Empty<Recipient>()];
    }
}
