using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>What follows from a step of a session's life.</summary>
internal static class ReviewDecider
{
    public static Decision<ReviewFact> Decide(string id, ReviewFact command, Review review, ReviewContext context)
    {
        return Refusal.Of("review-not-found", ("review", id));
    }
}
