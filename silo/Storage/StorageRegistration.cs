using Agency.EventSourcing;
using Agency.Schedules;
using Agency.Silo.Clocks;
using Agency.Silo.Storage.Anchors;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agency.Silo.Storage;

/// <summary>Puts a store into the service.</summary>
public static class StorageRegistration
{
    /// <summary>Keeps everything in one SQLite file: <see cref="IEventStore"/>, <see cref="IRowStore"/> and <see cref="IStoreHealth"/>, open before the host
    /// serves, closed after all that uses them; with the <see cref="IClockGuard"/> that they hang on, and the jobs that look after them. A store that cannot be opened stops the start with a <see cref="StartupException"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings on top of the section <c>Storage</c>.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteStoreOptions>? configure = null)
    {
        services.AddOptions<SqliteStoreOptions>().BindConfiguration(SqliteStoreOptions.Section).Configure(options => configure?.Invoke(options));
        services.AddSingleton(provider => SqliteEventStore.Open(
            Settings(provider),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<SqliteEventStore>>()));
        services.AddSingleton<ClockGuard>(provider => new(
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<SqliteEventStore>().Rows,
            provider.GetRequiredService<SqliteEventStore>().LastRecorded,
            provider.GetRequiredService<ILogger<ClockGuard>>()));
        services.AddSingleton<IClockGuard>(provider => provider.GetRequiredService<ClockGuard>());
        services.AddSingleton<IEventStore>(provider => new GuardedEventStore(provider.GetRequiredService<SqliteEventStore>(), provider.GetRequiredService<ClockGuard>()));
        services.AddSingleton<IRowStore>(provider => new GuardedRowStore(provider.GetRequiredService<SqliteEventStore>().Rows, provider.GetRequiredService<ClockGuard>()));
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<SqliteEventStore>());
        services.AddSingleton<IScheduledJob, ExpiredKeys>();
        services.AddSingleton<IScheduledJob>(provider => new AnchorJob(Settings(provider).DataDirectory, provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<AnchorJob>>()));
        return services.AddHostedService<OpenedStore>().AddHostedService(provider => provider.GetRequiredService<ClockGuard>());
    }

    private static SqliteStoreOptions Settings(IServiceProvider provider)
    {
        try
        {
            return provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value;
        }
        catch (InvalidOperationException e)
        {
            throw new StartupException($"A setting cannot be read: {e.Message}", e);
        }
    }

    // The host makes its services before it starts any: to ask for the store here is to open it first.
    private sealed class OpenedStore : IHostedService
    {
        public OpenedStore(SqliteEventStore store) => _ = store;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
