using Agency.Silo.Storage.AzureTables;
using Agency.Tests.Silo.AzureTables;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Silo.Storage.AzureTables;

/// <summary>Tables that go with the test.</summary>
internal sealed class TestTables(Azurite azurite) : IAsyncDisposable
{
    private readonly string _name = $"T{Guid.NewGuid():N}";
    private string? _connection;

    public string StreamsTable => $"{_name}S";

    /// <summary>Settings for these tables.</summary>
    /// <param name="wire">What stands between the store and the tables.</param>
    public async Task<AzureTableStoreOptions> Options(Wire? wire = null) => new()
    {
        ConnectionString = _connection ??= await azurite.Connection(),
        StreamsTable = StreamsTable,
        RowsTable = $"{_name}R",
        RequestTimeout = TimeSpan.FromMinutes(2),
        ClientMade = options =>
        {
            if (wire is not null) options.AddPolicy(wire, HttpPipelinePosition.PerRetry);
        },
    };

    /// <summary>A store in these tables; several may be open at once.</summary>
    public async Task<AzureTableEventStore> Open(Wire? wire = null)
    {
        var store = new AzureTableEventStore(await Options(wire), TimeProvider.System, NullLogger<AzureTableEventStore>.Instance);
        await store.Prepare(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>The table of streams as it is.</summary>
    public TableClient Streams() => new(_connection, StreamsTable);

    public async ValueTask DisposeAsync()
    {
        if (_connection is null) return;
        foreach (var table in (string[])[StreamsTable, $"{_name}R"])
        {
            try
            {
                await new TableClient(_connection, table).DeleteAsync();
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // The test made none.
            }
        }
    }
}
