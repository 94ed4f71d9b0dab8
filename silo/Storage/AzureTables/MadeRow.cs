using System.Globalization;
using Agency.EventSourcing;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>What a store was made with, in a row of its own.</summary>
internal static class MadeRow
{
    public const string Key = "made";

    private const string Layout = "1";

    public static TableEntity Of(int shards, DateTimeOffset at) => new(Keys.Store, Key)
    {
        ["Layout"] = Layout,
        ["Shards"] = shards.ToString(CultureInfo.InvariantCulture),
        ["Hash"] = Sharding.Hash,
        ["MadeAt"] = at.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Into how many shards the store is spread.</summary>
    /// <exception cref="StartupException">It is another version's; in one sentence.</exception>
    public static int Recognize(TableEntity made, string table)
    {
        var (layout, hash) = (made.GetString("Layout"), made.GetString("Hash"));
        if (layout != Layout || !int.TryParse(made.GetString("Shards"), NumberStyles.None, CultureInfo.InvariantCulture, out var shards))
            throw new StartupException($"The store in the table {table} has the layout {layout}, this version of the service knows {Layout}: start the version that made it.");
        return hash == Sharding.Hash ? shards
            : throw new StartupException($"The store in the table {table} spreads projects by the hash {hash}, this version of the service by {Sharding.Hash}: start the version that made it.");
    }
}
