namespace Agency.Faults.Faults;

/// <summary>Transactions are done in the storage, and their answers never arrive.</summary>
internal sealed class LostAnswers() : LoadedFault("F4", "commit done and its answer lost, one in four", silos: 2)
{
    private const int OfEach = 4;

    protected override async Task Happen(Scene scene, CancellationToken cancellationToken)
    {
        scene.Tables.Proxy.LoseAnswers(OfEach);
        await scene.Workers.Pause(scene.Trial.Aftermath, cancellationToken);
        scene.Tables.Proxy.Heal();
    }

    protected override Task<Outcome> Check(Scene scene, Outcome outcome, CancellationToken cancellationToken) =>
        Task.FromResult(scene.Tables.Proxy.Lost > 0 ? outcome : outcome.But("No answer was lost."));
}
