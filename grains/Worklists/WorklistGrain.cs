using Agency.Agents;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Agency.Worklists;

[GrainType("agency.worklists"), StatelessWorker]
internal sealed partial class WorklistGrain(TimeProvider clock, ILogger<WorklistGrain> logger) : Grain, IWorklistGrain
{
    private const int Page = 1000;

    // Each may have to be folded first: others read the store, too.
    private const int AtOnce = 50;

    public async Task<Worklist> Of(Worker worker, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var unread = new SortedSet<string>(StringComparer.Ordinal);
        var projects = await Projects(worker, since, unread, cancellationToken);
        if (worker.Kind == WorkerKind.Agent)
        {
            foreach (var absent in await GrainFactory.GetGrain<IAgentsGrain>(IAgentsGrain.Key).StoodInBy(worker.Id, cancellationToken))
                projects.AddRange((await Projects(worker with { Id = absent }, since, unread, cancellationToken)).Select(p => p.StandingIn(absent)));
        }

        return Duties.Worklist(projects, unread, ShanghaiTime.DayOf(clock.GetUtcNow()));
    }

    private async Task<List<ProjectDuties>> Projects(Worker worker, DateTimeOffset? since, SortedSet<string> unread, CancellationToken cancellationToken)
    {
        var duties = new List<ProjectDuties>();
        var query = (worker.Kind == WorkerKind.Department ? new PortfolioQuery(Department: worker.Id) : new PortfolioQuery(Agent: worker.Id)) with { Past = since is not null, Limit = Page };
        while (true)
        {
            var page = await GrainFactory.GetGrain<IPortfolioGrain>(0).Find(query, Actor.System, cancellationToken);
            // One that has ended has nothing to be done, but that it ended is told. Of what the portfolio does not know, the project itself says whom it concerns.
            var asked = page.Items.Where(p => since is not null || p.Project.State is ProjectStatus.Active or ProjectStatus.Paused).Select(p => p.Project.Code);
            foreach (var some in asked.Union(query.After.IsEmpty ? page.Unsettled : []).Chunk(AtOnce))
                duties.AddRange((await Task.WhenAll(some.Select(Read))).OfType<ProjectDuties>());
            if (page.Next.IsEmpty) return duties;
            query = query with { After = page.Next };
        }

        async Task<ProjectDuties?> Read(string project)
        {
            try
            {
                return await GrainFactory.GetGrain<IProjectGrain>(project).Duties(worker, since, cancellationToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                // One project must not take the worklist down, and must not look like one without duties.
                LogUnread(e, project, worker.Kind, worker.Id);
                unread.Add(project);
                return null;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Project} could not be read for the worklist of {Kind} {Worker}, which names it as unread.")]
    private partial void LogUnread(Exception exception, string project, WorkerKind kind, string worker);
}
