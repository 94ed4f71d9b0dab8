using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;

namespace Agency.Reviews;

/// <summary>The session's resolutions.</summary>
internal sealed partial class ReviewGrain
{
    public async Task<Answer<ResolutionView>> Resolve(ResolutionFact command, Act act)
    {
        if (ResolutionDecider.CheckSight(Id, command, State, act.Actor) is { } unseen) return new(unseen, 0, null);
        return await Execute(
            act,
            (review, moment) => ResolutionDecider.Decide(Id, command, review, Context(act, moment)),
            review => review.Find(command.Resolution)! is var resolution ? (View(resolution), resolution.Version) : default);
    }

    public Task<ImmutableArray<ResolutionView>> Resolutions(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<ResolutionView>>([.. State.Resolutions.Where(r => r.IsShownTo(actor)).Select(View)]);

    private ResolutionView View(Resolution resolution) => ResolutionView.Of(Id, resolution, Today, city.Reviews, calendars.Current);
}
