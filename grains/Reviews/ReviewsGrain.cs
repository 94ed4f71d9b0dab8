using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Reviews;

// Sessions are some hundreds: their summaries are read from the store each time, and what a page shows is asked of their grains.
[GrainType("agency.reviews"), StatelessWorker]
internal sealed partial class ReviewsGrain(IEventStore store) : Grain, IReviewsGrain
{
    public Task<ReviewPage> Find(ReviewQuery query, Actor actor, CancellationToken cancellationToken) => Task.FromResult(new ReviewPage([], false, 0));

    public Task<AgendaProposal?> Propose(string review, CancellationToken cancellationToken) => Task.FromResult<AgendaProposal?>(null);
}
