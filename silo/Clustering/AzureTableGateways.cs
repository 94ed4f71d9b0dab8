using System.Globalization;
using System.Net;
using Agency.Silo.AzureTables;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Agency.Silo.Clustering;

/// <summary>By which silos a client enters the cluster: the active members that have a gateway.</summary>
internal sealed partial class AzureTableGateways(
    IOptions<AzureTableClusteringOptions> options, IOptions<ClusterOptions> cluster, IOptions<GatewayOptions> gateways, ILogger<AzureTableGateways> logger) : IGatewayListProvider
{
    private const int Repeats = 5;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly string _cluster = TableRules.Key(cluster.Value.ClusterId);
    private readonly TableClient _table = options.Value.Client(AzureTableClusteringOptions.Section, options.Value.Table, Repeats);

    public TimeSpan MaxStaleness => gateways.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    /// <summary>Waits until the storage can be reached, as a client waits for a silo.</summary>
    /// <exception cref="StartupException">It does not let us in.</exception>
    public async Task InitializeGatewayListProviderAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _table.CreateIfNotExistsAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (Failures.OfTheAccount(e))
            {
                throw new StartupException($"The table of the cluster's members does not let the service in: {Failures.Sentence(e)} Look at the account's key or identity.", e);
            }
            catch (Exception e) when (Failures.OfTheMedium(e) && !cancellationToken.IsCancellationRequested)
            {
                LogAway(Failures.Sentence(e));
            }

            await Task.Delay(_pause, TimeProvider.System, cancellationToken);
        }
    }

    public async Task<IList<Uri>> GetGatewaysAsync(CancellationToken cancellationToken)
    {
        const string NoPort = "0";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_cluster} and Status eq {nameof(SiloStatus.Active)} and ProxyPort ne {NoPort}");
        var rows = await _table.QueryAsync<TableEntity>(filter, options.Value.PageSize, null, cancellationToken).ToListAsync(cancellationToken);
        return [.. rows.Where(SiloRow.IsMember).Select(row => SiloAddress.New(IPAddress.Parse(row.GetString("Address")), Whole(row, SiloRow.ProxyPort), Whole(row, "Generation")).ToGatewayUri())];
    }

#pragma warning disable CS0618, CS0672 // The runtime still declares the old methods; they do the same.
    public Task InitializeGatewayListProvider() => InitializeGatewayListProviderAsync(CancellationToken.None);

    public Task<IList<Uri>> GetGateways() => GetGatewaysAsync(CancellationToken.None);
#pragma warning restore CS0618, CS0672

    [LoggerMessage(Level = LogLevel.Warning, Message = "The table of the cluster's members cannot be reached: {Why} It is tried again.")]
    private partial void LogAway(string why);

    private static int Whole(TableEntity row, string name) => int.Parse(row.GetString(name), CultureInfo.InvariantCulture);
}
