using Agency.EventSourcing;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Silo.Storage.Sqlite;

public sealed class SqliteWriterTests : IAsyncDisposable
{
    private const int QueueLimit = 100;
    private const string Insert = "INSERT INTO meta VALUES(?1, ?2)";

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly SqliteDirectory _files;
    private readonly SqliteWriter _writer;
    private volatile int _pages = 200;
    private volatile bool _readOnly;
    private volatile int _opened;

    public SqliteWriterTests()
    {
        _files = SqliteDirectory.Open(new() { DataDirectory = _directory.Path }, _clock);
        _writer = new(OpenWriter, QueueLimit, _clock, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task All_that_waits_goes_into_one_transaction()
    {
        using var blocked = Block();
        var writes = Enumerable.Range(0, 64).Select(i => _writer.Do(s => s.Execute(Insert, $"{i}", ""))).ToArray();
        blocked.Release();
        Assert.All(await Task.WhenAll(writes), rows => Assert.Equal(1, rows));
        Assert.Equal(2, _writer.Transactions);
    }

    [Fact]
    public async Task A_write_that_is_broken_in_itself_fails_alone()
    {
        using var blocked = Block();
        var before = _writer.Do(s => s.Execute(Insert, "before", ""));
        var broken = _writer.Do<int>(s =>
        {
            s.Execute(Insert, "broken", "");
            throw new InvalidOperationException("broken");
        });
        var twice = _writer.Do(s => s.Execute(Insert, "before", ""));
        var after = _writer.Do(s => s.Execute(Insert, "after", ""));
        blocked.Release();

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        await Assert.ThrowsAsync<SqliteException>(() => twice);
        Assert.All(await Task.WhenAll(before, after), rows => Assert.Equal(1, rows));
        Assert.True(_writer.Healthy);
        Assert.Equal(["after", "before"], await Names("after", "before", "broken"));
    }

    [Fact]
    public async Task What_is_erased_is_not_answered_while_somebody_still_reads_what_the_log_holds()
    {
        await _writer.Do(s => s.Execute(Insert, "13800001234", ""));
        Task<int> erased;
        using (Reading())
        {
            erased = _writer.Do(s => s.Execute("DELETE FROM meta WHERE name = ?1", "13800001234"), erases: true);
            await _writer.Do(s => s.Execute(Insert, "others are written", ""));
            Assert.False(erased.IsCompleted);
        }

        Assert.Equal(1, await erased);
        Assert.False(_directory.AnyFileHolds("13800001234"u8.ToArray()));
    }

    [Fact]
    public async Task Whoever_reads_for_too_long_makes_an_erasure_fail_which_is_then_repeated()
    {
        await using var writer = new SqliteWriter(OpenWriter, QueueLimit, _clock, NullLogger.Instance, TimeSpan.FromMilliseconds(50));
        await writer.Do(s => s.Execute(Insert, "13800001234", ""));
        using (Reading())
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Erase());
            Assert.True(writer.Healthy);
            await writer.Do(s => s.Execute(Insert, "others are written", ""));
            Assert.True(_directory.AnyFileHolds("13800001234"u8.ToArray()), "the test looks where it would be");
        }

        Assert.Equal(0, await Erase());
        Assert.False(_directory.AnyFileHolds("13800001234"u8.ToArray()));

        Task<int> Erase() => writer.Do(s => s.Execute("DELETE FROM meta WHERE name = ?1", "13800001234"), erases: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_breaks_while_an_erasure_waits_for_a_reader_leaves_the_writer_at_work(bool medium)
    {
        await _writer.Do(s => s.Execute(Insert, "13800001234", ""));
        Task<int> erased;
        using (Reading())
        {
            erased = Erase();
            var broken = _writer.Do<int>(_ => throw (medium ? new SqliteException("disk I/O error", SQLitePCL.raw.SQLITE_IOERR) : new InvalidOperationException("broken")));
            if (medium) await Assert.ThrowsAsync<StoreUnavailableException>(() => broken);
            else await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        }

        // By a failing medium it is not known to be gone: it is erased once more.
        if (medium) await Assert.ThrowsAsync<StoreUnavailableException>(() => erased);
        else Assert.Equal(1, await erased);
        await Erase();
        Assert.True(_writer.Healthy);
        Assert.False(_directory.AnyFileHolds("13800001234"u8.ToArray()));

        Task<int> Erase() => _writer.Do(s => s.Execute("DELETE FROM meta WHERE name = ?1", "13800001234"), erases: true);
    }

    [Fact]
    public async Task When_the_medium_fails_all_that_wait_fail_and_nothing_of_them_is_in()
    {
        using var blocked = Block();
        var waiting = Enumerable.Range(0, 20).Select(i => _writer.Do(s => s.Execute(Insert, $"{i}", ""))).ToList();
        waiting.Insert(10, _writer.Do<int>(_ => throw new SqliteException("disk I/O error", SQLitePCL.raw.SQLITE_IOERR)));
        blocked.Release();

        foreach (var write in waiting) await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
        Assert.False(_writer.Healthy);
        Assert.Equal("The store cannot be written: disk I/O error", _writer.Reason);
        await _writer.Do(s => s.Execute(Insert, "20", ""));
        Assert.Equal(["20"], await Names([.. Enumerable.Range(0, 21).Select(i => $"{i}")]));
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_and_is_forgotten_with_the_next_write_that_succeeds()
    {
        await _writer.Do(s => s.Execute(Insert, "kept", ""));
        await Fill();
        Assert.False(_writer.Healthy);
        Assert.Contains("full", _writer.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _writer.Do(s => s.Execute(Insert, "lost", new string('x', 100_000))));

        _pages = 1_000_000;
        await _writer.Do(s => s.Execute(Insert, "new", new string('x', 100_000)));
        Assert.True(_writer.Healthy);
        Assert.Null(_writer.Reason);
        Assert.Equal(["kept", "new"], await Names("kept", "lost", "new"));
    }

    [Fact]
    public async Task A_medium_that_works_again_is_found_out_though_nobody_writes()
    {
        _readOnly = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _writer.Do<int>(_ => throw new SqliteException("disk I/O error", SQLitePCL.raw.SQLITE_IOERR)));
        var opened = _opened;
        await Until(() => _opened >= opened + 2);
        Assert.False(_writer.Healthy);

        _readOnly = false;
        await Until(() => _writer.Healthy);
        Assert.NotEqual(0, new FileInfo(_files.StoreFile + "-wal").Length);

        async Task Until(Func<bool> condition)
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            bound.CancelAfter(TimeSpan.FromSeconds(30));
            while (!condition())
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1, bound.Token);
            }
        }
    }

    [Fact]
    public async Task More_than_may_wait_are_turned_away()
    {
        using var blocked = Block();
        var writes = Enumerable.Range(0, QueueLimit).Select(i => _writer.Do(s => s.Execute(Insert, $"{i}", ""))).ToArray();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _writer.Do(s => s.Execute(Insert, "too many", "")));
        blocked.Release();
        await Task.WhenAll(writes);
        Assert.True(_writer.Healthy);
    }

    private SqliteSession OpenWriter()
    {
        var session = _files.OpenWriter();
        session.Execute($"PRAGMA max_page_count = {_pages}");
        if (_readOnly) session.Execute("PRAGMA query_only = ON");
        Interlocked.Increment(ref _opened);
        return session;
    }

    // Sees the store as it is now until it is disposed.
    private SqliteSession Reading()
    {
        var session = new SqliteSession(_directory.File("agency.db"), SqliteOpenMode.ReadOnly);
        session.Execute("BEGIN");
        session.Scalar<long>("SELECT count(*) FROM meta");
        return session;
    }

    private Blocked Block()
    {
        var blocked = new Blocked(_writer);
        blocked.Entered.Wait(TestContext.Current.CancellationToken);
        return blocked;
    }

    private async Task Fill()
    {
        try
        {
            for (var i = 0; ; i++) await _writer.Do(s => s.Execute(Insert, $"fill {i}", new string('x', 100_000)));
        }
        catch (StoreUnavailableException)
        {
            // Full, as it should be.
        }
    }

    private async Task<IEnumerable<string>> Names(params string[] among) => await _writer.Do(session =>
    {
        using var rows = session.Query("SELECT name FROM meta ORDER BY name");
        var names = new List<string>();
        while (rows.Read()) names.Add(rows.GetString(0));
        return names.Intersect(among);
    });

    /// <summary>Keeps the writer within a transaction, so that what comes meanwhile waits together.</summary>
    private sealed class Blocked : IDisposable
    {
        private readonly ManualResetEventSlim _released = new();

        public Blocked(SqliteWriter writer) => Done = writer.Do(_ =>
        {
            Entered.Set();
            _released.Wait(TimeSpan.FromSeconds(30));
            return 0;
        });

        public ManualResetEventSlim Entered { get; } = new();

        public Task Done { get; }

        public void Release() => _released.Set();

        public void Dispose() => Release();
    }
}
