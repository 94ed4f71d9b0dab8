using Agency.EventSourcing;
using Agency.Schedules;
using Agency.Silo.Clocks;
using Agency.Silo.Storage.Anchors;
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
    /// serves, closed after all that uses them; with the <see cref="IClockGuard"/> that they hang on, and the jobs that look after them. A store that cannot be opened stops the start with a <see cref="StartupException"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings on top of the section <c>Storage</c>.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteStoreOptions>? configure = null)
    {
        services.AddOptions<SqliteStoreOptions>().BindConfiguration(SqliteStoreOptions.Section).Configure(options => configure?.Invoke(options));
        services.AddSingleton(provider => SqliteEventStore.Open(
            Settings<SqliteStoreOptions>(provider),
            Clock(provider),
            provider.GetRequiredService<ILogger<SqliteEventStore>>()));
        services.AddSingleton<IScheduledJob>(provider => new AnchorJob(Settings<SqliteStoreOptions>(provider).DataDirectory, Clock(provider), provider.GetRequiredService<ILogger<AnchorJob>>()));
        return services.AddHostedService<OpenedStore>().AddGuarded<SqliteEventStore>();
    }

    /// <summary>Keeps everything in tables of an Azure account, which many silos may share: <see cref="IEventStore"/>, <see cref="IRowStore"/> and
    /// <see cref="IStoreHealth"/>, with the <see cref="IClockGuard"/> that they hang on, of this silo's clock alone. The tables are made before the host serves; where
    /// they cannot be used, the start stops with a <see cref="StartupException"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Settings on top of the section <c>Storage:AzureTables</c>.</param>
    public static IServiceCollection AddAzureTableStorage(this IServiceCollection services, Action<AzureTableStoreOptions>? configure = null)
    {
        services.AddOptions<AzureTableStoreOptions>().BindConfiguration(AzureTableStoreOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).Configure(options => configure?.Invoke(options));
        services.AddSingleton(provider => new AzureTableEventStore(
            Settings<AzureTableStoreOptions>(provider),
            Clock(provider),
            provider.GetRequiredService<ILogger<AzureTableEventStore>>()));
        return services.AddHostedService(provider => new AzureTableHost(provider.GetRequiredService<AzureTableEventStore>(), Clock(provider))).AddGuarded<AzureTableEventStore>();
    }

    // What is the same for every store: nothing goes in while the clock cannot be believed.
    private static IServiceCollection AddGuarded<TStore>(this IServiceCollection services)
        where TStore : class, IServiceStore
    {
        services.AddSingleton<ClockGuard>(provider => new(
            Clock(provider),
            provider.GetRequiredService<TStore>().Rows,
            provider.GetRequiredService<TStore>().LastRecorded,
            provider.GetRequiredService<ILogger<ClockGuard>>()));
        services.AddSingleton<IClockGuard>(provider => provider.GetRequiredService<ClockGuard>());
        services.AddSingleton<IEventStore>(provider => new GuardedEventStore(provider.GetRequiredService<TStore>(), provider.GetRequiredService<ClockGuard>()));
        services.AddSingleton<IRowStore>(provider => new GuardedRowStore(provider.GetRequiredService<TStore>().Rows, provider.GetRequiredService<ClockGuard>()));
        services.AddSingleton(provider => provider.GetRequiredService<TStore>().Health);
        services.AddSingleton<IScheduledJob, ExpiredKeys>();
        return services.AddHostedService(provider => provider.GetRequiredService<ClockGuard>());
    }

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
