using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>One silo after the other is told to stop, and another is started in its place, as for a new version. No request may be refused or go without an answer.</summary>
internal sealed class RollingRestart() : Fault("F0", "rolling restart of three silos")
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
        foreach (var silo in cluster.Silos.ToArray())
        {
            await silo.Stop();
            await cluster.AddSilos(1, cancellationToken);
        }

        var to = TimeProvider.System.GetTimestamp();
        await workers.Pause(trial.Aftermath, cancellationToken);
        await workers.End();
        var falseDeaths = await cluster.End(cancellationToken);
        if (sender.Unanswered > 0) throw new TrialFailedException($"{sender.Unanswered} requests went without an answer.");
        if (sender.Refusals.FirstOrDefault() is { } refused) throw new TrialFailedException($"{sender.Refusals.Count} requests were refused: {refused.Problem}");
        return await Outcome.Of(sender, tables.Streams(), falseDeaths, from, to, cancellationToken);
    }
}
