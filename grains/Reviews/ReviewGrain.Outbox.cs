using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Microsoft.Extensions.Logging;

namespace Agency.Reviews;

/// <summary>What the session's commits must cause in projects, and what departments and the chair are told of them.</summary>
internal sealed partial class ReviewGrain
{
    // Projects are told side by side, each in the order of the facts, and beside them departments and the chair.
    protected override Task Deliver(IReadOnlyList<Entry<ReviewFact>> commit)
    {
        var told = commit.SelectMany(e => ReviewOutbox.Of(Id, e, State).Select(t => (t.Project, t.Fact, Entry: e))).GroupBy(t => t.Project);
        return Task.WhenAll(told.Select(async project =>
        {
            foreach (var (_, fact, entry) in project) await Tell(project.Key, fact, new(Actor.System, entry.CommandId, entry.OccurredOn));
        }).Append(Notify(commit)));
    }

    private async Task Tell(string code, ResolutionRecorded fact, Act act)
    {
        var project = GrainFactory.GetGrain<IProjectGrain>(code);
        if (await project.LeadsTo() is { } other) project = GrainFactory.GetGrain<IProjectGrain>(other);
        if (await project.RecordResolution(fact, act) is { } refusal) LogUndeliverable(fact.Resolution, code, refusal.Code);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Resolution {Resolution} is for {Project}, which does not take it: {Code}.")]
    private partial void LogUndeliverable(string resolution, string project, string code);
}
