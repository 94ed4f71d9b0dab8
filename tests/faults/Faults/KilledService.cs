using Agency.Faults.Load;
using Agency.Faults.Processes;
using Agency.Silo.Hosting;
using Agency.Silo.Storage.Sqlite;

namespace Agency.Faults.Faults;

/// <summary>The service with everything in one process is killed and comes back where it was.</summary>
internal sealed class KilledService() : Fault("F2 SQLite", "kill -9 of the embedded service on SQLite, and a restart")
{
    protected override async Task<Outcome> Play(Trial trial, CancellationToken cancellationToken)
    {
        using var data = new DataFolder();
        var port = Port.FreeOnLoopback();
        await using var service = await ServiceProcess.StartAt(port, data.Path, cancellationToken);
        var sender = new Sender([service.Client]);
        long from, to;
        await using (var workers = await Workers.Begin(sender, cancellationToken))
        {
            await workers.More(trial.Before, cancellationToken);
            from = TimeProvider.System.GetTimestamp();
            await service.Kill();
            await using var next = await ServiceProcess.StartAt(port, data.Path, cancellationToken);
            to = TimeProvider.System.GetTimestamp();
            await workers.Pause(trial.Aftermath, cancellationToken);
            await workers.End();
            await next.Kill();
        }

        using var store = SqliteReader.Open(data.Path);
        return await Outcome.Of(sender, store, Casualties.None, from, to, cancellationToken);
    }
}
