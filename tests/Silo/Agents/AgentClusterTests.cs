using Agency.Agents;
using Agency.EventSourcing;
using Agency.People;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Tests.Grains.Agents;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Agents;

public sealed class AgentClusterTests
{
    private static readonly Act _act = new(new("ada", Role.Office), "c-1");
    private static readonly Assignment _assignment = new("2026-511302-47-01-000001", Function.Clerk, "c-2");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly InMemoryEventStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_is_what_was_registered_also_after_a_restart()
    {
        await using (var cluster = await Start())
        {
            Assert.Null(await Agent(cluster, "li").View());
            Assert.Equal("agent-not-found", (await Agent(cluster, "li").Reserve(_assignment, _act)).Refusal!.Code);
            await Agent(cluster, "li").Release(_assignment, _act);
            await Agent(cluster, "li").Confirm(_assignment, _act);
            Assert.Null(await Agent(cluster, "li").View());

            Assert.Equal(["/flows/0", "/leaves/0/substitute"], (await Agent(cluster, "li").Register(
                AgentLife.Plain with { Flows = ["NONE"], Leaves = [new(new(2026, 3, 9), new(2026, 3, 9), "wang")] }, _act)).Refusal!.Faults.Select(f => f.At));
            Assert.Equal(1, (await Agent(cluster, "li").Register(AgentLife.Plain with { Flows = ["IND"] }, _act)).Version);
            Assert.Equal(2, (await Agent(cluster, "li").Reserve(_assignment, _act with { CommandId = "c-2" })).Version);
            Assert.Equal(2, (await Agent(cluster, "li").Reserve(_assignment, _act with { CommandId = "c-2" })).Version);
            await Agent(cluster, "li").Confirm(_assignment, _act);
        }

        await using var later = await Start();
        var view = await Agent(later, "li").View();
        Assert.Equal((3, 1, _assignment), (view!.Version, view.Load, view.Assignments.Single()));
    }

    [Fact]
    public async Task What_the_service_itself_sends_again_is_known_for_ten_minutes_and_done_once()
    {
        await using var cluster = await Start();
        var (li, act) = (Agent(cluster, "li"), _act with { Key = new("c-1", default, Passing: true) });
        await li.Register(AgentLife.Plain, act);
        var again = await li.Register(AgentLife.Plain, act);
        Assert.Equal((null, 1, "li", true), (again.Refusal, again.Version, again.View?.Id, again.Replayed));
        var kept = await _store.FindKey(new("agent", "li"), "c-1", Cancel);
        Assert.Equal((true, _clock.GetUtcNow().AddMinutes(10)), (kept!.Answer.IsEmpty, kept.Expires));
        Assert.NotNull((await li.Register(AgentLife.Plain, _act)).Refusal);
    }

    [Fact]
    public async Task A_substitute_stands_in_unless_it_is_away_itself_or_deactivated()
    {
        await using var cluster = await Start();
        var (li, wang) = (Agent(cluster, "li"), Agent(cluster, "wang"));
        await wang.Register(AgentLife.Plain, _act);
        var made = await li.Register(AgentLife.Plain with { Leaves = [new(new(2026, 3, 9), new(2026, 3, 13), "wang")] }, _act);
        Assert.Equal(("wang", true), (made.View!.Substitute, made.View.OnLeave));

        // Each other's substitutes on the same day: nobody stands in, and asking comes to an end.
        await wang.Change(new() { Leaves = new(true, [new(new(2026, 3, 9), new(2026, 3, 9), "li")]) }, _act);
        Assert.Equal((null, true), ((await li.View())!.Substitute, (await li.View())!.OnLeave));
        Assert.Null((await wang.View())!.Substitute);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("wang", (await li.View())!.Substitute);
        await wang.Change(new() { Active = new(true, false) }, _act);
        Assert.Null((await li.View())!.Substitute);
    }

    [Fact]
    public async Task A_place_whose_project_never_committed_is_free_again_also_after_a_restart()
    {
        await using (var cluster = await Start())
        {
            await Agent(cluster, "li").Register(AgentLife.Plain, _act);
            await Agent(cluster, "li").Reserve(_assignment, _act);
            await Agent(cluster, "li").Change(new() { Active = new(true, false) }, _act);
            Assert.Equal(AgentStatus.Closing, (await Agent(cluster, "li").View())!.Status);
        }

        await using var later = await Start();
        Assert.Equal(1, (await Agent(later, "li").View())!.Load);
        await Eventually.Holds(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(31));
            return (await Agent(later, "li").View())!.Status == AgentStatus.Inactive;
        });
        Assert.Empty((await Agent(later, "li").View())!.Assignments);
    }

    private static IAgentGrain Agent(InProcessTestCluster cluster, string id) => cluster.Client.GetGrain<IAgentGrain>(id);

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddCatalogue();
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
