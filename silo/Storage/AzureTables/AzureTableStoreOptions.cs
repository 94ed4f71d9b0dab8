using Agency.EventSourcing;
using Agency.Silo.AzureTables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>Settings of the store in Azure Tables, section <c>Storage:AzureTables</c>.</summary>
public sealed class AzureTableStoreOptions : TablesAccount
{
    public const string Section = "Storage:AzureTables";

    /// <summary>The table of streams, made if it is not there.</summary>
    /// <value>The default value is <c>AgencyStreams</c>.</value>
    public string StreamsTable { get; set; } = "AgencyStreams";

    /// <summary>The table of rows that are no streams, made if it is not there.</summary>
    /// <value>The default value is <c>AgencyRows</c>.</value>
    public string RowsTable { get; set; } = "AgencyRows";

    /// <summary>Into how many shards projects are spread, 1 to 1024; fixed when the store is made.</summary>
    /// <value>The default value is 64.</value>
    public int Shards { get; set; } = Sharding.DefaultShards;

    /// <summary>Of how many streams the last version's tag is remembered, 2 to 10,000,000; a commit to one of the others costs one request more.</summary>
    /// <value>The default value is 100,000.</value>
    public int RememberedStreams { get; set; } = 100_000;

    /// <exception cref="StartupException">A setting is out of its range.</exception>
    internal void Validate()
    {
        Within(Shards, 1, 1024, nameof(Shards));
        Within(RememberedStreams, 2, 10_000_000, nameof(RememberedStreams));
        if (string.Equals(StreamsTable, RowsTable, StringComparison.OrdinalIgnoreCase))
            throw new StartupException($"{Section}:{nameof(StreamsTable)} and {nameof(RowsTable)} name the same table: name two.");
    }

    private static void Within(int value, int least, int most, string name)
    {
        if (value < least || value > most) throw new StartupException($"{Section}:{name} is {value}: set it from {least} to {most}.");
    }
}
