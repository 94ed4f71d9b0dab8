using Agency.EventSourcing;
using Agency.Silo.Storage.AzureTables;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Faults.Processes;

/// <summary>Tables that go with the trial, and what stands between them and the processes.</summary>
/// <param name="storage">The port on loopback of the emulator of Azure Tables.</param>
internal sealed class TrialTables(int storage) : IAsyncDisposable
{
    private const string Members = "OrleansSiloInstances";

    private readonly string _name = $"F{Guid.NewGuid():N}";

    public StorageProxy Proxy { get; } = new(storage);

    /// <summary>The command line by which a process uses them.</summary>
    public IEnumerable<string> Arguments =>
        ["--storage", AzuriteProcess.ConnectionAt(Proxy.Port), $"Storage:AzureTables:StreamsTable={Options.StreamsTable}", $"Storage:AzureTables:RowsTable={Options.RowsTable}"];

    private AzureTableStoreOptions Options => new() { ConnectionString = AzuriteProcess.ConnectionAt(storage), StreamsTable = $"{_name}S", RowsTable = $"{_name}R" };

    /// <summary>The streams as they are, past all processes.</summary>
    public IFactReader Streams() => new AzureTableEventStore(Options, TimeProvider.System, NullLogger<AzureTableEventStore>.Instance).Reader;

    /// <summary>The names of a cluster's silos that are held dead.</summary>
    public async Task<IReadOnlyList<string>> Dead(string cluster, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {cluster} and Status eq {nameof(SiloStatus.Dead)}");
        return [.. (await Table(Members).QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken)).Select(row => row.GetString("SiloName"))];
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        foreach (var table in (string[])[Options.StreamsTable, Options.RowsTable]) await Table(table).DeleteAsync();
    }

    private TableClient Table(string name) => new(Options.ConnectionString, name);
}
