using System.Text.RegularExpressions;
using Azure.Data.Tables;

namespace Agency.Silo.AzureTables;

/// <summary>What Azure refuses, refused here already, with a sentence that says what it was: emulators take some of it.</summary>
/// <remarks>Source: Understanding the Table service data model; Performing entity group transactions (Microsoft Learn).</remarks>
internal static partial class TableRules
{
    /// <summary>The most bytes of a binary property.</summary>
    public const int PropertyBytes = 64 << 10;

    /// <summary>The most operations of a transaction.</summary>
    public const int Operations = 100;

    private const int Characters = PropertyBytes / 2;
    private const int KeyCharacters = 512;
    private const int Properties = 252;
    private const int EntityBytes = 1 << 20;
    private const int TransactionBytes = 4 << 20;

    // Headers, names and quotes around one operation of a transaction, generously.
    private const int OperationOverhead = 2 << 10;

    public static bool IsTableName(string name) => TableName().IsMatch(name);

    /// <exception cref="ArgumentException">A key that Azure refuses.</exception>
    public static string Key(string key) => key.Length <= KeyCharacters && !Forbidden().IsMatch(key)
        ? key
        : throw new ArgumentException($"'{key}' is no key of a table: it has a control character or one of / \\ # ?, or more than {KeyCharacters} characters.");

    /// <exception cref="ArgumentException">Something that Azure refuses; nothing is sent.</exception>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count is 0 or > Operations) throw new ArgumentException($"A transaction has {actions.Count} operations; 1 to {Operations} are possible.");
        var (keys, sent) = (new HashSet<string>(StringComparer.Ordinal), 0L);
        foreach (var action in actions)
        {
            var row = (TableEntity)action.Entity;
            if (row.PartitionKey != actions[0].Entity.PartitionKey) throw new ArgumentException($"A transaction goes over the partitions {actions[0].Entity.PartitionKey} and {row.PartitionKey}; one is possible.");
            if (!keys.Add(row.RowKey)) throw new ArgumentException($"A transaction has two operations on {row.RowKey}; one is possible.");
            sent += OperationOverhead + Check(row);
        }

        if (sent > TransactionBytes) throw new ArgumentException($"A transaction in {actions[0].Entity.PartitionKey} sends some {sent} bytes; {TransactionBytes} are possible.");
    }

    // How many bytes it takes to send.
    private static long Check(TableEntity row)
    {
        var (properties, stored, sent) = (0, 4L + (2 * (Key(row.PartitionKey).Length + Key(row.RowKey).Length)), 0L);
        foreach (var (name, value) in row.Where(p => p.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")))
        {
            var bytes = value switch
            {
                byte[] binary => 4 + Within(row, name, binary.Length, PropertyBytes),
                string text => 4 + (2 * Within(row, name, text.Length, Characters)),
                Guid => 16,
                _ => 8,
            };
            properties++;
            stored += 8 + (2 * name.Length) + bytes;
            sent += (2 * name.Length) + (bytes * 4 / 3) + 64;
        }

        if (properties > Properties) throw new ArgumentException($"{row.RowKey} has {properties} properties; {Properties} are possible.");
        if (stored > EntityBytes) throw new ArgumentException($"{row.RowKey} has {stored} bytes; {EntityBytes} are possible.");
        return sent;
    }

    private static int Within(TableEntity row, string name, int length, int most) =>
        length <= most ? length : throw new ArgumentException($"{name} of {row.RowKey} has the length {length}; {most} is possible.");

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z")]
    private static partial Regex TableName();

    [GeneratedRegex(@"[/\\#?\p{Cc}]")]
    private static partial Regex Forbidden();
}
