using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>A fault that a cluster has under load: commands are sent before it, while it lasts, and afterwards.</summary>
/// <param name="silos">How many silos it has at first.</param>
internal abstract class LoadedFault(string code, string what, int silos = 3) : Fault(code, what)
{
    protected sealed override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetUtcNow();
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(trial, tables, silos, services: 1, cancellationToken);
        await Prepare(cluster, cancellationToken);
        var sender = new Sender(cluster.Clients);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        await workers.More(trial.Before, cancellationToken);
        var (scene, from) = (new Scene(trial, tables, cluster, sender, workers, began), TimeProvider.System.GetTimestamp());
        await Happen(scene, cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        await Recover(scene, cancellationToken);
        await workers.Pause(trial.Aftermath, cancellationToken);
        await workers.End();
        var casualties = await cluster.End(cancellationToken);
        return await Check(scene, await Outcome.Of(sender, tables.Streams(), casualties, from, to, cancellationToken), cancellationToken);
    }

    /// <summary>What is needed before there is any load.</summary>
    protected virtual Task Prepare(Cluster cluster, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The fault; it is over when this returns.</summary>
    protected abstract Task Happen(Scene scene, CancellationToken cancellationToken);

    /// <summary>What must become so again as soon as it is over.</summary>
    protected virtual Task Recover(Scene scene, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What else must hold, or was measured, when every command is acknowledged and every process has ended.</summary>
    protected virtual Task<Outcome> Check(Scene scene, Outcome outcome, CancellationToken cancellationToken) => Task.FromResult(outcome);

    /// <summary>Where it happens.</summary>
    /// <param name="Began">When the trial began.</param>
    protected sealed record Scene(Trial Trial, TrialTables Tables, Cluster Cluster, Sender Sender, Workers Workers, DateTimeOffset Began);
}
