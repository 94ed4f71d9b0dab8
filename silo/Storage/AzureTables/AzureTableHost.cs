using Agency.EventSourcing;
using Microsoft.Extensions.Hosting;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Prepares the store before any other service of the host starts, and afterwards tries whether a storage that failed works again.</summary>
internal sealed class AzureTableHost(AzureTableEventStore store, TimeProvider clock) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    public Task StartingAsync(CancellationToken cancellationToken) => store.Prepare(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (store.Health.Healthy) continue;
            try
            {
                await store.Touch();
            }
            catch (StoreUnavailableException)
            {
                // Not yet.
            }
        }
    }
}
