using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Agency.Calendar;
using Agency.EventSourcing;
using Agency.People;
using Agency.Silo.Calendar;
using Agency.Tests.Grains.Calendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Calendar;

public class CalendarClusterTests
{
    private static readonly Act _act = new(new Actor("admin", Role.Administrator), "c-1");
    private static readonly DateOnly _newYear = new(2027, 1, 1);
    private static readonly YearArrangement _2027 = new([_newYear], [new(2027, 1, 3)], "公告");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_put_counts_at_once_on_every_silo()
    {
        await using var cluster = await Start(new OneStream());
        var record = cluster.Client.GetGrain<ICalendarGrain>(ICalendarGrain.Key);
        Assert.All(Sources(cluster), s => Assert.Equal(1, s.Current.Version));
        Assert.All(Sources(cluster), s => Assert.True(s.Current.IsWorkingDay(_newYear)));

        var put = await record.Put(2027, _2027, _act);

        Assert.Null(put.Refusal);
        Assert.Equal(2, put.Version);
        Assert.Empty(put.View!.Behind);
        Assert.All(Sources(cluster), s => Assert.Equal(2, s.Current.Version));
        Assert.All(Sources(cluster), s => Assert.Equal(DayKind.Holiday, s.Current.KindOf(_newYear)));

        var same = await record.Put(2027, _2027, _act);
        Assert.Equal(2, same.Version);
        Assert.Equal(CalendarRefusals.DayOutsideYear, (await record.Put(2028, _2027, _act)).Refusal?.Code);

        Assert.Equal([1, 2], (await record.Versions()).Select(v => v.Version));
        Assert.Equal([Actor.System, _act.Actor], (await record.Versions()).Select(v => v.Actor));
        Assert.Equal(_2027.Off, (await record.Get(2027))!.Arrangement.Off);
        Assert.Null(await record.Get(2027, version: 1));
        Assert.Null(await record.Newest(2));
    }

    [Fact]
    public async Task An_older_version_is_had_by_its_number_on_every_silo_and_after_a_restart()
    {
        var store = new OneStream();
        await using (var first = await Start(store))
        {
            await first.Client.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Put(2027, _2027, _act);
            await AssertVersions(first);
        }

        await using var second = await Start(store);
        await AssertVersions(second);

        static async Task AssertVersions(InProcessTestCluster cluster)
        {
            foreach (var source in Sources(cluster))
            {
                Assert.True((await source.Get(1, Cancel))!.IsProvisional(_newYear, _newYear));
                Assert.False((await source.Get(2, Cancel))!.IsProvisional(_newYear, _newYear));
                Assert.Same(await source.Get(1, Cancel), await source.Get(1, Cancel));
                Assert.Null(await source.Get(3, Cancel));
                Assert.Null(await source.Get(0, Cancel));
            }
        }
    }

    [Fact]
    public async Task A_silo_that_joins_later_counts_by_the_newest()
    {
        await using var cluster = await Start(new OneStream());
        await cluster.Client.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Put(2027, _2027, _act);
        var joined = await cluster.StartAdditionalSiloAsync();
        Assert.Equal(2, joined.ServiceProvider.GetRequiredService<ICalendarSource>().Current.Version);
    }

    [Fact]
    public async Task A_release_with_a_new_year_makes_a_version_and_leaves_the_record_alone()
    {
        var store = new OneStream();
        await using (var first = await Start(store)) await first.Client.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Put(2026, new([], []), _act);

        await using var second = await Start(store, silo => silo.Services.AddSingleton(new ShippedCalendar(Shipped.Years.Add(2027, _2027))));
        var record = second.Client.GetGrain<ICalendarGrain>(ICalendarGrain.Key);
        Assert.Equal((3, Role.System), ((await record.Versions())[^1].Version, (await record.Versions())[^1].Actor.Role));
        Assert.Empty((await record.Get(2026))!.Arrangement.Off);
        Assert.Equal(_2027.Off, (await record.Get(2027))!.Arrangement.Off);
        await Eventually(() => Sources(second).All(s => s.Current.Version == 3));
    }

    [Fact]
    public async Task A_silo_that_was_not_told_is_named_and_reads_it_within_five_seconds()
    {
        var clock = new FakeTimeProvider(new(2026, 11, 4, 2, 0, 0, TimeSpan.Zero));
        await using var cluster = await Start(
            new OneStream(),
            silo =>
            {
                silo.Services.AddSingleton<ICalendarSilos>(new Mute());
                silo.Services.AddSingleton<TimeProvider>(clock);
                silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            });

        var put = await cluster.Client.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Put(2027, _2027, _act);

        Assert.Equal(["one", "two"], put.View!.Behind);
        Assert.All(Sources(cluster), s => Assert.Equal(1, s.Current.Version));
        clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually(() => Sources(cluster).All(s => s.Current.Version == 2));
    }

    private static IEnumerable<ICalendarSource> Sources(InProcessTestCluster cluster) => cluster.Silos.Select(s => s.ServiceProvider.GetRequiredService<ICalendarSource>());

    private static async Task<InProcessTestCluster> Start(OneStream store, Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(store);
            silo.AddCalendar();
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(10, patience.Token);
    }

    // Tells nobody.
    private sealed class Mute : ICalendarSilos
    {
        public Task<ImmutableArray<string>> Announce(CalendarSnapshot newest, TimeSpan patience) => Task.FromResult<ImmutableArray<string>>(["one", "two"]);
    }

    // The least of a store that one stream needs.
    private sealed class OneStream : IEventStore
    {
        private readonly ConcurrentQueue<StoredFact> _facts = new();
        private readonly Lock _lock = new();

        public int Shards => 1;

        public Task<CommitOutcome> Commit(Commit commit, CancellationToken cancellationToken = default)
        {
            lock (_lock)
            {
                if (_facts.Count != commit.ExpectedVersion) return Task.FromResult(CommitOutcome.VersionConflict);
                foreach (var fact in commit.Facts) _facts.Enqueue(fact);
                return Task.FromResult(CommitOutcome.Committed);
            }
        }

        public async IAsyncEnumerable<StoredFact> Read(StreamId stream, long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var fact in _facts.Where(f => f.Version > after)) yield return await Task.FromResult(fact);
        }

        public IAsyncEnumerable<StoredSummary> Summaries(string kind, int shard, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<Marker> Markers(string kind, int shard, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task DeleteMarkers(IReadOnlyList<Marker> markers, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<IdempotencyRecord?> FindKey(StreamId stream, string key, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<int> DeleteExpiredKeys(DateTimeOffset instant, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<bool> Redact(StreamId stream, long version, string text, TextTraces traces, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
