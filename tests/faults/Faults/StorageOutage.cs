using System.Globalization;
using System.Net;
using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>The storage cannot be reached: first it gives no answer, then it refuses connections. Meanwhile who asks is told soon to come again, and the
/// service says that it is not ready.</summary>
internal sealed class StorageOutage() : LoadedFault("F3", "storage unreachable for 30 s")
{
    /// <summary>How long who asks may wait to be told so.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    // Of the short form, which is in the tests.
    private static readonly TimeSpan _brief = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _outage = TimeSpan.FromSeconds(30);

    protected override async Task Happen(Scene scene, CancellationToken cancellationToken)
    {
        var (half, before) = ((scene.Trial.Brief ? _brief : _outage) / 2, scene.Sender.Refusals.Count);
        scene.Tables.Proxy.Hang();
        await scene.Workers.Pause(half, cancellationToken);
        scene.Tables.Proxy.Refuse();
        await Ready(scene.Cluster, false, cancellationToken);
        await scene.Workers.Pause(half, cancellationToken);
        await Ready(scene.Cluster, false, cancellationToken);
        if (scene.Sender.Refusals.Count == before) throw new TrialFailedException("Nobody was told to come again.");
        scene.Tables.Proxy.Heal();
    }

    protected override Task Recover(Scene scene, CancellationToken cancellationToken) => Ready(scene.Cluster, true, cancellationToken);

    protected override Task<Outcome> Check(Scene scene, Outcome outcome, CancellationToken cancellationToken)
    {
        if (scene.Sender.Unanswered > 0) outcome = outcome.But($"{scene.Sender.Unanswered} requests were not answered within {Sender.Patience.TotalSeconds:0} s.");
        if (scene.Sender.Refusals.FirstOrDefault(r => !r.SaysWhen) is { } silent) outcome = outcome.But($"A 503 does not say when to come again: {silent.Problem}");
        var slowest = scene.Sender.Refusals.Max(r => r.Took);
        if (slowest > _soon) outcome = outcome.But($"A 503 came only after {slowest.TotalSeconds:0.0} s.");
        return Task.FromResult(outcome with { Note = string.Create(CultureInfo.InvariantCulture, $"told to come again after {slowest.TotalSeconds:0.0} s at the latest") });
    }

    private static Task Ready(Cluster cluster, bool ready, CancellationToken cancellationToken) => Waiting.Until(
        $"That the service is {(ready ? "" : "not ")}ready",
        async () =>
        {
            using var answer = await cluster.Clients[0].GetAsync("/health/ready", cancellationToken);
            return answer.StatusCode == (ready ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        },
        TimeSpan.FromSeconds(10),
        cancellationToken);
}
