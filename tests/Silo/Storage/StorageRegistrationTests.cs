using Agency.EventSourcing;
using Agency.Silo.Clocks;
using Agency.Silo.Storage;
using Agency.Tests.Silo.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agency.Tests.Silo.Storage;

public sealed class StorageRegistrationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_store_is_open_when_the_host_starts_and_closed_when_it_is_gone()
    {
        var stream = new StreamId("agent", "1");
        var host = Build(shards: 16);
        await host.StartAsync(Cancellation);
        Assert.NotEmpty(_directory.FileNames);
        var store = host.Services.GetRequiredService<IEventStore>();
        Assert.Equal(16, store.Shards);
        Assert.IsType<GuardedEventStore>(store);
        Assert.Empty(await host.Services.GetRequiredService<IRowStore>().List("person", cancellationToken: Cancellation));
        Assert.True(host.Services.GetRequiredService<IStoreHealth>().Healthy);

        await ((IAsyncDisposable)host).DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.Read(stream, 0, Cancellation).CountAsync(Cancellation));
        await using var again = (IAsyncDisposable)Build(shards: 16);
        await ((IHost)again).StartAsync(Cancellation);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_stops_the_start_with_its_sentence()
    {
        await using (var host = (IAsyncDisposable)Build(shards: 16)) await ((IHost)host).StartAsync(Cancellation);
        await using var other = (IAsyncDisposable)Build(shards: 32);
        var refused = await Assert.ThrowsAsync<StartupException>(() => ((IHost)other).StartAsync(Cancellation));
        Assert.Contains("was made with 16 shards", refused.Message, StringComparison.Ordinal);
    }

    private IHost Build(int shards)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Storage:DataDirectory"] = _directory.Path;
        builder.Configuration["Storage:Shards"] = $"{shards}";
        builder.Services.AddSqliteStorage();
        return builder.Build();
    }
}
