namespace Agency.Faults.Faults;

/// <summary>All silos are killed at once, and others are started. The HTTP service lives on, as does the storage.</summary>
internal sealed class ColdRestart() : LoadedFault("F2", "kill -9 of all three silos, and a cold restart")
{
    protected override async Task Happen(Scene scene, CancellationToken cancellationToken)
    {
        var killed = scene.Cluster.Silos.ToArray();
        await Task.WhenAll(killed.Select(s => s.Kill()));
        await scene.Cluster.AddSilos(killed.Length, cancellationToken);
    }
}
