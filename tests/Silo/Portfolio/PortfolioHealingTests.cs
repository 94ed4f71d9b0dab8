using System.Collections.Immutable;
using Agency.Agents;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Reviews;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Portfolio;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Portfolio;

/// <summary>Two silos of which one is killed, long before a shard looks for its markers of itself.</summary>
public sealed class PortfolioHealingTests
{
    private const string Code = "2026-511302-47-01-000001";
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(5);
    private static readonly Actor _office = new("ada", Role.Office);

    private readonly InMemoryEventStore _store = new();
    private readonly InMemoryRowStore _rows = new();
    private int _lost;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_commit_that_its_shard_was_not_told_of_is_listed_five_seconds_after_its_silo_is_known_to_be_lost(int killed)
    {
        await using var cluster = await Start(2, TimeProvider.System, call =>
        {
            // What fails for ever keeps nothing else from being done.
            if (call is { Grain: IAgentsGrain, InterfaceMethod.Name: nameof(IAgentsGrain.Heal) }) throw new IOException("It is broken.");
            if (call.InterfaceMethod?.Name != nameof(IPortfolioShardGrain.Committed)) return call.Invoke();
            Interlocked.Increment(ref _lost);
            throw new IOException("It is lost.");
        });
        var (victim, survivor) = (cluster.Silos[killed], cluster.Silos[1 - killed]);
        var left = survivor.ServiceProvider.GetRequiredService<IGrainFactory>();
        var portfolio = left.GetGrain<IPortfolioGrain>(0);
        Assert.Equal(0, (await portfolio.Find(new(), _office, Cancel)).Total);
        var shard = left.GetGrain<IPortfolioShardGrain>(Sharding.Of(new(Sharding.SpreadKind, Code), _store.Shards));
        if (victim.SiloAddress.Equals(await AddressOf(cluster, shard))) await cluster.MigrateAsync(shard, survivor.SiloAddress);

        RequestContext.Set(IPlacementDirector.PlacementHintKey, victim.SiloAddress);
        var details = new ProjectDetails("n", "o", "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Municipal, null, null, null, []);
        Assert.Null((await left.GetGrain<IProjectGrain>(Code).Register(new(Code, "SOC_SMALL", "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details), new(_office, "c"))).Refusal);
        RequestContext.Clear();
        await Eventually.Holds(async () => _lost == 1);
        Assert.Equal(victim.SiloAddress, await AddressOf(cluster, left.GetGrain<IProjectGrain>(Code)));
        Assert.Equal(0, (await portfolio.Find(new(), _office, Cancel)).Total);

        await cluster.KillSiloAsync(victim, Cancel);
        var membership = survivor.ServiceProvider.GetRequiredService<IClusterMembershipService>();
        await Eventually.Holds(async () => membership.CurrentSnapshot.GetSiloStatus(victim.SiloAddress) == SiloStatus.Dead);
        await Eventually.Holds(async () => (await portfolio.Find(new(), _office, Cancel)).Items.Select(i => i.Project.Code).SequenceEqual([Code]), _bound);
    }

    [Fact]
    public async Task What_cannot_be_looked_for_is_looked_for_again_until_it_can()
    {
        var (clock, agents, reviews) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), 0, 0);
        await using var cluster = await Start(1, clock, call => call switch
        {
            { Grain: IReviewsGrain, InterfaceMethod.Name: nameof(IReviewsGrain.Heal) } when Interlocked.Increment(ref reviews) == 1 => throw new IOException("It broke."),
            { Grain: IAgentsGrain, InterfaceMethod.Name: nameof(IAgentsGrain.Heal) } when Interlocked.Increment(ref agents) > 0 => call.Invoke(),
            _ => call.Invoke(),
        });
        await Eventually.Holds(async () => agents == 1);
        Assert.Equal(1, reviews);
        await Eventually.Holds(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return reviews == 2;
        });
        Assert.Equal(1, agents);
    }

    private static async Task<SiloAddress?> AddressOf(InProcessTestCluster cluster, IAddressable grain) =>
        await cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);

    private async Task<InProcessTestCluster> Start(short silos, TimeProvider clock, Func<IIncomingGrainCallContext, Task> filter)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddSingleton<IRowStore>(_rows).AddCatalogue();
            silo.Services.AddSingleton(clock);
            silo.AddCalendar().AddPortfolio();
            silo.AddIncomingGrainCallFilter(filter.Invoke);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
