using System.Collections.Immutable;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;

namespace Agency.Portfolio;

[GrainType("agency.portfolio-shard")]
internal sealed class PortfolioShardGrain(IEventStore store, ICalendarSource calendars, TimeProvider clock) : Grain, IPortfolioShardGrain
{
    private const int Batch = 200;
    private static readonly TimeSpan _sweepPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _healPeriod = TimeSpan.FromMinutes(1);

    private readonly PortfolioShard _shard = new();
    private readonly List<Marker> _done = [];

    private int Key => (int)this.GetPrimaryKeyLong();

    private DateOnly Today => ShanghaiTime.DayOf(clock.GetUtcNow());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await foreach (var stored in store.Summaries(Sharding.SpreadKind, Key, cancellationToken))
        {
            if (ProjectSummary.Read(stored.Bytes) is { Format: ProjectSummary.CurrentFormat } summary) _shard.Take(stored.Version, summary);
            else await Settle(new(stored.Stream, stored.Version));
        }

        await Heal();
        var shard = this.AsReference<IPortfolioShardGrain>();
        this.RegisterGrainTimer(() => shard.Sweep(), new() { DueTime = _sweepPeriod, Period = _sweepPeriod });
        this.RegisterGrainTimer(() => shard.Heal(), new() { DueTime = _healPeriod, Period = _healPeriod });
    }

    public Task Committed(Marker commit, ProjectSummary summary)
    {
        _shard.Take(commit.Version, summary);
        _done.Add(commit);
        return Task.CompletedTask;
    }

    public async Task Heal()
    {
        var lost = new List<Marker>();
        await foreach (var marker in store.Markers(Sharding.SpreadKind, Key))
        {
            if (_shard.VersionOf(marker.Stream.Id) >= marker.Version) _done.Add(marker);
            else lost.Add(marker);
        }

        foreach (var marker in lost) await Settle(marker);
        await Sweep();
    }

    public async Task Sweep()
    {
        while (_done.Count > 0)
        {
            Marker[] batch = [.. _done.Take(Batch)];
            await store.DeleteMarkers(batch);
            _done.RemoveRange(0, batch.Length);
        }
    }

    public Task<ShardPage> Find(PortfolioQuery query, Actor actor) => Task.FromResult(_shard.Find(query, actor, Today, calendars.Current));

    public Task<PortfolioOverview> Overview(Actor actor) => Task.FromResult(_shard.Overview(actor, Today, calendars.Current));

    public Task<ImmutableArray<TrendGroup>> Trend(Dimension? by, Actor actor) => Task.FromResult(_shard.Trend(by, actor, Today, calendars.Current));

    // What is not known here its own grain says.
    private async Task Settle(Marker marker)
    {
        var (version, summary) = await GrainFactory.GetGrain<IProjectGrain>(marker.Stream.Id).Summary();
        _shard.Take(version, summary);
        _done.Add(marker);
    }
}
