using System.Collections.Immutable;
using Agency.Agents;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Tests.Storage;
using Agency.Worklists;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Worklists;

/// <summary>A worklist over a store in which not every project can be read.</summary>
public sealed class WorklistClusterTests
{
    private const string Code = "2026-511302-47-01-000001";
    private const string Broken = "2026-511302-47-01-000009";
    private const string Manager = "zhang";
    private static readonly Actor _office = new("ada", Role.Office);
    private readonly InMemoryEventStore _store = new(shards: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProjectSummary.CurrentFormat)] // the portfolio knows it
    [InlineData(1)] // the portfolio does not know it either
    public async Task A_project_that_cannot_be_read_is_named_beside_the_duties_in_the_others(int format)
    {
        await CommitBroken(format);
        await using var cluster = await Start();
        var details = new AgentDetails("511300-ZJJ", null, Rank.Middle, [Function.Manager], [], 2, []);
        Assert.Null((await cluster.Client.GetGrain<IAgentGrain>(Manager).Register(details, new(_office, "a"))).Refusal);
        var (project, registered) = (cluster.Client.GetGrain<IProjectGrain>(Code), Registered(Code, "SOC_SMALL"));
        Assert.Null((await project.Register(new(Code, registered.Flow, "511302", Authority.City, registered.ItemAuthorities, registered.Answers, registered.Details), new(_office, "b"))).Refusal);
        Assert.Null((await project.AppointManager(Manager, new(_office, "c"))).Refusal);

        var worklist = cluster.Client.GetGrain<IWorklistGrain>(0);
        await Eventually.Holds(async () => !(await worklist.Of(new(WorkerKind.Agent, Manager), null, Cancel)).Duties.IsEmpty);
        var told = await worklist.Of(new(WorkerKind.Agent, Manager), null, Cancel);
        Assert.Equal([Broken], told.Unread);
        Assert.All(told.Duties, d => Assert.Equal(Code, d.Project));
    }

    // Its flow is not there.
    private async Task CommitBroken(int format)
    {
        var (stream, fact) = (new StreamId(Sharding.SpreadKind, Broken), Registered(Broken, "NO_SUCH_FLOW"));
        var entry = new Entry<ProjectFact>(1, fact, TimeProvider.System.GetUtcNow(), new(2026, 3, 2), _office, null, "c", 1, Act.NoTexts);
        var summary = new ProjectSummary(format, Broken, null, "n", "o", null, null, null, null, null, null, ProjectStatus.Active, null, entry.OccurredOn, null, null, null, [], [], default, null) { Manager = Manager };
        await _store.Commit(new(stream, 0, [ProjectFact.Codec.Encode(entry, stream, HashChain.Start(stream))], ProjectSummary.Write(summary)), Cancel);
    }

    private static ProjectRegistered Registered(string code, string flow) => new(
        code, flow, 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty,
        new("n", "o", "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Municipal, null, null, null, []));

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddSingleton<IRowStore>(new InMemoryRowStore()).AddCatalogue();
            silo.Services.AddSingleton(TimeProvider.System);
            silo.AddCalendar();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
