using Azure.Data.Tables;

namespace Agency.Silo.AzureTables;

/// <summary>Bytes of any length in the properties <c>Name</c>, <c>Name1</c>, <c>Name2</c>, …: a property alone holds 64 KiB. No bytes, no property.</summary>
internal static class Chunks
{
    /// <summary>Puts <paramref name="bytes"/> in the place of what the row has under this name.</summary>
    public static void Put(TableEntity row, string name, ReadOnlySpan<byte> bytes)
    {
        var chunk = 0;
        for (; !bytes.IsEmpty; chunk++)
        {
            var length = Math.Min(bytes.Length, TableRules.PropertyBytes);
            row[Name(name, chunk)] = bytes[..length].ToArray();
            bytes = bytes[length..];
        }

        while (row.Remove(Name(name, chunk))) chunk++;
    }

    /// <exception cref="InvalidDataException">Something else than bytes is there.</exception>
    public static byte[] Get(TableEntity row, string name) =>
        Find(row, name) ?? throw new InvalidDataException($"The row {row.RowKey} of {row.PartitionKey} has other than bytes in {name}.");

    /// <summary>The bytes; null where something else is there.</summary>
    public static byte[]? Find(TableEntity row, string name)
    {
        if (!row.TryGetValue(name, out var first)) return [];
        if (!row.ContainsKey(Name(name, 1))) return first as byte[];
        using var bytes = new MemoryStream();
        for (var chunk = 0; row.TryGetValue(Name(name, chunk), out var part); chunk++)
        {
            if (part is not byte[] some) return null;
            bytes.Write(some);
        }

        return bytes.ToArray();
    }

    private static string Name(string name, int chunk) => chunk == 0 ? name : $"{name}{chunk}";
}
