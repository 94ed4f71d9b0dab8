using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Silo.Catalogue;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Catalogue;

public sealed class CatalogueClusterTests
{
    private static readonly Act _act = new(new("admin", Role.Administrator), "c-1");
    private static readonly FlowDraft _draft = Cities.Draft(new ItemDraft("A04"), Cities.Own("X1"));
    private static readonly StreamId _flows = new("catalogue", "flows");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_seven_shipped_flows_are_recorded_once_each_in_a_commit_of_its_own()
    {
        var (store, commits) = (new InMemoryEventStore(), new List<int>());
        store.BeforeCommit = commit => commits.Add(commit.Facts.Count);
        for (var start = 0; start < 2; start++)
        {
            await using var cluster = await Start(store);
            var listed = await Flows(cluster).List();
            Assert.Equal(Cities.Shipped.Flows.Select(f => f.Code).Order(StringComparer.Ordinal), listed.Select(f => f.Code));
            Assert.All(listed, f => Assert.Equal(1, Assert.Single(f.Versions).Version));
            Assert.Equal(FlowMaker.Content(Cities.ShippedFlow("IND")), FlowMaker.Content((await Flows(cluster).Get("IND"))!));
        }

        Assert.Equal(Enumerable.Repeat(1, 7), commits);
        await foreach (var fact in store.Read(_flows, 0, Cancel)) Assert.Equal(Actor.System, FlowFact.Codec.Decode(fact).Actor);
    }

    [Fact]
    public async Task A_flow_that_is_put_is_a_version_and_the_same_again_makes_none()
    {
        var store = new InMemoryEventStore();
        await using (var cluster = await Start(store))
        {
            var made = await Flows(cluster).Put("NEW", _draft, _act);
            Assert.Equal((1L, 1), (made.Version, made.View!.Flow.Version));
            Assert.Equal(1, (await Flows(cluster).Put("NEW", _draft, _act)).Version);
            Assert.Equal(1, (await Flows(cluster).Put("NEW", FlowMaker.Draft(made.View.Flow), _act)).Version);
            Assert.Equal(2, (await Flows(cluster).Put("NEW", _draft with { EffectiveFrom = new(2027, 1, 1) }, _act)).Version);
            Assert.Equal(3, (await Flows(cluster).Put("NEW", _draft with { EffectiveFrom = new(2026, 6, 1) }, _act)).Version);
            Assert.Equal(Refusals.VersionMismatch, (await Flows(cluster).Put("NEW", _draft, _act with { IfVersion = 2 })).Refusal!.Code);
        }

        await using var later = await Start(store);
        var source = new FlowSource(later.Client);
        Assert.Equal(3, (await Flows(later).Get("NEW"))!.Version);
        foreach (var (day, version) in new[] { (new DateOnly(2025, 1, 1), 1), (new(2026, 5, 31), 1), (new(2026, 6, 1), 3), (new(2027, 1, 1), 3) })
            Assert.Equal(version, (await source.For("NEW", day, Cancel))!.Version);
        Assert.Same(await source.Get("NEW", 2, Cancel), await source.Get("NEW", 2, Cancel));
        Assert.Null(await source.Get("NEW", 4, Cancel));
        Assert.Null(await source.Get("NEW", 0, Cancel));
        Assert.Null(await source.For("NONE", new(2026, 1, 1), Cancel));
    }

    [Fact]
    public async Task A_draft_that_is_wrong_stores_nothing_and_is_told_all_its_faults()
    {
        var store = new InMemoryEventStore();
        await using var cluster = await Start(store);
        var refused = await Flows(cluster).Put("NEW", _draft with { TotalLimitDays = 31, Name = "" }, _act);
        Assert.Equal("invalid-flow", refused.Refusal!.Code);
        Assert.Equal(["/name", "/totalLimitDays"], refused.Refusal.Faults.Select(f => f.At).Order(StringComparer.Ordinal));
        Assert.Null(await Flows(cluster).Get("NEW"));
        Assert.Equal(7, await store.Read(_flows, 0, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task A_release_that_changes_a_shipped_flow_makes_a_version_and_one_that_does_not_leaves_an_administrators_alone()
    {
        var store = new InMemoryEventStore();
        await using (var first = await Start(store))
            await Flows(first).Put("RENO", (await Draft(first, "RENO")) with { PlannedConstructionDays = 99 }, _act);
        await using (var same = await Start(store)) Assert.Equal((2, 99), ((await Flows(same).Get("RENO"))!.Version, (await Flows(same).Get("RENO"))!.PlannedConstructionDays));

        var changed = Cities.With(flows: [.. Cities.Shipped.Flows.Select(f => f.Code == "RENO" ? f with { Draft = f.Draft with { PlannedConstructionDays = 130 } } : f)]);
        for (var start = 0; start < 2; start++)
        {
            await using var release = await Start(store, changed);
            Assert.Equal((3, 130), ((await Flows(release).Get("RENO"))!.Version, (await Flows(release).Get("RENO"))!.PlannedConstructionDays));
            Assert.Equal(9, await store.Read(_flows, 0, Cancel).CountAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_department_can_be_renamed_and_keeps_its_name_over_a_restart()
    {
        var store = new InMemoryEventStore();
        await using (var cluster = await Start(store))
        {
            var grain = cluster.Client.GetGrain<IDepartmentsGrain>(IDepartmentsGrain.Key);
            Assert.Equal(0, (await grain.Get("511302-ZJJ"))!.Version);
            var renamed = await grain.Rename("511302-ZJJ", "顺庆区住建委", "区住建委", _act);
            Assert.Equal((1L, "顺庆区住建委", "区住建委"), (renamed.Version, renamed.View!.Name, renamed.View.ShortName));
            Assert.Equal(1, (await grain.Rename("511302-ZJJ", "顺庆区住建委", "区住建委", _act)).Version);
            Assert.Equal(2, (await grain.Rename("511303-ZJJ", "高坪区住建委", null, _act with { IfVersion = 0 })).Version);
            Assert.Equal("高坪区住建局", (await grain.Get("511303-ZJJ"))!.Department.ShortName);
            Assert.Equal(Refusals.VersionMismatch, (await grain.Rename("511303-ZJJ", "又", null, _act with { IfVersion = 1 })).Refusal!.Code);
            Assert.Equal("department-not-found", (await grain.Rename("511302-GGZY", "又", null, _act)).Refusal!.Code);
            Assert.Equal("invalid-department", (await grain.Rename("511302-ZJJ", " ", null, _act)).Refusal!.Code);
        }

        await using var later = await Start(store);
        var all = await later.Client.GetGrain<IDepartmentsGrain>(IDepartmentsGrain.Key).List();
        Assert.Equal(["顺庆区住建委", "高坪区住建委"], all.Where(d => d.Code is "511302-ZJJ" or "511303-ZJJ").Select(d => d.Name));
        Assert.Null(await later.Client.GetGrain<IDepartmentsGrain>(IDepartmentsGrain.Key).Get("511302-SZF"));
    }

    private static IFlowsGrain Flows(InProcessTestCluster cluster) => cluster.Client.GetGrain<IFlowsGrain>(IFlowsGrain.Key);

    private static async Task<FlowDraft> Draft(InProcessTestCluster cluster, string code) => FlowMaker.Draft((await Flows(cluster).Get(code))!);

    private static async Task<InProcessTestCluster> Start(InMemoryEventStore store, CityData? city = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(store).AddCatalogue();
            if (city is not null) silo.Services.AddSingleton(city);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
