using Agency.Faults.Load;
using Agency.Faults.Processes;
using Agency.Faults.Record;

namespace Agency.Faults.Faults;

/// <summary>Sessions are concluded, and as soon as the first conclusion is acknowledged a silo is killed: what the sessions' resolutions cause in their projects may
/// not have been done yet.</summary>
internal sealed class UndoneEffects() : Fault("F9", "kill -9 between a commit and what follows from it in other streams")
{
    private const int Silos = 2;
    private const int Count = 6;
    private static readonly IReadOnlyList<string> _projects = [.. Workers.Codes.Take(6)];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        await using var tables = new TrialTables(trial.Storage);
        await using var cluster = await Cluster.Start(tables, Silos, services: 1, cancellationToken);
        var sender = new Sender(cluster.Clients);
        await Task.WhenAll(_projects.Select((code, i) => sender.Send(Command.Registration(code, "registration"), i, cancellationToken)));
        var sessions = await Sessions.Open(sender, Count, _projects, ShanghaiTime.DayOf(TimeProvider.System.GetUtcNow()), cancellationToken);
        var concluding = sessions.Select((session, i) => sender.Send(Sessions.Conclusion(session), i, cancellationToken)).ToArray();
        await await Task.WhenAny(concluding);
        var from = TimeProvider.System.GetTimestamp();
        await cluster.Kill(cluster.Silos[Random.Shared.Next(Silos)], cancellationToken);
        var to = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(concluding);
        var streams = tables.Streams();
        await Waiting.Becomes(async () => (await Given()).Missing.Count == 0, _patience, cancellationToken);
        var falseDeaths = await cluster.End(cancellationToken);
        return (await Outcome.Of(sender, streams, falseDeaths, from, to, cancellationToken)).With(await Given());

        Task<Effects> Given() => GivenResolutions.Find(streams, sessions, _projects, cancellationToken);
    }
}
