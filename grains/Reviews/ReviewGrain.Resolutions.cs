using Agency.EventSourcing;

namespace Agency.Reviews;

/// <summary>The session's resolutions, and who is told of them.</summary>
internal sealed partial class ReviewGrain
{
    public Task<Answer<ResolutionView>> Resolve(ResolutionFact command, Act act) => Execute(
        act,
        (review, moment) => ResolutionDecider.Decide(Id, command, review, Context(act, moment)),
        review => (ResolutionView.Of(Id, review.Find(command.Resolution)!, Today, city.Reviews, calendars.Current), review.Version));

    public Task Settle(long version) => Task.CompletedTask;
}
