using Agency.EventSourcing;
using Agency.Silo.Hosting;
using Agency.Silo.Storage.AzureTables;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Agency.Silo.Storage;

/// <summary>A store that is opened to be looked at, beside whoever writes it or without: the file of a data directory, or the tables of a cluster.</summary>
public sealed class ReadableStore : IDisposable
{
    private const string Mode = "Agency:Mode", Embedded = "embedded", Cluster = "cluster";

    private readonly IDisposable? _file;

    private ReadableStore(IFactReader reader) => (Reader, _file) = (reader, reader as IDisposable);

    public IFactReader Reader { get; }

    /// <summary>Opens the store that a service with these settings keeps.</summary>
    /// <param name="settings">The service's; the account is that of <c>Storage:AzureTables</c> if one is set there, as for the silos, otherwise that of <c>Agency:Cluster</c>.</param>
    /// <param name="dataDirectory">Where the file is, unless it is a cluster's.</param>
    /// <exception cref="StartupException">There is none, or it cannot be opened; why, in one sentence.</exception>
    /// <exception cref="StoreUnavailableException">It cannot be reached.</exception>
    public static async Task<ReadableStore> Open(IConfiguration settings, string dataDirectory, CancellationToken cancellationToken = default)
    {
        if (!IsOfCluster(settings)) return new(SqliteReader.Open(dataDirectory));
        var options = Settings.Read<AzureTableStoreOptions>(settings, AzureTableStoreOptions.Section);
        options.TakeUnsetFrom(ClusterSettings.Read(settings), ClusterSettings.Section);
        options.Validate();
        return new(await AzureTableReader.Open(options, cancellationToken));
    }

    /// <summary>Whether the settings are those of a cluster.</summary>
    /// <exception cref="StartupException">They are of neither mode.</exception>
    public static bool IsOfCluster(IConfiguration settings)
    {
        var mode = settings[Mode] ?? Embedded;
        return string.Equals(mode, Cluster, StringComparison.OrdinalIgnoreCase)
            || (string.Equals(mode, Embedded, StringComparison.OrdinalIgnoreCase) ? false : throw new StartupException($"The mode (--mode, {Mode}) is '{mode}': it is {Embedded} or {Cluster}."));
    }

    public void Dispose() => _file?.Dispose();
}
