using Agency.EventSourcing;
using Agency.People;
using Agency.Schedules;

namespace Agency.Reviews.Series;

/// <summary>Makes the sessions of all series that go on.</summary>
public sealed class SeriesJob : IScheduledJob
{
    public string Name => "series";

    /// <exception cref="AggregateException">Some series broke, after all others were done. What is refused is counted, for a repeat changes nothing about it.</exception>
    public async Task<IReadOnlyDictionary<string, long>> Run(DateTimeOffset due, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var act = new Act(Actor.System, $"series-{due.UtcTicks}");
        var (sessions, refused, broken) = (new List<SeriesSession>(), 0, new List<Exception>());
        foreach (var series in await grains.GetGrain<IReviewSeriesListGrain>(IReviewSeriesListGrain.Key).All(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (series.EndedOn is not null) continue;
            try
            {
                var answer = await grains.GetGrain<IReviewSeriesGrain>(series.Id).Materialise(act);
                if (answer.View is { } made) sessions.AddRange(made.Sessions);
                else refused++;
            }
            catch (Exception e)
            {
                broken.Add(e);
            }
        }

        if (broken.Count > 0) throw new AggregateException(broken);
        return new Dictionary<string, long>
        {
            ["made"] = sessions.Count(s => s.Done == SessionOutcome.Made),
            ["moved"] = sessions.Count(s => s.Done is SessionOutcome.Moved or SessionOutcome.Changed),
            ["cancelled"] = sessions.Count(s => s.Done == SessionOutcome.Cancelled),
            ["refused"] = refused,
        };
    }
}
