using Agency.EventSourcing;
using Agency.Silo.Storage.AzureTables;
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
            Settings<SqliteStoreOptions>(provider),
            Clock(provider),
            provider.GetRequiredService<ILogger<SqliteEventStore>>()));
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<SqliteEventStore>());
        services.AddSingleton<IRowStore>(provider => provider.GetRequiredService<SqliteEventStore>().Rows);
        services.AddSingleton<IStoreHealth>(provider => provider.GetRequiredService<SqliteEventStore>());
        return services.AddHostedService<OpenedStore>().AddExpiredKeys();
    }

    /// <summary>Keeps everything in tables of an Azure account, which many silos may share: <see cref="IEventStore"/>, <see cref="IRowStore"/> and
    /// <see cref="IStoreHealth"/>. The tables are made before the host serves; where they cannot be used, the start stops with a <see cref="StartupException"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings on top of the section <c>Storage:AzureTables</c>.</param>
    public static IServiceCollection AddAzureTableStorage(this IServiceCollection services, Action<AzureTableStoreOptions>? configure = null)
    {
        services.AddOptions<AzureTableStoreOptions>().BindConfiguration(AzureTableStoreOptions.Section).Configure(options => configure?.Invoke(options));
        services.AddSingleton(provider => new AzureTableEventStore(
            Settings<AzureTableStoreOptions>(provider),
            Clock(provider),
            provider.GetRequiredService<ILogger<AzureTableEventStore>>()));
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<AzureTableEventStore>());
        services.AddSingleton(provider => provider.GetRequiredService<AzureTableEventStore>().Rows);
        services.AddSingleton(provider => provider.GetRequiredService<AzureTableEventStore>().Health);
        return services.AddHostedService(provider => new AzureTableHost(provider.GetRequiredService<AzureTableEventStore>(), Clock(provider))).AddExpiredKeys();
    }

    private static IServiceCollection AddExpiredKeys(this IServiceCollection services) => services.AddHostedService(provider => new ExpiredKeys(
        provider.GetRequiredService<IEventStore>(), Clock(provider), provider.GetRequiredService<ILogger<ExpiredKeys>>()));

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static T Settings<T>(IServiceProvider provider)
        where T : class
    {
        try
        {
            return provider.GetRequiredService<IOptions<T>>().Value;
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
