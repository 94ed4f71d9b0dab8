namespace Agency.Faults.Faults;

/// <summary>A silo is killed, and the others take over what lived there. The fault is over when they hold it dead.</summary>
internal sealed class KilledSilo() : LoadedFault("F1", "kill -9 of one of three silos")
{
    protected override async Task Happen(Scene scene, CancellationToken cancellationToken)
    {
        var killed = scene.Cluster.Silos[Random.Shared.Next(scene.Cluster.Silos.Count)];
        await killed.Kill();
        await scene.Cluster.Buried(killed, cancellationToken);
    }
}
