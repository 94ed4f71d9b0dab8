using System.Globalization;
using Agency.EventSourcing;
using Agency.Faults.Load;
using Agency.Faults.Processes;
using Agency.Projects;

namespace Agency.Faults.Faults;

/// <summary>Two clusters that know nothing of each other have the same tables: every project has an activation in each, and both are given commands.</summary>
internal sealed class TwoActivations() : Fault("F7", "two activations of each grain, in two clusters on the same tables")
{
    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var one = await Cluster.Start(trial, tables, silos: 1, services: 1, cancellationToken);
        await using var other = await Cluster.Start(trial, tables, silos: 1, services: 1, cancellationToken);
        var sender = new Sender([.. one.Clients, .. other.Clients]);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        var from = TimeProvider.System.GetTimestamp();
        await workers.More(trial.Before, cancellationToken);
        await workers.Pause(trial.Aftermath, cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        await workers.End();
        var (first, second) = (await one.End(cancellationToken), await other.End(cancellationToken));
        var casualties = new Casualties([.. first.FalseDeaths, .. second.FalseDeaths], [.. first.Gone, .. second.Gone]);
        var overtaken = await Overtaken(sender, tables.Streams(), cancellationToken);
        if (overtaken == 0) throw new TrialFailedException("No activation was overtaken by the other.");
        return (await Outcome.Of(sender, tables.Streams(), casualties, from, to, cancellationToken)) with { Note = string.Create(CultureInfo.InvariantCulture, $"{overtaken} commits by an activation that the other had overtaken") };
    }

    // How often a cluster wrote to a project after the other had, since it wrote there itself: what its activation held was old, and its first attempt lost the fence.
    private static async Task<int> Overtaken(Sender sender, IFactReader store, CancellationToken cancellationToken)
    {
        var (services, overtaken) = (sender.Acknowledged.ToDictionary(a => a.Command.Id, a => a.Service), 0);
        foreach (var project in sender.Acknowledged.Select(a => a.Command.Stream).Distinct())
        {
            var wrote = await store.Read(project, 0, cancellationToken).Select(f => services.GetValueOrDefault(ProjectFact.Codec.Decode(f).CommandId, -1)).Where(s => s >= 0).ToListAsync(cancellationToken);
            for (var i = 1; i < wrote.Count; i++)
                if (wrote[i] != wrote[i - 1] && wrote.IndexOf(wrote[i]) < i) overtaken++;
        }

        return overtaken;
    }
}
