using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>Transactions are done in the storage, and their answers never arrive.</summary>
internal sealed class LostAnswers() : Fault("F4", "commit done and its answer lost, one in four")
{
    private const int OfEach = 4;

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(tables, silos: 2, services: 1, cancellationToken);
        var sender = new Sender(cluster.Clients);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        await workers.More(trial.Before, cancellationToken);
        var from = TimeProvider.System.GetTimestamp();
        tables.Proxy.LoseAnswers(OfEach);
        await workers.Pause(trial.Aftermath, cancellationToken);
        tables.Proxy.Heal();
        var to = TimeProvider.System.GetTimestamp();
        await workers.Pause(trial.Aftermath, cancellationToken);
        await workers.End();
        if (tables.Proxy.Lost == 0) throw new TrialFailedException("No answer was lost.");
        var falseDeaths = await cluster.End(cancellationToken);
        return await Outcome.Of(sender, tables.Streams(), falseDeaths, from, to, cancellationToken);
    }
}
