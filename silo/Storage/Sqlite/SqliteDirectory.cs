using Agency.EventSourcing;
using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>The data directory while this process has it. Nothing in a directory is changed before it is known to be right.</summary>
internal sealed class SqliteDirectory : IDisposable
{
    public const string LockName = "agency.lock";
    public const string FileName = "agency.db";

    // Looking through every page of a larger file would hold up the start; that is for the verification.
    private const long LargestFileLookedThrough = 64 << 20;

    private const int CacheKiB = 16 << 10;

    // 32 MiB of log: with less, a large group of commits alone would have the log played into the file.
    private const int CheckpointPages = 8192;

    private readonly FileStream _lock;

    private SqliteDirectory(string path)
    {
        Directory.CreateDirectory(path);
        StoreFile = Path.Combine(path, FileName);
        _lock = Lock(path);
    }

    /// <summary>The store's file.</summary>
    public string StoreFile { get; }

    /// <summary>Takes the directory for this process, makes the store if there is none, and looks at the one there is.</summary>
    /// <exception cref="StartupException">Why the directory cannot be used, in one sentence.</exception>
    public static SqliteDirectory Open(SqliteStoreOptions options, TimeProvider clock)
    {
        options.Validate();
        var path = Path.GetFullPath(options.DataDirectory);
        SqliteDirectory? directory = null;
        try
        {
            directory = new(path);
            if (File.Exists(directory.StoreFile)) Inspect(directory.StoreFile, options.Shards);
            else Make(directory.StoreFile, options.Shards, clock);
            return directory;
        }
        catch (Exception e)
        {
            directory?.Dispose();
            if (e is UnauthorizedAccessException or IOException or SqliteException) throw Refused(Path.Combine(path, FileName), e);
            throw;
        }
    }

    /// <summary>Opens the connection that writes. What was committed is safe against a loss of power (WAL, synchronous=FULL), and
    /// what was deleted is overwritten.</summary>
    /// <exception cref="SqliteException">The file cannot be written, or another program is writing it.</exception>
    public SqliteSession OpenWriter()
    {
        var session = new SqliteSession(StoreFile, SqliteOpenMode.ReadWrite);
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute("ROLLBACK");
            session.Execute("PRAGMA journal_mode = WAL");
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA secure_delete = ON");
            session.Execute($"PRAGMA cache_size = -{CacheKiB}");
            session.Execute($"PRAGMA wal_autocheckpoint = {CheckpointPages}");
            SqliteSchema.Upgrade(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The one sentence for what keeps a file from being opened.</summary>
    public static StartupException Refused(string file, Exception cause) => new(
        cause is not SqliteException sqlite ? $"The data directory of {file} cannot be used: {cause.Message}"
        : sqlite.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                $"The store {file} is locked by another program: close that program and start again.",
            SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
                $"The store {file} is damaged and was left as it is: put a backup in its place.",
            _ => $"The store {file} cannot be opened and was left as it is: {sqlite.Message}",
        },
        cause);

    /// <exception cref="StartupException">It is no store, or one of a newer layout.</exception>
    public static void Recognize(SqliteSession session, string file)
    {
        if (session.Scalar<long>("PRAGMA application_id") != SqliteSchema.ApplicationId)
            throw new StartupException($"The file {file} is no store of this service and was left as it is: take it away, or choose another data directory.");
        var version = session.Scalar<long>("PRAGMA user_version");
        if (version > SqliteSchema.Version)
            throw new StartupException($"The store {file} has the layout {version}, of a newer version of this service, which knows {SqliteSchema.Version}: start the newer version.");
    }

    /// <summary>Lets another process have the directory.</summary>
    public void Dispose() => _lock.Dispose();

    // The lock goes with the process, however it ends; the file stays, for deleting it would let two processes hold two locks.
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StartupException($"The data directory {path} is in use by another process: stop that one, or choose another data directory.", e);
        }
    }

    private static void Make(string file, int shards, TimeProvider clock)
    {
        // A log without its file would be played into the new one.
        if (File.Exists(file + "-wal")) throw new StartupException($"The store {file} is missing but its log {file}-wal is there: put back both from a backup, or take the log away.");
        SqliteSchema.Make(file, shards, clock.GetUtcNow());
    }

    private static void Inspect(string file, int shards)
    {
        using var session = new SqliteSession(Untouched(file), SqliteOpenMode.ReadOnly);
        Recognize(session, file);
        if (new FileInfo(file).Length <= LargestFileLookedThrough && session.Scalar<string>("PRAGMA quick_check(1)") is var found and not "ok")
            throw new StartupException($"The store {file} is damaged and was left as it is: put a backup in its place ({found?.ReplaceLineEndings(" ")}).");
        var (made, hash) = (SqliteSchema.Shards(session), SqliteSchema.Meta(session, "hash"));
        if (made != shards)
            throw new StartupException($"The store {file} was made with {made} shards: set {SqliteStoreOptions.Section}:{nameof(SqliteStoreOptions.Shards)} to {made} (it is {shards}).");
        if (hash != Sharding.Hash)
            throw new StartupException($"The store {file} spreads projects by the hash {hash}, this version of the service by {Sharding.Hash}: start the version that made it.");
    }

    // Reading must leave no trace. Without a log the file is all there is, and is read as one that never changes; a log that a
    // process left behind is read with it, and its index, if it is there, is not written.
    private static string Untouched(string file)
    {
        var uri = new Uri(file).AbsoluteUri;
        if (new FileInfo(file + "-wal") is not { Exists: true, Length: > 0 }) return uri + "?immutable=1";
        return File.Exists(file + "-shm") ? uri + "?readonly_shm=1" : uri;
    }
}
