using Agency.EventSourcing;
using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>The clock of one of three silos is set an hour forward, an hour back and forty days forward, and put right each time.</summary>
internal sealed class ClockJumps() : LoadedFault("F6", "the clock of one of three silos set +1 h, -1 h, +40 days", silos: 2)
{
    private static readonly TimeSpan[] _jumps = [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(40)];

    private const int Moved = 6;

    private readonly ShiftedClock _clock = new();

    protected override Task Prepare(Cluster cluster, CancellationToken cancellationToken)
    {
        // A trial before this one may have ended in the middle.
        _clock.Shift = TimeSpan.Zero;
        return cluster.AddSilo("jumping", _clock, cancellationToken);
    }

    protected override async Task Happen(Scene scene, CancellationToken cancellationToken)
    {
        // Where grains come to live goes by how busy silos are, which may leave this one with none.
        await scene.Cluster.Move([.. Workers.Codes.Take(Moved)]);
        foreach (var jump in _jumps)
        {
            var refused = Refused(scene.Sender);
            _clock.Shift = jump;
            await scene.Workers.Pause(scene.Trial.Aftermath, cancellationToken);
            _clock.Shift = TimeSpan.Zero;
            if (Refused(scene.Sender) == refused) throw new TrialFailedException($"Nothing was refused while the clock was wrong by {jump}.");
            await scene.Workers.Pause(scene.Trial.Aftermath, cancellationToken);
        }
    }

    protected override async Task<Outcome> Check(Scene scene, Outcome outcome, CancellationToken cancellationToken)
    {
        var store = scene.Tables.Streams();
        await foreach (var head in store.Heads(cancellationToken))
        {
            var last = default(DateTimeOffset?);
            await foreach (var fact in store.Read(head.Stream, 0, cancellationToken))
            {
                var at = FactJson.RecordedAt(fact.Bytes);

                // By a clock that is behind the record a commit is recorded a tick after the one before it.
                if (!(at >= scene.Began && at <= TimeProvider.System.GetUtcNow()) || at - last == TimeSpan.FromTicks(1)) outcome = outcome.But($"{head.Stream} {fact.Version} is recorded at {at:O}, which was not.");
                last = at;
            }
        }

        return outcome;
    }

    private static int Refused(Sender sender) => sender.Refusals.Count(r => r.Problem.Contains("\"clock-moved\"", StringComparison.Ordinal));
}
