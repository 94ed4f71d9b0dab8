using Agency.EventSourcing;
using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>The clock of one of three silos is set an hour forward, an hour back and forty days forward, and put right each time.</summary>
internal sealed class ClockJumps() : Fault("F6", "the clock of one of three silos set +1 h, -1 h, +40 days")
{
    private static readonly TimeSpan[] _jumps = [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(40)];

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetUtcNow();
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(tables, silos: 2, services: 1, cancellationToken);
        var clock = new ShiftedClock();
        await cluster.AddSilo("jumping", clock, cancellationToken);
        var sender = new Sender(cluster.Clients);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        await workers.More(trial.Before, cancellationToken);
        var from = TimeProvider.System.GetTimestamp();
        foreach (var jump in _jumps)
        {
            var refused = Refused(sender);
            clock.Shift = jump;
            await workers.Pause(trial.Aftermath, cancellationToken);
            clock.Shift = TimeSpan.Zero;
            if (Refused(sender) == refused) throw new TrialFailedException($"Nothing was refused while the clock was wrong by {jump}.");
            await workers.Pause(trial.Aftermath, cancellationToken);
        }

        var to = TimeProvider.System.GetTimestamp();
        await workers.End();
        var falseDeaths = await cluster.End(cancellationToken);
        await CheckInstants(tables.Streams(), began, cancellationToken);
        return await Outcome.Of(sender, tables.Streams(), falseDeaths, from, to, cancellationToken);
    }

    private static int Refused(Sender sender) => sender.Refusals.Count(r => r.Problem.Contains("\"clock-moved\"", StringComparison.Ordinal));

    private static async Task CheckInstants(IFactReader store, DateTimeOffset began, CancellationToken cancellationToken)
    {
        await foreach (var head in store.Heads(cancellationToken))
        {
            await foreach (var fact in store.Read(head.Stream, 0, cancellationToken))
            {
                var at = FactJson.RecordedAt(fact.Bytes);
                if (!(at >= began && at <= TimeProvider.System.GetUtcNow())) throw new TrialFailedException($"{head.Stream} {fact.Version} is recorded at {at:O}, which was not.");
            }
        }
    }
}
