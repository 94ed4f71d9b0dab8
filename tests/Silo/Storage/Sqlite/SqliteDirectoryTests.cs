using Agency.EventSourcing;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Silo.Storage.Sqlite;

public sealed class SqliteDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string StoreFile => _directory.File(SqliteDirectory.FileName);

    private static StreamId Agent => new("agent", "1");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_second_process_is_refused_until_the_first_has_ended()
    {
        var first = Open();
        var refused = Assert.Throws<StartupException>(() => Open());
        Assert.Equal($"The data directory {_directory.Path} is in use by another process: stop that one, or choose another data directory.", refused.Message);
        await first.DisposeAsync();
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task A_store_says_of_itself_how_it_was_made()
    {
        await Open(shards: 16).DisposeAsync();
        using var session = new SqliteSession(StoreFile, SqliteOpenMode.ReadOnly);
        Assert.Equal(("16", "xxh3-64"), (SqliteSchema.Meta(session, "shards"), SqliteSchema.Meta(session, "hash")));
        Assert.True(DateTimeOffset.TryParse(SqliteSchema.Meta(session, "made-at"), null, out _));
        Assert.Equal("wal", session.Scalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_store_of_other_shards_is_refused()
    {
        await Made(shards: 16);
        Refused($"The store {StoreFile} was made with 16 shards: set Storage:Shards to 16 (it is 64).");
    }

    [Fact]
    public async Task A_store_of_another_hash_is_refused()
    {
        await Made();
        Alter("UPDATE meta SET value = 'fnv-1' WHERE name = 'hash'");
        Refused($"The store {StoreFile} spreads projects by the hash fnv-1, this version of the service by xxh3-64: start the version that made it.");
    }

    [Fact]
    public async Task A_store_of_a_newer_layout_is_refused()
    {
        await Made();
        Alter("PRAGMA user_version = 3");
        Refused($"The store {StoreFile} has the layout 3, of a newer version of this service, which knows 2: start the newer version.");
    }

    [Fact]
    public async Task A_store_of_the_first_layout_is_brought_to_this_one_and_keeps_what_it_has()
    {
        await Made();
        Alter("DROP TABLE rows; PRAGMA user_version = 1");
        Refused($"The store {StoreFile} was made with 64 shards: set Storage:Shards to 64 (it is 8).", shards: 8);

        var key = new RowKey("person", "li");
        await using (var store = Open())
        {
            Assert.Equal(50, await store.Read(Agent, 0, Cancellation).CountAsync(Cancellation));
            Assert.NotNull(await store.Rows.Create(key, new byte[] { 1 }, Cancellation));
        }

        await using (var again = Open()) Assert.NotNull(await again.Rows.Get(key, Cancellation));
        using var session = new SqliteSession(StoreFile, SqliteOpenMode.ReadOnly);
        Assert.Equal(SqliteSchema.Version, session.Scalar<long>("PRAGMA user_version"));
        Assert.Equal("ok", session.Scalar<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        using (var other = new SqliteSession(StoreFile, SqliteOpenMode.ReadWriteCreate)) other.Execute("CREATE TABLE meta(name, value)");
        Refused($"The file {StoreFile} is no store of this service and was left as it is: take it away, or choose another data directory.");
    }

    [Fact]
    public async Task A_damaged_store_is_refused()
    {
        var whole = await Made();
        Damage(whole[..(whole.Length / 2)]);
        Damage([.. whole[..4096], .. Enumerable.Repeat((byte)0xAA, whole.Length - 4096)]);
        Damage([.. Enumerable.Repeat((byte)'x', whole.Length)]);

        void Damage(byte[] content)
        {
            File.WriteAllBytes(StoreFile, content);
            Refused($"The store {StoreFile} is damaged and was left as it is: put a backup in its place");
        }
    }

    [Fact]
    public void An_empty_file_is_no_store()
    {
        File.WriteAllBytes(StoreFile, []);
        Refused($"The file {StoreFile} is no store of this service");
    }

    [Fact]
    public async Task A_store_that_another_program_has_locked_is_refused()
    {
        await Made();
        using var other = new SqliteSession(StoreFile, SqliteOpenMode.ReadWrite);
        other.Execute("BEGIN IMMEDIATE");
        Refused($"The store {StoreFile} is locked by another program: close that program and start again.");
    }

    [Fact]
    public async Task A_log_without_its_store_is_refused()
    {
        await Made();
        File.Move(StoreFile, StoreFile + "-wal");
        Refused($"The store {StoreFile} is missing but its log {StoreFile}-wal is there: put back both from a backup, or take the log away.");
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(_directory.File("file"), "");
        var refused = Assert.Throws<StartupException>(() => Open(directory: _directory.File("file")));
        Assert.StartsWith("The data directory of ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_of_a_directory_without_a_store_is_refused()
    {
        var refused = Assert.Throws<StartupException>(() => SqliteReader.Open(_directory.Path));
        Assert.StartsWith($"The store {StoreFile} cannot be opened", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.FileNames);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_refused_untouched_and_opened_whole()
    {
        // The files of a store that is open are those of one whose process was killed.
        using var killed = new TemporaryDirectory();
        await using (var store = Open(directory: killed.Path))
        {
            for (var version = 0; version < 20; version++) await store.Commit(Next(version), Cancellation);
            foreach (var (name, content) in killed.Contents()) File.WriteAllBytes(_directory.File(name), content);
        }

        Assert.NotEmpty(File.ReadAllBytes(StoreFile + "-wal"));
        Refused($"The store {StoreFile} was made with 64 shards: set Storage:Shards to 64 (it is 8).", shards: 8);

        await using var opened = Open();
        Assert.Equal(20, await opened.Read(Agent, 0, Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_store_that_was_left_half_made_is_made_anew()
    {
        File.WriteAllText(StoreFile + ".new", "half");
        await Open().DisposeAsync();
        Assert.Equal([SqliteDirectory.FileName, SqliteDirectory.LockName], _directory.FileNames);
    }

    private static Commit Next(long expected) => new(Agent, expected, [new(expected + 1, new byte[500], new byte[32], [])], new byte[100]);

    private SqliteEventStore Open(int shards = Sharding.DefaultShards, string? directory = null) => SqliteEventStore.Open(
        new() { DataDirectory = directory ?? _directory.Path, Shards = shards }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);

    // A closed store with some facts in it.
    private async Task<byte[]> Made(int shards = Sharding.DefaultShards)
    {
        await using (var store = Open(shards))
        {
            for (var version = 0; version < 50; version++) await store.Commit(Next(version), Cancellation);
        }

        return File.ReadAllBytes(StoreFile);
    }

    private void Alter(string sql)
    {
        using var session = new SqliteSession(StoreFile, SqliteOpenMode.ReadWrite);
        session.Execute(sql);
    }

    private void Refused(string sentence, int shards = Sharding.DefaultShards)
    {
        var before = _directory.Contents();
        var refused = Assert.Throws<StartupException>(() => Open(shards));
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, _directory.Contents());
    }
}
