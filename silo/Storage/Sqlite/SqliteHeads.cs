using Agency.EventSourcing;
using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>How the heads of all streams are found, a page at a time.</summary>
internal static class SqliteHeads
{
    /// <summary>How many streams that have facts a page holds.</summary>
    public const int AtOnce = 1000;

    /// <summary>The streams after ?1 in order of name: the first ?2 that have facts, and up to the last of them those that have a summary.</summary>
    /// <remarks>One statement, so that a head's facts and summary are of one instant. Summaries lie by partition, each of which is entered by its index.
    /// Names go in and out as bytes, whatever they are: a name that came back as another would begin the same page again. A blob comes after all text.</remarks>
    public const string Page = """
        WITH RECURSIVE
          partitions(name) AS (
            SELECT MIN(partition) FROM summaries
            UNION ALL SELECT (SELECT MIN(s.partition) FROM summaries s WHERE s.partition > p.name) FROM partitions p WHERE p.name IS NOT NULL),
          found(stream, version) AS MATERIALIZED (
            SELECT stream, MAX(version) FROM facts
            WHERE stream > CAST(?1 AS TEXT) AND stream < x'' AND version > 0 AND typeof(version) = 'integer' GROUP BY stream ORDER BY stream LIMIT ?2),
          page(last) AS MATERIALIZED (SELECT CASE WHEN COUNT(*) = ?2 THEN MAX(stream) ELSE x'' END FROM found)
        SELECT CAST(stream AS BLOB), version, (SELECT hash FROM facts f WHERE f.stream = found.stream AND f.version = found.version), NULL FROM found
        UNION ALL
        SELECT CAST(s.stream AS BLOB), s.version, NULL, CASE typeof(s.partition) WHEN 'text' THEN s.partition ELSE '' END
        FROM page, partitions p JOIN summaries s ON s.partition = p.name AND s.stream > CAST(?1 AS TEXT) AND s.stream <= page.last AND s.stream < x''
        ORDER BY 1, 4
        """;

    /// <summary>Takes a row of the page. What lies under no stream's name has no head, and a summary that lies in another partition than its stream's is nobody's.</summary>
    public static void Add(SqliteDataReader row, List<Row> rows, int shards)
    {
        var name = row.GetFieldValue<byte[]>(0);
        var before = rows.Count > 0 && rows[^1].Name.AsSpan().SequenceEqual(name) ? rows[^1] : null;
        var head = SqliteStrays.StreamOf(name) is not { } stream ? null
            : row.IsDBNull(3) ? new(stream, row.GetInt64(1), row.GetFieldValue<byte[]>(2), null)
            : row.GetString(3) != SqliteReader.Partition(stream, shards) ? before?.Head
            : before?.Head is { } of ? of with { Summary = row.GetInt64(1) }
            : new StreamHead(stream, 0, default, row.GetInt64(1));
        if (before is not null) rows.RemoveAt(rows.Count - 1);
        rows.Add(new(name, head));
    }

    /// <summary>A name in the store, and the head of its stream if it is one's.</summary>
    internal sealed record Row(byte[] Name, StreamHead? Head);
}
