using System.Globalization;
using System.Net;
using Agency.Faults.Load;
using Agency.Faults.Processes;

namespace Agency.Faults.Faults;

/// <summary>The storage cannot be reached: first it gives no answer, then it refuses connections. Meanwhile who asks is told soon to come again, and the
/// service says that it is not ready.</summary>
internal sealed class StorageOutage() : Fault("F3", "storage unreachable for 30 s")
{
    /// <summary>How long who asks may wait to be told so.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    // Of the short form, which is in the tests.
    private static readonly TimeSpan _brief = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _outage = TimeSpan.FromSeconds(30);

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(tables, silos: 3, services: 1, cancellationToken);
        var (sender, half) = (new Sender(cluster.Clients), (trial.Brief ? _brief : _outage) / 2);
        await using var workers = await Workers.Begin(sender, cancellationToken);
        await workers.More(trial.Before, cancellationToken);
        var from = TimeProvider.System.GetTimestamp();
        tables.Proxy.Hang();
        await workers.Pause(half, cancellationToken);
        tables.Proxy.Refuse();
        await Ready(cluster, false, cancellationToken);
        await workers.Pause(half, cancellationToken);
        await Ready(cluster, false, cancellationToken);
        tables.Proxy.Heal();
        var to = TimeProvider.System.GetTimestamp();
        await Ready(cluster, true, cancellationToken);
        await workers.Pause(trial.Aftermath, cancellationToken);
        await workers.End();
        var slowest = Check(sender, from);
        var falseDeaths = await cluster.End(cancellationToken);
        return (await Outcome.Of(sender, tables.Streams(), falseDeaths, from, to, cancellationToken)) with { Note = string.Create(CultureInfo.InvariantCulture, $"told to come again after {slowest.TotalSeconds:0.0} s at the latest") };
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

    private static TimeSpan Check(Sender sender, long from)
    {
        var refusals = sender.Refusals.Where(r => r.At >= from).ToArray();
        if (refusals.Length == 0) throw new TrialFailedException("Nobody was told to come again.");
        if (sender.Unanswered > 0) throw new TrialFailedException($"{sender.Unanswered} requests were not answered within {Sender.Patience.TotalSeconds:0} s.");
        if (refusals.FirstOrDefault(r => !r.SaysWhen) is { } silent) throw new TrialFailedException($"A 503 does not say when to come again: {silent.Problem}");
        var slowest = refusals.Max(r => r.Took);
        return slowest <= _soon ? slowest : throw new TrialFailedException($"A 503 came only after {slowest.TotalSeconds:0.0} s.");
    }
}
