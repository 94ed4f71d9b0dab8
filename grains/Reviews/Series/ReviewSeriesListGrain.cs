using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Reviews.Series;

[GrainType("agency.review-series-list"), StatelessWorker]
internal sealed class ReviewSeriesListGrain(IEventStore store) : Grain, IReviewSeriesListGrain
{
    public async Task<ImmutableArray<SeriesView>> All(CancellationToken cancellationToken)
    {
        var views = await Task.WhenAll((await Ids(cancellationToken)).Select(id => GrainFactory.GetGrain<IReviewSeriesGrain>(id).View()));
        return [.. views.OfType<SeriesView>()];
    }

    public async Task<ImmutableArray<SeriesMade>> Materialise(Act act)
    {
        var made = ImmutableArray.CreateBuilder<SeriesMade>();
        foreach (var id in await Ids(CancellationToken.None))
        {
            var answer = await GrainFactory.GetGrain<IReviewSeriesGrain>(id).Materialise(act with { Key = null, IfVersion = null });
            made.Add(new(id, answer.View, answer.Refusal));
        }

        return made.ToImmutable();
    }

    private async Task<List<string>> Ids(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (var summary in store.Summaries(SeriesFact.StreamKind, 0, cancellationToken)) ids.Add(summary.Stream.Id);
        return ids;
    }
}
