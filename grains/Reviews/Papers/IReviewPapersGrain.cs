using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Reviews.Papers;

/// <summary>Makes the papers of sessions. Any activation answers the same; the key is <see cref="Key"/>.</summary>
[Alias("agency.review-papers"), GrainInterfaceType("agency.review-papers")]
public interface IReviewPapersGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>A paper as of now. Refusals <c>review-not-found</c>, <c>review-not-concluded</c> for a report or minutes before the session has concluded.</summary>
    [Alias("make"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<Answer<Paper>> Make(string review, PaperKind kind, Actor actor, CancellationToken cancellationToken = default);
}
