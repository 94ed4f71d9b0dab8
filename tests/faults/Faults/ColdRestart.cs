using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>All silos are killed at once, and others are started. The HTTP service lives on, as does the storage.</summary>
internal sealed class ColdRestart() : Fault("F2", "kill -9 of all three silos, and a cold restart")
{
    private const int Silos = 3;

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(tables, Silos, services: 1, cancellationToken);
        var sender = new Sender(cluster.Clients);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        await workers.More(trial.Before, cancellationToken);
        var from = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(cluster.Silos.Select(s => s.Kill()));
        await cluster.AddSilos(Silos, cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        await workers.Pause(trial.Aftermath, cancellationToken);
        await workers.End();
        var falseDeaths = await cluster.End(cancellationToken);
        return await Outcome.Of(sender, tables.Streams(), falseDeaths, from, to, cancellationToken);
    }
}
