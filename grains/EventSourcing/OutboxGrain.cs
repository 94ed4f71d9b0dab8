using Microsoft.Extensions.Logging;

namespace Agency.EventSourcing;

/// <summary>A record's grain that does itself what its commits must cause elsewhere. Each commit leaves a marker, which goes when that is done; what fails is tried again by
/// this activation or by the next, and after the loss of the silo when somebody looks for markers and has them settled.</summary>
internal abstract partial class OutboxGrain<TFact, TState>(IEventStore store, TimeProvider clock, ILogger logger)
    : RecordGrain<TFact, TState>(store, clock, logger)
    where TFact : class
    where TState : IRecord<TFact>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly SortedSet<long> _undelivered = [];
    private IGrainTimer? _retrying;

    protected override bool Marks => true;

    public async Task Settle(long version)
    {
        await CatchUp(version);
        await DeliverCommit(version);
        _undelivered.Remove(version);
        Watch();
    }

    /// <summary>Does what follows elsewhere from the facts of a commit, erasures apart; done again after a failure, so whoever receives it knows a repeat.</summary>
    protected virtual Task Deliver(IReadOnlyList<Entry<TFact>> commit) => Task.CompletedTask;

    protected override async Task Folded()
    {
        if (Version == 0) return;
        await foreach (var marker in Store.Markers(Stream.Kind, 0))
        {
            if (marker.Stream == Stream) _undelivered.Add(marker.Version);
        }

        Watch();
    }

    protected override async Task Committed(long after, long version)
    {
        if (!await TryDeliver(version)) _undelivered.Add(version);
        Watch();
    }

    private void Watch()
    {
        if (_undelivered.Count > 0)
        {
            _retrying ??= this.RegisterGrainTimer(Retry, new() { DueTime = _patience, Period = _patience, KeepAlive = true });
            return;
        }

        _retrying?.Dispose();
        _retrying = null;
    }

    private async Task Retry()
    {
        foreach (var version in _undelivered.ToArray())
        {
            if (await TryDeliver(version)) _undelivered.Remove(version);
        }

        Watch();
    }

    private async Task<bool> TryDeliver(long version)
    {
        try
        {
            await DeliverCommit(version);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The command is in. Its marker stays, by which it is delivered again.
            LogUndelivered(Logger, e, Stream, version);
            return false;
        }
    }

    // The facts of one commit have one instant of recording.
    private async Task DeliverCommit(long version)
    {
        Entry<TFact>[] known = [.. State.Entries.Take((int)version)];
        Entry<TFact>[] commit = [.. known.Where(e => e.RecordedAt == known[^1].RecordedAt)];
        await Deliver(commit);
        foreach (var entry in commit) await Erase(entry);
        await Store.DeleteMarkers([new(Stream, version)]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What follows from {Stream} {Version} could not be delivered; it will be tried again.")]
    private static partial void LogUndelivered(ILogger logger, Exception exception, StreamId stream, long version);
}
