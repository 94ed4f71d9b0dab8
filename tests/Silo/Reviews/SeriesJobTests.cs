using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Reviews.Series;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Feeds;
using Agency.Silo.Reviews;
using Agency.Tests.Grains.Reviews.Series;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Reviews;

public sealed class SeriesJobTests
{
    private readonly FakeTimeProvider _clock = new(SeriesLife.At(new(2026, 3, 2), 9));
    private readonly InMemoryEventStore _store = new();
    private string? _broken;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_makes_the_sessions_of_every_series_that_goes_on_once_and_one_that_breaks_stops_no_other()
    {
        await using var cluster = await Start();
        foreach (var id in (string[])["s1", "s2", "s3"])
        {
            var act = new Act(new("ada", Role.Office), $"make-{id}", Texts: Act.NoTexts.Add(SeriesFact.Title, "联席会议"));
            Assert.Null((await cluster.Client.GetGrain<IReviewSeriesGrain>(id).Make(SeriesLife.Monthly with { Rule = "FREQ=WEEKLY;BYDAY=WE", StartTime = new(9, 0) }, act)).Refusal);
        }

        Assert.Null((await cluster.Client.GetGrain<IReviewSeriesGrain>("s3").End(new(new("ada", Role.Office), "end"))).Refusal);
        _broken = "s1";
        var failed = await Assert.ThrowsAsync<AggregateException>(() => Run(cluster));
        Assert.IsType<IOException>(Assert.Single(failed.InnerExceptions));
        Assert.Equal(4, await Sessions());

        _broken = null;
        Assert.Equal((4, 0), await Run(cluster) is var done ? (done["made"], done["refused"]) : default);
        Assert.Equal((0, 8), ((await Run(cluster))["made"], await Sessions()));
        Assert.All(await _store.Summaries(ReviewFact.StreamKind, 0, Cancel).ToListAsync(Cancel), s => Assert.DoesNotContain("s3", s.Stream.Id, StringComparison.Ordinal));
    }

    private async Task<int> Sessions() => await _store.Summaries(ReviewFact.StreamKind, 0, Cancel).CountAsync(Cancel);

    private Task<IReadOnlyDictionary<string, long>> Run(InProcessTestCluster cluster) => new SeriesJob().Run(_clock.GetUtcNow(), cluster.Client, Cancel);

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddSingleton<IRowStore>(new InMemoryRowStore()).AddCatalogue().AddReviews().AddFeeds();
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar();
            silo.AddIncomingGrainCallFilter(call => call.InterfaceMethod?.Name == nameof(IReviewSeriesGrain.Materialise) && call.TargetId.Key.ToString() == _broken ? throw new IOException("It broke.") : call.Invoke());
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
