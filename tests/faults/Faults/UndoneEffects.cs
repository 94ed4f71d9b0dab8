using Agency.Faults.Load;
using Agency.Faults.Processes;
using Agency.Faults.Record;
using Agency.Reviews;

namespace Agency.Faults.Faults;

/// <summary>Sessions are concluded at the same time; as soon as some of the conclusions are in the store nothing more gets there, and a silo is killed: what the
/// resolutions cause in their projects has not been done yet.</summary>
internal sealed class UndoneEffects() : Fault("F9", "kill -9 between a commit and what follows from it in other streams")
{
    private const int Silos = 2;
    private const int Count = 6;
    private static readonly IReadOnlyList<string> _projects = [.. Workers.Codes.Take(6)];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(trial, tables, Silos, services: 1, cancellationToken);
        var sender = new Sender(cluster.Clients);
        await Task.WhenAll(_projects.Select((code, i) => sender.Send(Command.Registration(code, "registration"), i, cancellationToken)));
        var sessions = await Sessions.Open(sender, Count, _projects, ShanghaiTime.DayOf(TimeProvider.System.GetUtcNow()), cancellationToken);
        tables.Proxy.HangAfter(Count / 2);
        var from = TimeProvider.System.GetTimestamp();
        var concluding = sessions.Select((session, i) => sender.Send(Sessions.Conclusion(session), i, cancellationToken)).ToArray();
        await Waiting.Until("That sessions are concluded", () => Task.FromResult(tables.Proxy.Hangs), _patience, cancellationToken);
        var (killed, streams) = (cluster.Silos[Random.Shared.Next(Silos)], tables.Streams());
        await killed.Kill();
        var owed = (await GivenResolutions.FindOwed(streams, sessions, _projects, cancellationToken)).Missing.Count;
        tables.Proxy.Heal();
        await cluster.Buried(killed, cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(concluding);
        await Waiting.Becomes(async () => (await Given()).Missing.Count == 0, _patience, cancellationToken);

        // What is given once more comes before the markers go.
        await Waiting.Becomes(async () => !await streams.Markers(cancellationToken).AnyAsync(m => m.Stream.Kind == ReviewFact.StreamKind, cancellationToken), _patience, cancellationToken);
        var casualties = await cluster.End(cancellationToken);
        var outcome = (await Outcome.Of(sender, streams, casualties, from, to, cancellationToken)).With(await Given());
        return (owed > 0 ? outcome : outcome.But("Nothing was owed at the kill.")) with { Note = $"{owed} resolutions were owed to their projects at the kill" };

        Task<Effects> Given() => GivenResolutions.Find(streams, sessions, _projects, cancellationToken);
    }
}
