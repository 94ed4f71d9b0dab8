using System.Collections.Immutable;
using Agency.EventSourcing;
using Orleans.Concurrency;

namespace Agency.Reviews.Series;

/// <summary>All series. Any activation answers the same; the key is <see cref="Key"/>.</summary>
[Alias("agency.review-series-list"), GrainInterfaceType("agency.review-series-list")]
public interface IReviewSeriesListGrain : IGrainWithIntegerKey
{
    /// <summary>The one key.</summary>
    const int Key = 0;

    /// <summary>All series, by id.</summary>
    [Alias("all"), ReadOnly, ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<SeriesView>> All(CancellationToken cancellationToken = default);

    /// <summary><see cref="IReviewSeriesGrain.Materialise"/> of each series; one that is refused does not stop the others.</summary>
    [Alias("materialise"), ResponseTimeout(LongCall.Patience)]
    Task<ImmutableArray<SeriesMade>> Materialise(Act act);
}

/// <summary>What came of one series: its sessions, or why not.</summary>
[GenerateSerializer, Immutable, Alias("agency.series-made")]
public sealed record SeriesMade([property: Id(0)] string Series, [property: Id(1)] SeriesSessions? Sessions, [property: Id(2)] Refusal? Refusal);
