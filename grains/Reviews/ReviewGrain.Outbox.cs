using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Microsoft.Extensions.Logging;

namespace Agency.Reviews;

/// <summary>What the session's commits must cause in projects, and what departments and the chair are told of them. Each commit leaves a marker, which goes when that is done; what fails is tried again by
/// this activation or by the next, and after the loss of the silo when that is found (<see cref="IReviewsGrain.Heal"/>).</summary>
internal sealed partial class ReviewGrain
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly SortedSet<long> _undelivered = [];
    private IGrainTimer? _retrying;

    public async Task Settle(long version)
    {
        await Deliver(version);
        _undelivered.Remove(version);
        Watch();
    }

    protected override async Task Folded()
    {
        if (Version == 0) return;
        await foreach (var marker in Store.Markers(ReviewFact.StreamKind, 0))
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
            await Deliver(version);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The command is in. Its marker stays, by which it is delivered again.
            LogUndelivered(e, Stream, version);
            return false;
        }
    }

    // Projects are told side by side, each in the order of the facts, and beside them departments and the chair.
    private async Task Deliver(long version)
    {
        var commit = await CommitOf(version);
        var told = commit.SelectMany(e => ReviewOutbox.Of(Id, e, State).Select(t => (t.Project, t.Fact, Entry: e))).GroupBy(t => t.Project);
        await Task.WhenAll(told.Select(async project =>
        {
            foreach (var (_, fact, entry) in project) await Tell(project.Key, fact, new(Actor.System, entry.CommandId, entry.OccurredOn));
        }).Append(Notify(commit)));
        await Store.DeleteMarkers([new(Stream, version)]);
    }

    private async Task Tell(string code, ResolutionRecorded fact, Act act)
    {
        var project = GrainFactory.GetGrain<IProjectGrain>(code);
        if (await project.LeadsTo() is { } other) project = GrainFactory.GetGrain<IProjectGrain>(other);
        if (await project.RecordResolution(fact, act) is { } refusal) LogUndeliverable(fact.Resolution, code, refusal.Code);
    }

    // The facts of one commit have one instant of recording.
    private async Task<IReadOnlyList<Entry<ReviewFact>>> CommitOf(long version)
    {
        var entries = new List<Entry<ReviewFact>>();
        await foreach (var fact in Store.Read(Stream, Math.Max(0, version - Commit.MaxFacts)))
        {
            if (fact.Version <= version) entries.Add(ReviewFact.Codec.Decode(fact));
        }

        return [.. entries.Where(e => e.RecordedAt == entries[^1].RecordedAt)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What follows from {Stream} {Version} could not be delivered; it will be tried again.")]
    private partial void LogUndelivered(Exception exception, StreamId stream, long version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Resolution {Resolution} is for {Project}, which does not take it: {Code}.")]
    private partial void LogUndeliverable(string resolution, string project, string code);
}
