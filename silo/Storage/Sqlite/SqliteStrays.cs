using System.Text;
using System.Text.Unicode;
using Agency.EventSourcing;
using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>How that is found which no commit has written and no stream's reader meets.</summary>
internal static class SqliteStrays
{
    private const int OfFacts = 0, AtNoVersion = 1, OfSummaries = 2;

    /// <summary>Every name of facts once, facts at versions that there are not, every summary, and texts whose fact is not there: name, whether it is text, version, which of these, partition.</summary>
    public const string All = """
        SELECT CAST(stream AS BLOB), typeof(stream) = 'text', MIN(version), 0, NULL FROM facts GROUP BY stream
        UNION ALL
        SELECT CAST(stream AS BLOB), 1, MIN(version), 1, NULL FROM facts WHERE version < 1 OR typeof(version) <> 'integer' GROUP BY stream
        UNION ALL
        SELECT CAST(stream AS BLOB), typeof(stream) = 'text', version, 2, CASE typeof(partition) WHEN 'text' THEN partition END FROM summaries
        UNION ALL
        SELECT CAST(stream AS BLOB), 1, MIN(version), 3, NULL FROM texts t
        WHERE NOT EXISTS (SELECT 1 FROM facts f WHERE f.stream = t.stream AND f.version = t.version) GROUP BY stream
        """;

    /// <summary>Takes a row if something is wrong with it; the others are too many to be kept.</summary>
    public static void Add(SqliteDataReader row, List<Stray> strays, int shards)
    {
        var name = row.GetFieldValue<byte[]>(0);
        var stream = row.GetBoolean(1) ? StreamOf(name) : null;
        var what = (row.GetInt32(3), stream) switch
        {
            (OfFacts, null) => "a fact lies under this name, which is no stream's",
            (OfFacts, _) => null,
            (AtNoVersion, _) => "a fact lies at this version, at which no stream has one",
            (OfSummaries, null) => "a summary lies under this name, which is no stream's",
            (OfSummaries, { } of) => !row.IsDBNull(4) && row.GetString(4) == SqliteReader.Partition(of, shards) ? null : "a summary of the stream lies in a partition that is not its own",
            _ => "a text lies beside no fact",
        };
        if (what is not null) strays.Add(new(Encoding.UTF8.GetString(name), row.GetInt64(2), what));
    }

    /// <summary>The stream of a name as it is stored; null if it is none's.</summary>
    public static StreamId? StreamOf(ReadOnlySpan<byte> name) => Utf8.IsValid(name) ? StreamId.Parse(Encoding.UTF8.GetString(name)) : null;
}
