using Agency.EventSourcing;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>Settings of the embedded store, section <c>Storage</c>.</summary>
public sealed class SqliteStoreOptions
{
    public const string Section = "Storage";

    /// <summary>The directory that holds the store; made if it is not there. It belongs to one process at a time.</summary>
    /// <value>The default value is <c>agency-data</c> in the working directory.</value>
    public string DataDirectory { get; set; } = "agency-data";

    /// <summary>Into how many shards projects are spread, 1 to 1024; fixed when the store is made.</summary>
    /// <value>The default value is 64.</value>
    public int Shards { get; set; } = Sharding.DefaultShards;

    /// <summary>How many writes may wait at once, 1 to 1,000,000; more are turned away as unavailable.</summary>
    /// <value>The default value is 10,000.</value>
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>Is given every write connection as it is opened: tests make the medium fail by it.</summary>
    internal Action<SqliteSession>? WriterOpened { get; set; }

    /// <exception cref="StartupException">A setting is out of its range.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
            throw new StartupException($"{Section}:{nameof(DataDirectory)} is empty: name a directory for the store.");
        Within(Shards, 1024, nameof(Shards));
        Within(QueueLimit, 1_000_000, nameof(QueueLimit));
    }

    private static void Within(int value, int most, string name)
    {
        if (value < 1 || value > most) throw new StartupException($"{Section}:{name} is {value}: set it from 1 to {most}.");
    }
}
