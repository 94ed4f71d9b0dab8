using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Readings;

[GrainType("agency.readings"), StatelessWorker]
internal sealed class ReadingsGrain(IRowStore rows, TimeProvider clock) : Grain, IReadingsGrain
{
    private readonly ReadingRows _readings = new(rows);

    public Task Record(string route, string? subject, Actor actor) => _readings.Add(new(clock.GetUtcNow(), actor.Id, actor.Role, route, subject));

    public Task<ReadingPage> Find(ReadingQuery query, CancellationToken cancellationToken) => _readings.Find(query, ShanghaiTime.DayOf(clock.GetUtcNow()), cancellationToken);
}
