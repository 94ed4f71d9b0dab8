using Agency.EventSourcing;
using Agency.Silo.Storage;
using Agency.Silo.Storage.AzureTables;
using Agency.Tests.Silo.AzureTables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agency.Tests.Silo.Storage.AzureTables;

public sealed class AzureTableRegistrationTests(Azurite azurite) : IAsyncLifetime
{
    private readonly TestTables _tables = new(azurite);
    private readonly Wire _wire = new();
    private AzureTableStoreOptions _options = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _options = await _tables.Options(_wire);

    public ValueTask DisposeAsync() => _tables.DisposeAsync();

    [Fact]
    public async Task The_tables_are_there_before_any_service_of_the_host_starts()
    {
        var seen = default(int?);
        using var host = Build(services => services.AddHostedService(provider => new First(async () =>
            seen = await provider.GetRequiredService<IEventStore>().Summaries("agent", 0, Cancellation).CountAsync(Cancellation))));
        await host.StartAsync(Cancellation);
        Assert.Equal(0, seen);
        Assert.Empty(await host.Services.GetRequiredService<IRowStore>().List("person", cancellationToken: Cancellation));
        Assert.True(host.Services.GetRequiredService<IStoreHealth>().Healthy);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Of_many_silos_that_start_at_once_one_makes_the_store_and_the_others_find_it()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _tables.Open(), Cancellation)));
        Assert.All(stores, store => Assert.True(store.Health.Healthy));
    }

    [Fact]
    public async Task A_storage_that_works_again_is_noticed_by_itself()
    {
        using var host = Build(_ => { });
        await host.StartAsync(Cancellation);
        var health = host.Services.GetRequiredService<IStoreHealth>();
        _wire.Cut = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Services.GetRequiredService<IRowStore>().Put(new("p", "k"), default, Cancellation));
        Assert.False(health.Healthy);
        _wire.Cut = false;
        await Eventually.Holds(() => Task.FromResult(health.Healthy));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_storage_that_goes_away_is_noticed_by_a_silo_that_has_nothing_to_write()
    {
        using var host = Build(_ => { });
        await host.StartAsync(Cancellation);
        var health = host.Services.GetRequiredService<IStoreHealth>();
        Assert.True(health.Healthy);
        _wire.Cut = true;
        await Eventually.Holds(() => Task.FromResult(!health.Healthy));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_storage_that_is_away_stops_the_start_with_a_sentence()
    {
        _wire.Cut = true;
        using var host = Build(_ => { });
        var refused = await Assert.ThrowsAsync<StartupException>(() => host.StartAsync(Cancellation));
        Assert.StartsWith("The table storage cannot be used: The wire is cut. Look whether it runs", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shards", "0", "Storage:AzureTables:Shards is 0: set it from 1 to 1024.")]
    [InlineData("StreamsTable", "a-b", "Storage:AzureTables names a table 'a-b'")]
    [InlineData("RowsTable", "AgencyStreams", "name the same table")]
    [InlineData("RequestTimeout", "00:10:00", "Storage:AzureTables:RequestTimeout is 00:10:00")]
    [InlineData("ConnectionString", "nonsense", "cannot be read: copy it anew")]
    [InlineData("ConnectionString", "", "says nowhere where the tables are")]
    public async Task A_wrong_setting_stops_the_start(string name, string value, string why)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Storage:AzureTables:ConnectionString"] = _options.ConnectionString;
        builder.Configuration[$"Storage:AzureTables:{name}"] = value;
        builder.Services.AddAzureTableStorage();
        using var host = builder.Build();
        Assert.Contains(why, (await Assert.ThrowsAsync<StartupException>(() => host.StartAsync(Cancellation))).Message, StringComparison.Ordinal);
    }

    private IHost Build(Action<IServiceCollection> before)
    {
        var builder = Host.CreateApplicationBuilder();
        before(builder.Services);
        builder.Services.AddAzureTableStorage(options =>
        {
            (options.ConnectionString, options.StreamsTable, options.RowsTable, options.ClientMade) = (_options.ConnectionString, _options.StreamsTable, _options.RowsTable, _options.ClientMade);
        });
        return builder.Build();
    }

    private sealed class First(Func<Task> start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
