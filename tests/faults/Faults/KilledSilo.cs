using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>A silo is killed, and the others take over what lived there. The fault is over when they hold it dead.</summary>
internal sealed class KilledSilo() : Fault("F1", "kill -9 of one of three silos")
{
    private const int Silos = 3;

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(tables, Silos, services: 1, cancellationToken);
        var sender = new Sender(cluster.Clients);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        await workers.More(trial.Before, cancellationToken);
        var (from, killed) = (TimeProvider.System.GetTimestamp(), cluster.Silos[Random.Shared.Next(Silos)]);
        await killed.Kill();
        await cluster.Buried(killed, cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        await workers.Pause(trial.Aftermath, cancellationToken);
        await workers.End();
        var falseDeaths = await cluster.End(cancellationToken);
        return await Outcome.Of(sender, tables.Streams(), falseDeaths, from, to, cancellationToken);
    }
}
