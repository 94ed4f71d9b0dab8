using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Azure;
using Microsoft.Extensions.Hosting;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Prepares the store before any other service of the host starts, and afterwards tries now and then whether the storage works, and each second whether one that failed does again.</summary>
internal sealed class AzureTableHost(AzureTableEventStore store, TimeProvider clock) : BackgroundService, IHostedLifecycleService
{
    // A silo that has nothing to write would not notice that it cannot.
    private const int TicksWhileHealthy = 5;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    public Task StartingAsync(CancellationToken cancellationToken) => store.Prepare(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, clock);
        for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            if (store.Health.Healthy && tick % TicksWhileHealthy != 0) continue;
            try
            {
                await store.Touch();
            }
            catch (StoreUnavailableException)
            {
                // The store has taken note of it.
            }
            catch (RequestFailedException e) when (Failures.OfContention(e))
            {
                // Another silo tries it at the same moment: it can be reached.
            }
        }
    }
}
