using System.Collections.Immutable;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Projects;
using Microsoft.Extensions.Logging;

namespace Agency.Portfolio;

[GrainType("agency.portfolio-shard")]
internal sealed partial class PortfolioShardGrain(
    IEventStore store, ICalendarSource calendars, CityData city, DepartmentCodes departments, TimeProvider clock, ILogger<PortfolioShardGrain> logger) : Grain, IPortfolioShardGrain
{
    private const int Batch = 200;

    // Each may have to be folded first: others read the store, too.
    private const int AtOnce = 50;
    private static readonly TimeSpan _deletePeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _healPeriod = TimeSpan.FromMinutes(1);

    private readonly PortfolioShard _shard = new();

    // Commits of which nothing is left to be done, until their markers are deleted.
    private readonly HashSet<Marker> _settled = [];

    // Projects whose summary is of an older format or cannot be read, until they have told a new one.
    private readonly HashSet<Marker> _outdated = [];

    // What could not be taken in when it was last tried.
    private ImmutableArray<Marker> _failed = [];

    private int Key => (int)this.GetPrimaryKeyLong();

    private DateOnly Today => ShanghaiTime.DayOf(clock.GetUtcNow());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var stored in store.Summaries(Sharding.SpreadKind, Key, cancellationToken))
        {
            if (ProjectSummary.Read(stored.Bytes) is { Format: ProjectSummary.CurrentFormat } summary) _shard.Take(stored.Version, summary);
            else _outdated.Add(new(stored.Stream, stored.Version));

            // All shards are read at once when a service starts: others want the processor, too.
            if (++read % Batch == 0) await Task.Yield();
        }

        await Heal();
        this.RegisterGrainTimer(DeleteSettled, new() { DueTime = _deletePeriod, Period = _deletePeriod });
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
        var left = _outdated.ToList();
        await foreach (var marker in store.Markers(Sharding.SpreadKind, Key))
        {
            if (!_settled.Contains(marker) && !_outdated.Contains(marker)) left.Add(marker);
        }

        var failed = ImmutableArray.CreateBuilder<Marker>();
        foreach (var some in left.Chunk(AtOnce)) await Task.WhenAll(some.Select(Try));
        _failed = failed.ToImmutable();
        await DeleteSettled();

        async Task Try(Marker marker)
        {
            try
            {
                await Settle(marker);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // One project must not take the portfolio down. It is asked again the next time.
                LogUnsettled(e, marker.Stream, marker.Version);
                failed.Add(marker);
            }
        }
    }

    public Task<ShardPage> Find(PortfolioQuery query, Sight sight) => Task.FromResult(_shard.Find(query, sight, Today, calendars.Current) with
    {
        Unsettled = [.. _failed.Where(m => _shard.VersionOf(m.Stream.Id) < m.Version).Select(m => m.Stream.Id).Distinct()],
    });

    public Task<ImmutableArray<string>> SeenOf(ImmutableArray<string> codes, Sight sight) => Task.FromResult(_shard.SeenOf(codes, sight));

    public Task<PortfolioOverview> Overview(Sight sight) => Task.FromResult(_shard.Overview(sight, Today, calendars.Current));

    public Task<ImmutableArray<TrendGroup>> Trend(Dimension? by, Sight sight) => Task.FromResult(_shard.Trend(by, sight, Today, calendars.Current));

    public Task<ImmutableArray<RoundFigures>> EndedRounds(ImmutableArray<string> departments, ImmutableArray<string>? items, DateOnly from, DateOnly to) =>
        Task.FromResult(_shard.EndedRounds(departments, items, from, to));

    public Task<ImmutableArray<AgendaCandidate>> AgendaCandidates(DateOnly newSince, DateOnly quietSince, int limit) => Task.FromResult(AgendaCandidate.Most(
        _shard.Rows.Select(r => AgendaCandidate.Of(r.Summary, newSince, quietSince, Today, calendars.Current, city.Service)).OfType<AgendaCandidate>(), newSince, quietSince, limit));

    public async Task<ImpactPage> Impact(ImpactQuery query, Sight sight) => _shard.Impact(query, sight, Today, await Version(query.From), await Version(query.To));

    private async Task<WorkingCalendar> Version(int version) =>
        await calendars.Get(version) ?? throw new ArgumentOutOfRangeException(nameof(version), version, "There is no such version of the calendar.");

    private async Task DeleteSettled()
    {
        while (_settled.Count > 0)
        {
            Marker[] batch = [.. _settled.Take(Batch)];
            await store.DeleteMarkers(batch);
            _settled.ExceptWith(batch);
        }
    }

    // What is not known here its own grain says.
    private async Task Settle(Marker marker)
    {
        var (version, summary) = await GrainFactory.GetGrain<IProjectGrain>(marker.Stream.Id).Settle(marker.Version);
        _shard.Take(version, summary);
        _settled.Add(marker);
        _outdated.Remove(marker);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Stream} {Version} could not be settled; what the portfolio shows of it may be missing or old, and it will be tried again.")]
    private partial void LogUnsettled(Exception exception, StreamId stream, long version);
}
