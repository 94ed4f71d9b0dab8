using Agency.EventSourcing;
using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>How the heads of all streams are found, a page at a time.</summary>
internal static class SqliteHeads
{
    /// <summary>How many streams that have facts a page holds.</summary>
    public const int AtOnce = 1000;

    /// <summary>The streams after ?1 in order of name: the first ?2 that have facts, and up to the last of them those that have a summary.</summary>
    /// <remarks>One statement, so that a head's facts and summary are of one instant. Summaries lie by partition, each of which is entered by its index.</remarks>
    public const string Page = """
        WITH RECURSIVE
          partitions(name) AS (
            SELECT MIN(partition) FROM summaries
            UNION ALL SELECT (SELECT MIN(s.partition) FROM summaries s WHERE s.partition > p.name) FROM partitions p WHERE p.name IS NOT NULL),
          found(stream, version) AS MATERIALIZED (SELECT stream, MAX(version) FROM facts WHERE stream > ?1 GROUP BY stream ORDER BY stream LIMIT ?2),
          page(last) AS MATERIALIZED (SELECT CASE WHEN COUNT(*) = ?2 THEN MAX(stream) ELSE x'FF' END FROM found)
        SELECT stream, version, (SELECT hash FROM facts f WHERE f.stream = found.stream AND f.version = found.version), NULL FROM found
        UNION ALL
        SELECT s.stream, s.version, NULL, s.partition FROM page, partitions p JOIN summaries s ON s.partition = p.name AND s.stream > ?1 AND s.stream <= page.last
        ORDER BY 1, 4
        """;

    /// <summary>Takes a row of the page. A summary that lies in another partition than its stream's is nobody's.</summary>
    public static void Add(SqliteDataReader row, List<StreamHead> heads, int shards)
    {
        var stream = StreamId.Parse(row.GetString(0)) ?? throw new InvalidDataException($"The store has something under the name '{row.GetString(0)}', which is no stream's.");
        if (row.IsDBNull(3)) heads.Add(new(stream, row.GetInt64(1), row.GetFieldValue<byte[]>(2), null));
        else if (row.GetString(3) != SqliteReader.Partition(stream, shards)) return;
        else if (heads.Count > 0 && heads[^1].Stream == stream) heads[^1] = heads[^1] with { Summary = row.GetInt64(1) };
        else heads.Add(new(stream, 0, default, row.GetInt64(1)));
    }
}
