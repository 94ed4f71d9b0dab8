namespace Agency.Faults.Faults;

/// <summary>One silo after the other is told to stop, and another is started in its place, as for a new version. No request may be refused or go without an answer.</summary>
internal sealed class RollingRestart() : LoadedFault("F0", "rolling restart of three silos")
{
    protected override async Task Happen(Scene scene, CancellationToken cancellationToken)
    {
        foreach (var silo in scene.Cluster.Silos.ToArray())
        {
            await silo.Stop(cancellationToken);
            await scene.Cluster.AddSilos(1, cancellationToken);
        }
    }

    protected override Task<Outcome> Check(Scene scene, Outcome outcome, CancellationToken cancellationToken)
    {
        if (scene.Sender.Unanswered > 0) outcome = outcome.But($"{scene.Sender.Unanswered} requests went without an answer.");
        if (scene.Sender.Refusals.FirstOrDefault() is { } refused) outcome = outcome.But($"{scene.Sender.Refusals.Count} requests were refused: {refused.Problem}");
        return Task.FromResult(outcome);
    }
}
