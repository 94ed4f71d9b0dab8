using Agency.Coordination;
using Agency.EventSourcing;
using Agency.People;
using Agency.Problems;
using Agency.Ratings;
using Agency.Services;
using Agency.Visits;

namespace Agency.Projects;

/// <summary>What is entered of the service to the project: problems, visits, coordination, ratings.</summary>
internal sealed partial class ProjectGrain
{
    public Task<Answer<ProblemView>> Solve(ProblemFact command, Act act) =>
        Serve(act, context => ProblemDecider.Decide(command, context.State, context.Project), s => s.Problems, command is ProblemRaised ? "" : command.Problem);

    public Task<Answer<VisitView>> Visit(ServiceFact command, Act act) =>
        Serve(act, context => VisitDecider.Decide(command, context.State, context.Project), s => s.Visits, (command as FollowUpCompleted)?.Of ?? "");

    public Task<Answer<CoordinationView>> Coordinate(ServiceFact command, Act act) =>
        Serve(act, context => CoordinationDecider.Decide(command, context.State, context.Project), s => s.Coordination, (command as FollowUpCompleted)?.Of ?? (command as CoordinationFact)?.Coordination ?? "");

    public Task<Answer<RatingView>> Rate(RatingFact command, Act act) =>
        Serve(act, context => RatingDecider.Decide(command, context.State, context.Project), s => s.Ratings, command is ServiceRated ? "" : command.Rating);

    public Task<ServiceView?> Service(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(State.Registration is null || State.IsHiddenFrom(actor) ? null : Service(State));

    /// <param name="id">The thing that the command is about; empty: a new one, which then is the last.</param>
    private async Task<Answer<T>> Serve<T>(Act act, Func<(ProjectState State, ProjectContext Project), Decision<ProjectFact>> decide, Func<ServiceView, ServiceList<T>> list, string id)
        where T : class, IServiceThing
    {
        var standsInFor = await StandsInFor(act.Actor);
        return await Execute(act, (state, moment) => decide((state, Context(act, moment, standsInFor))), state =>
        {
            var all = list(Service(state)).All;
            var changed = id.Length == 0 ? all[^1] : all.First(t => t.Id == id);
            return (changed, changed.Version);
        });
    }

    private ServiceView Service(ProjectState state) => ServiceView.Of(state, Today, city.Service, calendars.Current);

    private ProjectView Project(ProjectViews views) => views.Project(city.Service);
}
