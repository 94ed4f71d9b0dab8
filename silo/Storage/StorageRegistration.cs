using Agency.EventSourcing;
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
    /// serves, closed after all that uses them. A store that cannot be opened stops the start with a <see cref="StartupException"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings on top of the section <c>Storage</c>.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteStoreOptions>? configure = null)
    {
        services.AddOptions<SqliteStoreOptions>().BindConfiguration(SqliteStoreOptions.Section).Configure(options => configure?.Invoke(options));
        services.AddSingleton(provider => SqliteEventStore.Open(
            Settings(provider),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<SqliteEventStore>>()));
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<SqliteEventStore>());
        services.AddSingleton<IRowStore>(provider => provider.GetRequiredService<SqliteEventStore>().Rows);
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<SqliteEventStore>());
        return services.AddHostedService<OpenedStore>().AddHostedService(provider => new ExpiredKeys(
            provider.GetRequiredService<IEventStore>(), provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<ExpiredKeys>>()));
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
