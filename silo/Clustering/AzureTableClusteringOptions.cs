using Agency.Silo.AzureTables;

namespace Agency.Silo.Clustering;

/// <summary>Where the members of a cluster write down that they are there, section <c>Clustering:AzureTables</c>.</summary>
public sealed class AzureTableClusteringOptions : TablesAccount
{
    public const string Section = "Clustering:AzureTables";

    /// <summary>The table of members, made if it is not there. Clusters of several names may share it.</summary>
    /// <value>The default value is <c>OrleansSiloInstances</c>, that of Microsoft.Orleans.Clustering.AzureStorage.</value>
    public string Table { get; set; } = "OrleansSiloInstances";

    /// <summary>How many rows come at once; tests make it small.</summary>
    internal int? PageSize { get; set; }
}
