using System.Collections.Immutable;
using Agency.Agents;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Mandates;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Projects;

/// <summary>Projects and agents in one silo, with several clients at once and a store that fails now and then: what a project has on
/// record and what its agents keep for it are the same when the outbox has run.</summary>
public sealed class ServiceClusterTests
{
    private const int Projects = 4;
    private static readonly string[] _agents = ["a", "b", "c", "d"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly InMemoryEventStore _store = new(shards: 1);
    private readonly InMemoryRowStore _rows = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task Projects_and_agents_agree_whatever_several_clients_ask_for_at_once(int seed, bool failing)
    {
        await using (var cluster = await Start())
        {
            foreach (var agent in _agents) Assert.Null((await Agent(cluster, agent).Register(Details, Act())).Refusal);
            for (var i = 0; i < Projects; i++) await Prepare(cluster, i);
            if (failing) Fail(new(seed));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(client => Task.Run(() => Client(cluster, new(seed * 100 + client)), Cancel)));
            (_store.BeforeCommit, _store.AfterCommit) = (null, null);

            // Nothing is undecided any more where no command is under way: whatever was not delivered has its marker.
            await Heal(cluster);
            await Agree(cluster);
        }

        // Another process that knows only the store.
        await using var later = await Start();
        await Heal(later);
        await Agree(later);
    }

    private static AgentDetails Details { get; } = new("511300-ZJJ", null, Rank.Middle, [Function.Manager, Function.Clerk], [], 2, []);

    // A commit that fails did or did not go in.
    private void Fail(Random random)
    {
        var gate = new Lock();
        _store.BeforeCommit = _ => Maybe();
        _store.AfterCommit = _ => Maybe();

        void Maybe()
        {
            lock (gate)
            {
                if (random.Next(12) == 0) throw new IOException("The disk is full.");
            }
        }
    }

    private static async Task Prepare(InProcessTestCluster cluster, int number)
    {
        var project = Project(cluster, number);
        var details = new ProjectDetails("n", "o", "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Municipal, null, null, null, []);
        Assert.Null((await project.Register(new(Code(number), "SOC_SMALL", "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details), Act())).Refusal);
        await Agreed(project);
    }

    private static async Task Agreed(IProjectGrain project)
    {
        await project.ChangeMandate(new MandateRequested(0, MandateScope.Full, [], [], null, new(2026, 12, 31)), Act());
        await project.ChangeMandate(new MandateAccepted(), Act());
        await project.ChangeMandate(new MandateAgreed { DocumentNumber = "n" }, Act());
    }

    private static async Task Client(InProcessTestCluster cluster, Random random)
    {
        for (var i = 0; i < 40; i++)
        {
            var (project, agent) = (Project(cluster, random.Next(Projects)), _agents[random.Next(_agents.Length)]);
            try
            {
                await (random.Next(20) switch
                {
                    < 7 => project.AppointManager(agent, Act("handoverNote")),
                    < 12 => project.ChangeMandate(new ClerkAppointed(agent), Act(ClerkAppointed.Plan)),
                    < 14 => project.ChangeMandate(new ClerkRemoved(agent), Act()),
                    14 => project.ChangeMandate(new MandateRevoked(), Act()),
                    < 17 => Agreed(project),
                    17 when random.Next(6) == 0 => project.ChangeStandstill(new ProjectTerminated(null), Act(EventSourcing.Act.Reason)),
                    18 => Agent(cluster, agent).Change(new() { Active = new(true, false) }, Act()),
                    _ => Agent(cluster, agent).Change(new() { Active = new(true, true) }, Act()),
                });
            }
            catch (Exception e) when (e is IOException || e.InnerException is IOException || e is OrleansException)
            {
                // The outcome is unknown, as it is to a client that is answered 503.
            }
        }
    }

    private async Task Heal(InProcessTestCluster cluster)
    {
        await cluster.Client.GetGrain<IPortfolioShardGrain>(0).Heal();
        await cluster.Client.GetGrain<IAgentsGrain>(IAgentsGrain.Key).Heal();
        await Eventually.Holds(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(31));
            foreach (var agent in _agents) await Agent(cluster, agent).View();
            return (await Kept()).All(p => p.Confirmed);
        });
    }

    private async Task Agree(InProcessTestCluster cluster)
    {
        var recorded = new HashSet<(string Agent, Function Function, string Project)>();
        for (var i = 0; i < Projects; i++)
        {
            var state = await State(i);
            Assert.True(state.Service.Managers.Count(m => m.IsOpen) <= 1);
            foreach (var term in state.Service.Terms.Where(t => t.IsOpen)) Assert.True(recorded.Add((term.Agent, term.Function, Code(i))), $"{term} twice");
            if (state.TerminatedOn is not null) Assert.DoesNotContain(state.Service.Terms, t => t.IsOpen);
        }

        var kept = new HashSet<(string Agent, Function Function, string Project)>();
        foreach (var agent in _agents)
        {
            var view = await Agent(cluster, agent).View();
            foreach (var place in view!.Assignments) Assert.True(kept.Add((agent, place.Function, place.Project)), $"{place} twice");
            if (view.Status == AgentStatus.Inactive) Assert.Empty(view.Assignments);
        }

        Assert.Equal(recorded.Order(), kept.Order());
    }

    private async Task<ProjectState> State(int number)
    {
        var entries = new List<Entry<ProjectFact>>();
        await foreach (var fact in _store.Read(new("project", Code(number)), 0, Cancel)) entries.Add(ProjectFact.Codec.Decode(fact));
        return ProjectState.None.With(entries);
    }

    private async Task<IReadOnlyList<Place>> Kept()
    {
        var places = new List<Place>();
        await foreach (var summary in _store.Summaries("agent", 0, Cancel)) places.AddRange(AgentSummary.Read(summary.Bytes).Places);
        return places;
    }

    private static string Code(int number) => $"2026-511302-47-01-{number:D6}";

    private static IProjectGrain Project(InProcessTestCluster cluster, int number) => cluster.Client.GetGrain<IProjectGrain>(Code(number));

    private static IAgentGrain Agent(InProcessTestCluster cluster, string id) => cluster.Client.GetGrain<IAgentGrain>(id);

    private static Act Act(params string[] texts) =>
        new(new("ada", Role.Office), Guid.NewGuid().ToString(), Texts: texts.Aggregate(EventSourcing.Act.NoTexts, (all, name) => all.Add(name, "t")));

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddSingleton<IRowStore>(_rows).AddCatalogue();
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
