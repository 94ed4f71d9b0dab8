using Agency.EventSourcing;
using Agency.People;
using Agency.Portfolio;
using Microsoft.Extensions.Logging;

namespace Agency.Projects;

/// <summary>What the project's commits must cause elsewhere: the portfolio is told, and has what failed settled.</summary>
internal sealed partial class ProjectGrain
{
    public async Task<VersionedSummary> Settle(long version)
    {
        await CatchUp(version);

        // The facts of one commit have one instant of recording.
        var recorded = State.Entries[(int)version - 1].RecordedAt;
        var after = version;
        while (after > 0 && State.Entries[(int)after - 1].RecordedAt == recorded) after--;
        await Deliver(after, version);
        return new(Version, Summary(State));
    }

    protected override async Task Committed(long after, long version)
    {
        Wake();
        var delivered = true;
        try
        {
            await Deliver(after, version);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The command is in. Its marker stays, by which it is delivered again.
            LogUndelivered(e, Stream, version);
            delivered = false;
        }

        var commit = delivered ? new Marker(Stream, version) : null;
        await GrainFactory.GetGrain<IPortfolioShardGrain>(Sharding.Of(Stream, Store.Shards)).Committed(new(Version, Summary(State)), commit);
    }

    // What follows elsewhere from the facts above a version; done again after a failure, so whoever receives it knows a repeat.
    private async Task Deliver(long after, long version)
    {
        foreach (var entry in State.Entries.Skip((int)after).Take((int)(version - after)))
        {
            foreach (var alias in Projects.Outbox.AliasesGivenUp(entry, State)) await GrainFactory.GetGrain<IProjectGrain>(alias).ReleaseAlias(Code, new(Actor.System, entry.CommandId));
            foreach (var term in Projects.Outbox.Terms(entry, State)) await Tell(term, new(Actor.System, entry.CommandId));
            await Erase(entry);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What follows from {Stream} {Version} could not be delivered; it will be tried again.")]
    private partial void LogUndelivered(Exception exception, StreamId stream, long version);
}
