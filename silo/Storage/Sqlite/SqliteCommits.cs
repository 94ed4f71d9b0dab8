using System.Runtime.InteropServices;
using Agency.EventSourcing;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>What is written, each within a transaction that the writer has begun.</summary>
internal static class SqliteCommits
{
    /// <summary>Writes <paramref name="commit"/>, or nothing when its key is taken or its version stale.</summary>
    public static CommitOutcome Write(SqliteSession session, Commit commit, int shards)
    {
        var (partition, stream) = (SqliteReader.Partition(commit.Stream, shards), commit.Stream.ToString());
        if (commit.Key is not null && session.Scalar<long>("SELECT 1 FROM keys WHERE partition = ?1 AND key = ?2", partition, commit.Key.Key) == 1)
            return CommitOutcome.KeyTaken;
        if (session.Scalar<long>("SELECT version FROM summaries WHERE partition = ?1 AND stream = ?2", partition, stream) != commit.ExpectedVersion)
            return CommitOutcome.VersionConflict;

        foreach (var fact in commit.Facts)
        {
            session.Execute("INSERT INTO facts VALUES(?1, ?2, ?3, ?4)", stream, fact.Version, Bytes(fact.Bytes), Bytes(fact.Hash));
            foreach (var text in fact.Texts)
                session.Execute("INSERT INTO texts VALUES(?1, ?2, ?3, ?4, ?5)", stream, fact.Version, text.Name, text.Salt is { } salt ? Bytes(salt) : null, text.Value);
        }

        session.Execute(
            "INSERT INTO summaries VALUES(?1, ?2, ?3, ?4) ON CONFLICT(partition, stream) DO UPDATE SET version = excluded.version, bytes = excluded.bytes",
            partition,
            stream,
            commit.Version,
            Bytes(commit.Summary));
        if (commit.Key is { } key)
            session.Execute("INSERT INTO keys VALUES(?1, ?2, ?3, ?4, ?5)", partition, key.Key, Bytes(key.BodyHash), Bytes(key.Answer), key.Expires.UtcTicks);
        if (commit.Marked) session.Execute("INSERT INTO markers VALUES(?1, ?2, ?3)", partition, stream, commit.Version);
        return CommitOutcome.Committed;
    }

    /// <summary>Deletes markers; answers how many there were.</summary>
    public static int DeleteMarkers(SqliteSession session, IReadOnlyList<Marker> markers, int shards) => markers.Sum(marker => session.Execute(
        "DELETE FROM markers WHERE partition = ?1 AND stream = ?2 AND version = ?3",
        SqliteReader.Partition(marker.Stream, shards),
        marker.Stream.ToString(),
        marker.Version));

    /// <summary>Deletes at most <paramref name="most"/> expired keys; answers how many.</summary>
    public static int DeleteExpiredKeys(SqliteSession session, DateTimeOffset instant, int most) => session.Execute(
        "DELETE FROM keys WHERE rowid IN (SELECT rowid FROM keys WHERE expires < ?1 LIMIT ?2)", instant.UtcTicks, most);

    /// <summary>Empties a text, and what idempotency records may tell of it; false if there is no such text.</summary>
    public static bool Redact(SqliteSession session, StreamId stream, long version, string text, TextTraces traces, int shards)
    {
        var partition = SqliteReader.Partition(stream, shards);
        session.Execute("UPDATE keys SET answer = x'', body_hash = x'' WHERE partition = ?1 AND key = ?2", partition, traces.Brought);
        foreach (var key in traces.Since) session.Execute("UPDATE keys SET answer = x'' WHERE partition = ?1 AND key = ?2", partition, key);
        return session.Execute("UPDATE texts SET salt = NULL, value = NULL WHERE stream = ?1 AND version = ?2 AND name = ?3", stream.ToString(), version, text) > 0;
    }

    // The driver takes arrays alone; what is one already is not copied.
    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array && array.Length == memory.Length ? array : memory.ToArray();
}
