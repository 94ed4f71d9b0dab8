using System.Collections.Immutable;
using System.Text;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Portfolio;

/// <summary>A shard in a silo, over a store in which not everything is as it should be.</summary>
public sealed class PortfolioShardClusterTests
{
    private const string Code = "2026-511302-47-01-000001";
    private static readonly Actor _office = new("ada", Role.Office);
    private readonly InMemoryEventStore _store = new(shards: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_that_cannot_be_folded_does_not_take_the_others_down()
    {
        await Committed(Registered("2026-511302-47-01-000009", "NO_SUCH_FLOW"));
        await using var cluster = await Start();
        var registered = Registered(Code, "SOC_SMALL");
        Assert.Null((await cluster.Client.GetGrain<IProjectGrain>(Code).Register(new(Code, registered.Flow, "511302", Authority.City, registered.ItemAuthorities, registered.Answers, registered.Details), new(_office, "c"))).Refusal);

        var portfolio = cluster.Client.GetGrain<IPortfolioGrain>(0);
        await Eventually.Holds(async () => (await portfolio.Find(new(), _office, Cancel)).Items.Select(i => i.Project.Code).SequenceEqual([Code]));
    }

    [Theory]
    [InlineData("")] // as an operator empties it who trusts it no longer
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("rubbish")]
    public async Task A_summary_that_cannot_be_read_is_made_anew_from_the_facts(string summary)
    {
        await Committed(Registered(Code, "SOC_SMALL"), Encoding.UTF8.GetBytes(summary));
        await using var cluster = await Start();
        var portfolio = cluster.Client.GetGrain<IPortfolioGrain>(0);
        await Eventually.Holds(async () => (await portfolio.Find(new(), _office, Cancel)).Items.Select(i => (i.Project.Code, i.Project.Name)).SequenceEqual([(Code, "n")]));
    }

    // Of an older format, so that it is asked of its grain.
    private async Task Committed(ProjectRegistered fact, byte[]? bytes = null)
    {
        var stream = new StreamId(Sharding.SpreadKind, fact.Code);
        var entry = new Entry<ProjectFact>(1, fact, TimeProvider.System.GetUtcNow(), new(2026, 3, 2), _office, null, "c", 1, Act.NoTexts);
        var summary = new ProjectSummary(1, fact.Code, null, null, null, null, null, null, null, null, null, ProjectStatus.Active, null, null, null, null, null, [], [], default, null);
        await _store.Commit(new(stream, 0, [ProjectFact.Codec.Encode(entry, stream, HashChain.Start(stream))], bytes ?? ProjectSummary.Write(summary)), Cancel);
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
