using Agency.Coordination;
using Agency.EventSourcing;
using Agency.People;
using Agency.Problems;
using Agency.Ratings;
using Agency.Reviews;
using Agency.Services;
using Agency.Visits;

namespace Agency.Projects;

/// <summary>What is entered of the service to the project: problems, visits, coordination, ratings.</summary>
internal sealed partial class ProjectGrain
{
    public Task<Answer<ProblemView>> Solve(ProblemFact command, Act act) =>
        Serve(act, (state, context) => ProblemDecider.Decide(command, state, context), s => s.Problems, command is ProblemRaised ? "" : command.Problem);

    public Task<Answer<VisitView>> Visit(ServiceFact command, Act act) =>
        Serve(act, (state, context) => VisitDecider.Decide(command, state, context), s => s.Visits, (command as FollowUpCompleted)?.Of ?? "");

    public Task<Answer<CoordinationView>> Coordinate(ServiceFact command, Act act) =>
        Serve(act, (state, context) => CoordinationDecider.Decide(command, state, context), s => s.Coordination, (command as FollowUpCompleted)?.Of ?? (command as CoordinationFact)?.Coordination ?? "");

    public Task<Answer<RatingView>> Rate(RatingFact command, Act act) =>
        Serve(act, (state, context) => RatingDecider.Decide(command, state, context), s => s.Ratings, command is ServiceRated ? "" : command.Rating);

    public async Task<Refusal?> RecordResolution(ResolutionRecorded copy, Act act) =>
        (await Execute(act with { Key = null, Texts = null }, (state, moment) => ProjectDecider.RecordResolution(copy, state, Context(act, moment)), Nothing)).Refusal;

    public async Task<ServiceView?> Service(Actor actor, CancellationToken cancellationToken) => await Seen(actor) is null ? null : Service(State);

    /// <param name="id">The thing that the command is about; empty: the one that it makes.</param>
    private Task<Answer<T>> Serve<T>(Act act, Func<ProjectState, ProjectContext, Decision<ProjectFact>> decide, Func<ServiceView, ServiceList<T>> list, string id)
        where T : class, IServiceThing =>
        Command(act, decide, state =>
        {
            var all = list(Service(state)).All;
            var named = id.Length == 0 ? state.Entries.Where(e => e.CommandId == act.CommandId).Select(e => Made(e.Fact)).Last(made => made is not null) : id;
            var changed = all.First(t => t.Id == named);
            return (changed, changed.Version);
        });

    private static string? Made(ProjectFact fact) => fact switch
    {
        ProblemRaised f => f.Problem,
        VisitMade f => f.Visit,
        CoordinationFact f => f.Coordination,
        ServiceRated f => f.Rating,
        _ => null,
    };

    private ServiceView Service(ProjectState state) => ServiceView.Of(state, Today, city.Service, calendars.Current);

    private ProjectView Project(ProjectViews views) => views.Project(city.Service);
}
