using Agency.Agents;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Orleans.Concurrency;

namespace Agency.Worklists;

[GrainType("agency.worklists"), StatelessWorker]
internal sealed class WorklistGrain(TimeProvider clock) : Grain, IWorklistGrain
{
    private const int Page = 1000;

    // Each may have to be folded first: others read the store, too.
    private const int AtOnce = 50;

    public async Task<Worklist> Of(Worker worker, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var projects = await Projects(worker, since, cancellationToken);
        if (worker.Kind == WorkerKind.Agent)
        {
            foreach (var absent in await GrainFactory.GetGrain<IAgentsGrain>(IAgentsGrain.Key).StoodInBy(worker.Id, cancellationToken))
                projects.AddRange((await Projects(worker with { Id = absent }, since, cancellationToken)).Select(p => p.StandingIn(absent)));
        }

        return Duties.Worklist(projects, ShanghaiTime.DayOf(clock.GetUtcNow()));
    }

    private async Task<List<ProjectDuties>> Projects(Worker worker, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var duties = new List<ProjectDuties>();
        var query = (worker.Kind == WorkerKind.Department ? new PortfolioQuery(Department: worker.Id) : new PortfolioQuery(Agent: worker.Id)) with { Limit = Page };
        while (true)
        {
            var page = await GrainFactory.GetGrain<IPortfolioGrain>(0).Find(query, Actor.System, cancellationToken);
            // One that has ended has nothing to be done, but that it ended is told.
            foreach (var some in page.Items.Where(p => since is not null || p.Project.State is ProjectStatus.Active or ProjectStatus.Paused).Chunk(AtOnce))
                duties.AddRange(await Task.WhenAll(some.Select(p => GrainFactory.GetGrain<IProjectGrain>(p.Project.Code).Duties(worker, since, cancellationToken))));
            if (page.Next.IsEmpty) return duties;
            query = query with { After = page.Next };
        }
    }
}
