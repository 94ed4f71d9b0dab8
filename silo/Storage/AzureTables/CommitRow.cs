using System.Text;
using Agency.EventSourcing;
using Agency.Silo.AzureTables;
using Azure.Data.Tables;

namespace Agency.Silo.Storage.AzureTables;

/// <summary>The facts of one commit in one row, in parts that can be read, and one of them rewritten, alone.</summary>
internal static class CommitRow
{
    /// <summary>Says whose row it is: another one for each commit, whatever it holds.</summary>
    public const string Id = "Commit";

    /// <summary>The chain's hashes, 32 bytes for each fact.</summary>
    public const string Hashes = "Hashes";

    private const string Bytes = "Facts";
    private const string Texts = "Texts";
    private const int HashBytes = 32;

    public static TableEntity Of(Commit commit, string partition, Guid id)
    {
        var row = new TableEntity(partition, Keys.Commit(commit.Stream, commit.Version)) { [Id] = id };
        Chunks.Put(row, Bytes, Written(writer =>
        {
            foreach (var fact in commit.Facts) Write(writer, fact.Bytes.Span);
        }));
        row[Hashes] = Written(writer =>
        {
            foreach (var fact in commit.Facts)
            {
                if (fact.Hash.Length != HashBytes) throw new ArgumentException($"A hash of {commit.Stream} has {fact.Hash.Length} bytes; it has {HashBytes}.");
                writer.Write(fact.Hash.Span);
            }
        });
        PutTexts(row, commit.Facts);
        return row;
    }

    /// <summary>The facts of a row, oldest first.</summary>
    /// <exception cref="InvalidDataException">They are not as they were written.</exception>
    public static IReadOnlyList<StoredFact> Facts(TableEntity row)
    {
        try
        {
            var (facts, hashes, texts) = (Chunks.Get(row, Bytes), Chunks.Get(row, Hashes), Chunks.Get(row, Texts));
            var count = hashes.Length / HashBytes;
            using var factReader = new BinaryReader(new MemoryStream(facts));
            using var textReader = new BinaryReader(new MemoryStream(texts));
            var first = Keys.Split(row.RowKey).Version - count + 1;
            var read = new StoredFact[count];
            for (var i = 0; i < count; i++)
                read[i] = new(first + i, Read(factReader), hashes.AsMemory(i * HashBytes, HashBytes), texts.Length == 0 ? [] : ReadTexts(textReader));
            if (factReader.BaseStream.Position != facts.Length) throw new InvalidDataException("more facts than hashes");
            return read;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"The row {row.RowKey} of {row.PartitionKey} is not as it was written: {e.Message}", e);
        }
    }

    /// <summary>The hash of a row's last fact; empty where there is none to be read.</summary>
    public static ReadOnlyMemory<byte> LastHash(TableEntity row) => Chunks.Find(row, Hashes) is { Length: >= HashBytes } hashes ? hashes.AsMemory(hashes.Length - HashBytes) : default;

    /// <summary>Puts the texts of <paramref name="facts"/> in the place of those that the row has.</summary>
    public static void PutTexts(TableEntity row, IReadOnlyList<StoredFact> facts) => Chunks.Put(row, Texts, facts.All(f => f.Texts.Count == 0) ? [] : Written(writer =>
    {
        foreach (var fact in facts)
        {
            writer.Write(fact.Texts.Count);
            foreach (var text in fact.Texts.OrderBy(t => t.Name, StringComparer.Ordinal))
            {
                Write(writer, Encoding.UTF8.GetBytes(text.Name));
                WriteOrNone(writer, text.Salt?.ToArray());
                WriteOrNone(writer, text.Value is { } value ? Encoding.UTF8.GetBytes(value) : null);
            }
        }
    }));

    private static StoredText[] ReadTexts(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count < 0 || count > Left(reader)) throw new InvalidDataException("texts are missing");
        var texts = new StoredText[count];
        for (var i = 0; i < texts.Length; i++)
        {
            var name = Encoding.UTF8.GetString(Read(reader));
            var (salt, value) = (BytesOrNone(reader), BytesOrNone(reader));
            texts[i] = new(name, salt is null ? (ReadOnlyMemory<byte>?)null : salt, value is null ? null : Encoding.UTF8.GetString(value));
        }

        return texts;
    }

    private static byte[] Written(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static void WriteOrNone(BinaryWriter writer, byte[]? bytes)
    {
        if (bytes is not null) Write(writer, bytes);
        else writer.Write(-1);
    }

    private static byte[] Read(BinaryReader reader) => BytesOrNone(reader) ?? throw new InvalidDataException("bytes are missing");

    private static byte[]? BytesOrNone(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        if (length < 0) return null;
        return length <= Left(reader) ? reader.ReadBytes(length) : throw new InvalidDataException("bytes are missing");
    }

    private static long Left(BinaryReader reader) => reader.BaseStream.Length - reader.BaseStream.Position;
}
