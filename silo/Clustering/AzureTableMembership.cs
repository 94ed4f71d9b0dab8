using System.Globalization;
using Agency.Silo.AzureTables;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Agency.Silo.Clustering;

/// <summary>The members of a cluster in an Azure table. The layout is that of Microsoft.Orleans.Clustering.AzureStorage, which can take its place.</summary>
/// <remarks>Every change of a member is one transaction under the tag of the version row. A row's own tag, which each heartbeat changes, is no condition
/// of anything: the tag handed out with a row is that of the version row. A write whose answer is lost is left to the caller, who reads the table anew.</remarks>
internal sealed partial class AzureTableMembership(
    IOptions<AzureTableClusteringOptions> options, IOptions<ClusterOptions> cluster, ILogger<AzureTableMembership> logger) : IMembershipTable
{
    private const int Repeats = 5;
    private const int Snapshots = 5;

    private readonly string _cluster = TableRules.Key(cluster.Value.ClusterId);
    private readonly TableClient _repeated = options.Value.Client(AzureTableClusteringOptions.Section, options.Value.Table, Repeats);
    private readonly TableClient _once = options.Value.Client(AzureTableClusteringOptions.Section, options.Value.Table, repeats: 0);

    public async Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken)
    {
        await _repeated.CreateIfNotExistsAsync(cancellationToken);
        if (!tryInitTableVersion || (await _repeated.GetEntityIfExistsAsync<TableEntity>(_cluster, SiloRow.VersionKey, [SiloRow.Version], cancellationToken)).HasValue) return;
        if (!await Change([new(TableTransactionActionType.Add, SiloRow.OfVersion(_cluster, SiloRow.VersionKey, 0)), .. Fences(0)], cancellationToken)) LogMadeByAnother(_cluster);
    }

    public async Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken)
    {
        var rows = await _repeated.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {clusterId}"), null, ["PartitionKey", "RowKey"], cancellationToken).ToListAsync(cancellationToken);
        await Delete(rows, cancellationToken);
    }

    public async Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken)
    {
        var (rows, _) = await Rows(cancellationToken);
        var defunct = rows.Where(row => SiloRow.IsMember(row) && Member(row) is { Status: SiloStatus.Dead } member && SiloRow.LastKnown(member) < beforeDate).ToList();
        await Delete(defunct, cancellationToken);
    }

    public async Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {_cluster} and (RowKey eq {SiloRow.Key(key)} or RowKey eq {SiloRow.VersionKey})");
        return Data(await _repeated.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ToListAsync(cancellationToken));
    }

    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (rows, pages) = await Rows(cancellationToken);
            if (pages == 1 || OfOneInstant(rows)) return Data(rows);
            if (attempt == Snapshots) throw new OrleansException($"The members of {_cluster} changed during each of {Snapshots} readings of the table {_repeated.Name}.");
        }
    }

    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken) =>
        Change(new(TableTransactionActionType.Add, SiloRow.Of(_cluster, entry)), tableVersion, cancellationToken);

    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken) =>
        Change(new(TableTransactionActionType.UpdateReplace, SiloRow.Of(_cluster, entry), ETag.All), tableVersion, cancellationToken);

    public Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken) =>
        _repeated.UpdateEntityAsync(SiloRow.OfHeartbeat(_cluster, entry), ETag.All, TableUpdateMode.Merge, cancellationToken);

#pragma warning disable CS0618, CS0672 // The runtime still declares the old methods; they do the same.
    public Task InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion, CancellationToken.None);

    public Task DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId, CancellationToken.None);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate, CancellationToken.None);

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadRowAsync(key, CancellationToken.None);

    public Task<MembershipTableData> ReadAll() => ReadAllAsync(CancellationToken.None);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion, CancellationToken.None);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion, CancellationToken.None);

    public Task UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry, CancellationToken.None);
#pragma warning restore CS0618, CS0672

    private TableTransactionAction[] Fences(int version) =>
        [.. new[] { SiloRow.First, SiloRow.Last }.Select(key => new TableTransactionAction(TableTransactionActionType.UpsertReplace, SiloRow.OfVersion(_cluster, key, version)))];

    private Task<bool> Change(TableTransactionAction member, TableVersion version, CancellationToken cancellationToken) => Change(
        [member, new(TableTransactionActionType.UpdateReplace, SiloRow.OfVersion(_cluster, SiloRow.VersionKey, version.Version), new(version.VersionEtag)), .. Fences(version.Version)],
        cancellationToken);

    // False where a condition does not hold; then nothing is changed.
    private async Task<bool> Change(TableTransactionAction[] actions, CancellationToken cancellationToken)
    {
        TableRules.Check(actions);
        try
        {
            await _once.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode != "TableNotFound" && Failures.OfContention(e))
        {
            return false;
        }
    }

    private async Task<(List<TableEntity> Rows, int Pages)> Rows(CancellationToken cancellationToken)
    {
        var (rows, pages) = (new List<TableEntity>(), 0);
        await foreach (var page in _repeated.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {_cluster}"), options.Value.PageSize, null, cancellationToken).AsPages())
        {
            rows.AddRange(page.Values);
            pages++;
        }

        return (rows, pages);
    }

    // What came in several pages is of one instant if no change was made in between: each change writes both fences. Members without fences
    // leave them as they are, and are believed.
    private static bool OfOneInstant(List<TableEntity> rows)
    {
        if (rows.Count == 0) return true;
        var first = rows[0].RowKey == SiloRow.First ? VersionOf(rows[0]) : (int?)null;
        var last = rows[^1].RowKey == SiloRow.Last ? VersionOf(rows[^1]) : (int?)null;
        if (first is null && last is null) return true;
        if (first is null || last is null) return false;
        return first == last || rows.Find(r => r.RowKey == SiloRow.VersionKey) is { } row && VersionOf(row) > Math.Max(first.Value, last.Value);
    }

    private MembershipTableData Data(List<TableEntity> rows)
    {
        var row = rows.Find(r => r.RowKey == SiloRow.VersionKey) ?? throw new OrleansException($"The table {_repeated.Name} has no version of the cluster {_cluster}.");
        var version = new TableVersion(VersionOf(row), row.ETag.ToString());
        return new([.. rows.Where(SiloRow.IsMember).Select(Member).OfType<MembershipEntry>().Select(member => Tuple.Create(member, version.VersionEtag))], version);
    }

    // A row that cannot be read is passed over, as the official provider does: one bad row must not stop a cluster.
    private MembershipEntry? Member(TableEntity row)
    {
        try
        {
            return SiloRow.Read(row);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            LogUnreadable(row.RowKey, _cluster, e);
            return null;
        }
    }

    private async Task Delete(IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows) await _repeated.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
    }

    private static int VersionOf(TableEntity row) => int.Parse(row.GetString(SiloRow.Version), CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The members' table of {Cluster} was made by another silo.")]
    private partial void LogMadeByAnother(string cluster);

    [LoggerMessage(Level = LogLevel.Error, Message = "The row {Row} of {Cluster} is no member's and is passed over.")]
    private partial void LogUnreadable(string row, string cluster, Exception exception);
}
