using Agency.Api.Hosting;
using Agency.EventSourcing;
using Agency.People;
using Agency.Silo.Clocks;
using Agency.Silo.Silos;
using Agency.Silos;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Silos;

/// <summary>Two silos, each with a clock and a store of its own.</summary>
public sealed class SiloReportsTests : IAsyncLifetime
{
    private static readonly Actor _root = new("root", Role.Administrator);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
    private readonly InMemoryRowStore _rows = new();
    private readonly SkewedClock[] _clocks;
    private readonly StubHealth[] _stores = [new(), new()];
    private InProcessTestCluster _cluster = null!;

    public SiloReportsTests() => _clocks = [new(_time), new(_time)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ISilosGrain Silos => _cluster.Client.GetGrain<ISilosGrain>(ISilosGrain.Key);

    public async ValueTask InitializeAsync()
    {
        var (builder, started) = (new InProcessTestClusterBuilder(2), -1);
        builder.ConfigureSilo((_, silo) =>
        {
            var i = Interlocked.Increment(ref started);
            silo.Services
                .AddSingleton<IClockGuard>(new ClockGuard(_clocks[i], _rows, _ => Task.FromResult<DateTimeOffset?>(null), NullLogger<ClockGuard>.Instance))
                .AddSingleton<IStoreHealth>(_stores[i])
                .AddSingleton(TimeProvider.System);
            silo.AddReports();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Each_silo_tells_how_it_is_and_only_clocks_that_are_not_believed_and_agree_are_confirmed()
    {
        _clocks[1].Skew = TimeSpan.FromHours(1);
        _stores[0].Reason = "The disk is full.";
        var silos = await Silos.Look();
        Assert.Equal(_cluster.Silos.Select(s => s.SiloAddress).Count(), silos.Length);
        Assert.Equal(silos.Select(s => s.Name).Order(StringComparer.Ordinal), silos.Select(s => s.Name));
        Assert.Equal([false, true], silos.Select(s => s.Clock!.Value.Agrees).Order());
        Assert.Equal([null, "The disk is full."], silos.Select(s => s.StoreFault).Order());

        // They cannot both be right, and nobody says which is.
        var refused = await Silos.ConfirmClocks(_root);
        Assert.Equal("clocks-differ", refused.Refusal!.Code);
        Assert.Empty(await Silos.Confirmations());

        // The other jumps as well, or both were paused together.
        _clocks[0].Skew = TimeSpan.FromMinutes(58);
        var confirmed = await Silos.ConfirmClocks(_root);
        Assert.All(confirmed.Silos, s => Assert.True(s.Clock!.Value.Agrees));
        Assert.Equal([3480, 3600], (await Silos.Confirmations()).Select(c => c.Moved.TotalSeconds).Order());
        Assert.All((await Silos.ConfirmClocks(_root)).Silos, s => Assert.True(s.Clock!.Value.Agrees));
        Assert.Equal(2, (await Silos.Confirmations()).Length);
    }

    [Fact]
    public async Task The_service_is_degraded_while_one_silo_cannot_work_and_unhealthy_while_none_can()
    {
        var readiness = new Readiness(_cluster.Client);
        Assert.Equal(HealthStatus.Healthy, (await readiness.Look(Cancel)).Status);

        _stores[0].Reason = "The disk is full.";
        _clocks[1].Skew = TimeSpan.FromHours(-1);
        var health = await readiness.Look(Cancel);
        Assert.Equal((HealthStatus.Degraded, HealthStatus.Healthy, HealthStatus.Degraded, HealthStatus.Degraded), (health.Status, health.Checks["silos"], health.Checks["store"], health.Checks["clock"]));

        _stores[1].Reason = "The disk is full.";
        Assert.Equal(HealthStatus.Unhealthy, (await readiness.Look(Cancel)).Checks["store"]);
    }

    private sealed class StubHealth : IStoreHealth
    {
        public bool Healthy => Reason is null;

        public string? Reason { get; set; }
    }
}
