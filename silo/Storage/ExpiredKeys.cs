using Agency.EventSourcing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Storage;

/// <summary>Deletes idempotency records once they have expired: at the start, and once an hour. Every silo does so; twice does no harm.</summary>
internal sealed partial class ExpiredKeys(IEventStore store, TimeProvider clock, ILogger<ExpiredKeys> logger) : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hour = new PeriodicTimer(_period, clock);
        do
        {
            try
            {
                await store.DeleteExpiredKeys(clock.GetUtcNow(), stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                // The next hour is soon enough.
                LogFailed(e);
            }
        }
        while (await hour.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired idempotency keys could not be deleted; it will be tried again in an hour.")]
    private partial void LogFailed(Exception exception);
}
