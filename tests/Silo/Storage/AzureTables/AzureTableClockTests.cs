using System.Text;
using Agency.EventSourcing;
using Agency.Silo.Storage;
using Agency.Silo.Storage.AzureTables;
using Agency.Tests.Silo.AzureTables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Silo.Storage.AzureTables;

/// <summary>A table cannot be asked for its newest fact, and each silo has a clock of its own.</summary>
public sealed class AzureTableClockTests(Azurite azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset _nine = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly TestTables _tables = new(azurite);
    private readonly Wire _wire = new();
    private AzureTableStoreOptions _options = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _options = await _tables.Options(_wire);

    public ValueTask DisposeAsync() => _tables.DisposeAsync();

    [Fact]
    public async Task A_silo_whose_clock_is_behind_the_record_at_its_start_commits_nothing()
    {
        await InSilo(_nine, async (store, rows, clock) =>
        {
            await Commit(store, "1", _nine);
            Assert.True(clock.Look().Agrees);
            await rows.Put(new("p", "k"), new byte[1], Cancellation);
        });
        await InSilo(_nine.AddHours(-1), async (store, rows, clock) =>
        {
            Assert.Equal((false, TimeSpan.FromHours(1)), (clock.Look().Agrees, clock.Look().Behind));
            await Assert.ThrowsAsync<ClockMovedException>(() => Commit(store, "2", _nine.AddHours(-1)));
            await Assert.ThrowsAsync<ClockMovedException>(() => rows.Put(new("p", "k"), new byte[1], Cancellation));
            Assert.Empty(await store.Read(new("agent", "2"), 0, Cancellation).ToListAsync(Cancellation));

            // An administrator's word lets it go on, here and at the next start.
            Assert.True((await clock.Confirm(new("root", People.Role.Administrator))).Agrees);
            await Commit(store, "2", _nine.AddHours(-1));
        });
        await InSilo(_nine.AddMinutes(-59), (_, _, clock) =>
        {
            Assert.True(clock.Look().Agrees);
            return Task.CompletedTask;
        });
        await InSilo(_nine.AddHours(1), (store, _, _) => Commit(store, "3", _nine.AddHours(1)));
    }

    [Fact]
    public async Task What_was_recorded_last_is_known_to_a_minute_for_two_requests_a_minute()
    {
        var (one, other) = (await _tables.Open(_wire), await _tables.Open());
        Assert.Null(await one.LastRecorded(Cancellation));
        await Commit(one, "0", _nine);
        Assert.Equal(_nine, await other.LastRecorded(Cancellation));

        var before = _wire.Requests;
        for (var second = 1; second <= 60; second++) await Commit(one, $"{second}", _nine.AddSeconds(second));
        Assert.Equal(60, _wire.Requests - before);
        Assert.Equal(_nine, await other.LastRecorded(Cancellation));
        await Commit(one, "61", _nine.AddSeconds(61));
        Assert.Equal(63, _wire.Requests - before);
        Assert.Equal(_nine.AddSeconds(61), await other.LastRecorded(Cancellation));

        // What is not recorded by JSON facts has no instant, and an earlier instant puts nothing back.
        Assert.Equal(CommitOutcome.Committed, await other.Commit(new(new("agent", "x"), 0, [new(1, new byte[1], new byte[32], [])], new byte[1]), Cancellation));
        await Commit(other, "y", _nine);
        Assert.Equal(_nine.AddSeconds(61), await one.LastRecorded(Cancellation));
    }

    [Fact]
    public async Task Of_many_that_commit_at_once_in_several_silos_none_is_more_than_a_minute_ahead_of_the_row()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _tables.Open()));
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => Commit(stores[i % 3], $"{i}", _nine.AddMinutes(i % 7)), Cancellation)));
        Assert.InRange((await stores[0].LastRecorded(Cancellation))!.Value, _nine.AddMinutes(5), _nine.AddMinutes(6));
    }

    [Fact]
    public async Task Nothing_goes_in_that_the_row_is_not_told_of()
    {
        var store = await _tables.Open(_wire);
        await Commit(store, "1", _nine);
        _wire.LoseRequests();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Commit(store, "2", _nine.AddHours(1)));
        Assert.Empty(await store.Read(new("agent", "2"), 0, Cancellation).ToListAsync(Cancellation));
        await Commit(store, "2", _nine.AddHours(1));
        Assert.Equal(_nine.AddHours(1), await store.LastRecorded(Cancellation));
    }

    [Fact]
    public async Task Who_waits_for_the_row_fails_with_the_one_attempt_that_is_under_way()
    {
        var store = await _tables.Open(_wire);
        await Commit(store, "0", _nine);
        var before = _wire.Requests;
        _wire.Cut = true;
        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Assert.ThrowsAsync<StoreUnavailableException>(() => Commit(store, $"{i}", _nine.AddHours(1)))));
        Assert.InRange(_wire.Requests - before, 1, 3);
        _wire.Cut = false;
        await Commit(store, "1", _nine.AddHours(1));
    }

    private static async Task Commit(IEventStore store, string agent, DateTimeOffset at)
    {
        var (stream, bytes) = (new StreamId("agent", agent), Encoding.UTF8.GetBytes($$"""{"type":"x","recordedAt":"{{at:O}}"}"""));
        Assert.Equal(CommitOutcome.Committed, await store.Commit(new(stream, 0, [new(1, bytes, HashChain.Next(HashChain.Start(stream), stream, 1, bytes), [])], new byte[1]), Cancellation));
    }

    private async Task InSilo(DateTimeOffset now, Func<IEventStore, IRowStore, IClockGuard, Task> act)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(now));
        builder.Services.AddAzureTableStorage(options =>
            (options.ConnectionString, options.StreamsTable, options.RowsTable, options.RequestTimeout) = (_options.ConnectionString, _options.StreamsTable, _options.RowsTable, _options.RequestTimeout));
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        await act(host.Services.GetRequiredService<IEventStore>(), host.Services.GetRequiredService<IRowStore>(), host.Services.GetRequiredService<IClockGuard>());
        await host.StopAsync(Cancellation);
    }
}
