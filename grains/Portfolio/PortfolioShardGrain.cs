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

    // Commits of which nothing is left to be done, until their markers are deleted.
    private readonly HashSet<Marker> _settled = [];


    private int Key => (int)this.GetPrimaryKeyLong();

    private DateOnly Today => ShanghaiTime.DayOf(clock.GetUtcNow());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var stored in store.Summaries(Sharding.SpreadKind, Key, cancellationToken))
        {
            if (ProjectSummary.Read(stored.Bytes) is { Format: ProjectSummary.CurrentFormat } summary) _shard.Take(stored.Version, summary);
            else await Settle(new(stored.Stream, stored.Version));

            // All shards are read at once when a service starts: others want the processor, too.
            if (++read % Batch == 0) await Task.Yield();
        }

        await Heal();
        this.RegisterGrainTimer(Sweep, new() { DueTime = _sweepPeriod, Period = _sweepPeriod });
        this.RegisterGrainTimer(Heal, new() { DueTime = _healPeriod, Period = _healPeriod });
    }

    public Task Committed(VersionedSummary summary, Marker? settled)
    {
        _shard.Take(summary.Version, summary.Summary);
        if (settled is not null) _settled.Add(settled);
        return Task.CompletedTask;
    }

    public async Task Heal()
    {
        var left = new List<Marker>();
        await foreach (var marker in store.Markers(Sharding.SpreadKind, Key))
        {
            if (!_settled.Contains(marker)) left.Add(marker);
        }

        foreach (var marker in left) await Settle(marker);
        await Sweep();
    }

    public async Task Sweep()
    {
        while (_settled.Count > 0)
        {
            Marker[] batch = [.. _settled.Take(Batch)];
            await store.DeleteMarkers(batch);
            _settled.ExceptWith(batch);
        }
    }

    public Task<ShardPage> Find(PortfolioQuery query, Actor actor) => Task.FromResult(_shard.Find(query, actor, Today, calendars.Current));

    public Task<PortfolioOverview> Overview(Actor actor) => Task.FromResult(_shard.Overview(actor, Today, calendars.Current));

    public Task<ImmutableArray<TrendGroup>> Trend(Dimension? by, Actor actor) => Task.FromResult(_shard.Trend(by, actor, Today, calendars.Current));

    public Task<ImmutableArray<RoundFigures>> EndedRounds(ImmutableArray<string> departments, ImmutableArray<string>? items, DateOnly from, DateOnly to) =>
        Task.FromResult(_shard.EndedRounds(departments, items, from, to));

    public async Task<ImpactPage> Impact(ImpactQuery query, Actor actor) => _shard.Impact(query, actor, Today, await Version(query.From), await Version(query.To));

    private async Task<WorkingCalendar> Version(int version) =>
        await calendars.Get(version) ?? throw new ArgumentOutOfRangeException(nameof(version), version, "There is no such version of the calendar.");

    // What is not known here its own grain says.
    private async Task Settle(Marker marker)
    {
        var (version, summary) = await GrainFactory.GetGrain<IProjectGrain>(marker.Stream.Id).Settle(marker.Version);
        _shard.Take(version, summary);
        _settled.Add(marker);
    }
}
