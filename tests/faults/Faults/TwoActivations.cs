using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>Two clusters that know nothing of each other have the same tables: every project has an activation in each, and both are given commands.</summary>
internal sealed class TwoActivations() : Fault("F7", "two activations of each grain, in two clusters on the same tables")
{
    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var one = await Cluster.Start(tables, silos: 1, services: 1, cancellationToken);
        await using var other = await Cluster.Start(tables, silos: 1, services: 1, cancellationToken);
        var sender = new Sender([.. one.Clients, .. other.Clients]);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        var from = TimeProvider.System.GetTimestamp();
        await workers.More(trial.Before, cancellationToken);
        await workers.Pause(trial.Aftermath, cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        await workers.End();
        var both = sender.Acknowledged.GroupBy(a => a.Command.Stream, a => a.Service).Count(s => s.Distinct().Count() == 2);
        if (both == 0) throw new TrialFailedException("No project had commands through both clusters.");
        IReadOnlyList<string> falseDeaths = [.. await one.End(cancellationToken), .. await other.End(cancellationToken)];
        return await Outcome.Of(sender, tables.Streams(), falseDeaths, from, to, cancellationToken);
    }
}
