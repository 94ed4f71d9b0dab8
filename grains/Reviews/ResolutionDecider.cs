using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>What follows from a step of a resolution.</summary>
internal static class ResolutionDecider
{
    public static Decision<ReviewFact> Decide(string id, ResolutionFact command, Review review, ReviewContext context)
    {
        return Refusal.Of("resolution-not-found", ("resolution", $"{id}-{command.Resolution}"));
    }
}
