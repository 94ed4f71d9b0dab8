using System.Globalization;
using Agency.EventSourcing;
using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>The layout of the store's file. Ordinary rowid tables: facts are appended at the end, whatever their stream.</summary>
internal static class SqliteSchema
{
    /// <summary>Raised whenever the layout changes; a file of a higher version is not opened, one of a lower one is brought to this (<see cref="Upgrade"/>).</summary>
    public const long Version = 2;

    /// <summary>"AGCY", in the file's header: says that it is ours.</summary>
    public const long ApplicationId = 0x41474359;

    private const string Tables = """
        CREATE TABLE meta(name TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
        CREATE TABLE facts(stream TEXT NOT NULL, version INTEGER NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL);
        CREATE UNIQUE INDEX facts_by_version ON facts(stream, version);
        CREATE TABLE texts(stream TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, salt BLOB, value BLOB);
        CREATE UNIQUE INDEX texts_by_name ON texts(stream, version, name);
        CREATE TABLE summaries(partition TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL, bytes BLOB NOT NULL);
        CREATE UNIQUE INDEX summaries_by_stream ON summaries(partition, stream);
        CREATE TABLE keys(partition TEXT NOT NULL, key TEXT NOT NULL, body_hash BLOB NOT NULL, answer BLOB NOT NULL, expires INTEGER NOT NULL);
        CREATE UNIQUE INDEX keys_by_key ON keys(partition, key);
        CREATE INDEX keys_by_expiry ON keys(expires);
        CREATE TABLE markers(partition TEXT NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL);
        CREATE UNIQUE INDEX markers_by_commit ON markers(partition, stream, version);
        """;

    // What each layout has that the one before it had not, from 2 on.
    private static readonly string[] _since =
    [
        """
        CREATE TABLE rows(partition TEXT NOT NULL, key TEXT NOT NULL, tag TEXT NOT NULL, bytes BLOB NOT NULL);
        CREATE UNIQUE INDEX rows_by_key ON rows(partition, key);
        """,
    ];

    /// <summary>Succeeds only if the medium can be written. The value is another one each time: what does not change is not written.</summary>
    public const string Touch = "REPLACE INTO meta VALUES('touched', hex(randomblob(8)))";

    /// <summary>Makes a whole new store at <paramref name="file"/>: it is built beside it and takes its name when complete, so that
    /// no half-made store is ever found.</summary>
    public static void Make(string file, int shards, DateTimeOffset madeAt)
    {
        var unfinished = file + ".new";
        foreach (var leftover in (string[])[unfinished, unfinished + "-journal", unfinished + "-wal", unfinished + "-shm"]) File.Delete(leftover);
        using (var session = new SqliteSession(unfinished, SqliteOpenMode.ReadWriteCreate))
        {
            session.Execute($"PRAGMA application_id = {ApplicationId}");
            session.Execute($"PRAGMA user_version = {Version}");
            session.Execute(Tables);
            foreach (var more in _since) session.Execute(more);
            Set("shards", shards.ToString(CultureInfo.InvariantCulture));
            Set("hash", Sharding.Hash);
            Set("made-at", madeAt.ToString("O", CultureInfo.InvariantCulture));
            void Set(string name, string value) => session.Execute("INSERT INTO meta VALUES(?1, ?2)", name, value);
        }

        File.Move(unfinished, file);
    }

    /// <summary>Brings a file of an earlier layout to this one; all of it or nothing.</summary>
    public static void Upgrade(SqliteSession session)
    {
        var version = session.Scalar<long>("PRAGMA user_version");
        if (version >= Version) return;
        session.Execute("BEGIN IMMEDIATE");
        foreach (var more in _since.Skip((int)version - 1)) session.Execute(more);
        session.Execute($"PRAGMA user_version = {Version}");
        session.Execute("COMMIT");
    }

    /// <summary>What the file's <c>meta</c> table says of <paramref name="name"/>.</summary>
    public static string? Meta(SqliteSession session, string name) => session.Scalar<string>("SELECT value FROM meta WHERE name = ?1", name);

    /// <summary>The store's shard count.</summary>
    public static int Shards(SqliteSession session) => int.Parse(Meta(session, "shards") ?? "0", CultureInfo.InvariantCulture);
}
