using Agency.People;

namespace Agency.Reviews;

/// <summary>The resolutions of all sessions.</summary>
internal sealed partial class ReviewsGrain
{
    public Task<ResolutionPage> Resolutions(ResolutionQuery query, Actor actor, CancellationToken cancellationToken) => Task.FromResult(new ResolutionPage([], false, 0));

    public async Task Heal()
    {
        await foreach (var marker in store.Markers(ReviewFact.StreamKind, 0)) await GrainFactory.GetGrain<IReviewGrain>(marker.Stream.Id).Settle(marker.Version);
    }
}
