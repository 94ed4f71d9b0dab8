using System.Threading.Channels;
using Agency.EventSourcing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>The one who writes: takes all writes that wait into one transaction (group commit), and answers each when it is durable.</summary>
/// <remarks>A write that is refused changes nothing and answers so; it never harms those beside it. When the medium fails, all that
/// wait fail, and while nobody comes the medium is tried again every five seconds.</remarks>
internal sealed partial class SqliteWriter : IStoreHealth, IAsyncDisposable
{
    private const int MostWrites = 512;
    private const int MostBytes = 16 << 20;
    private static readonly TimeSpan _retry = TimeSpan.FromSeconds(5);

    // A reader of this service is done within milliseconds: so long no write comes between.
    private const int PausesForReaders = 20;
    private static readonly TimeSpan _pauseForReaders = TimeSpan.FromMilliseconds(5);

    private readonly Func<SqliteSession> _open;
    private readonly TimeSpan _patienceWithReaders;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<Write> _waiting;
    private readonly Task _loop;

    // What is durable, and not answered before the log no longer holds what it overwrote; since when.
    private readonly List<(Write Write, long Since)> _erasing = [];
    private SqliteSession? _session;
    private volatile string? _reason;

    /// <param name="open">Opens the write connection, at once and again after each failure.</param>
    /// <param name="queueLimit">How many writes may wait.</param>
    /// <param name="patienceWithReaders">How long an erasure waits for readers, ten seconds unless said otherwise.</param>
    /// <exception cref="SqliteException">The store cannot be written.</exception>
    public SqliteWriter(Func<SqliteSession> open, int queueLimit, TimeProvider clock, ILogger logger, TimeSpan? patienceWithReaders = null)
    {
        _patienceWithReaders = patienceWithReaders ?? TimeSpan.FromSeconds(10);
        (_open, _clock, _logger) = (open, clock, logger);
        _waiting = Channel.CreateBounded<Write>(new BoundedChannelOptions(queueLimit) { SingleReader = true });
        _session = open();
        _loop = Task.Run(Loop);
    }

    public bool Healthy => _reason is null;

    public string? Reason => _reason;

    /// <summary>How many transactions have been committed.</summary>
    public long Transactions { get; private set; }

    /// <summary>Has <paramref name="write"/> done within a transaction, alone or with others; its answer comes when that is durable.</summary>
    /// <param name="write">What to write; done again by itself if a write beside it breaks.</param>
    /// <param name="bytes">About how many bytes it writes.</param>
    /// <param name="erases">Whether what it overwrites must be gone from the log too.</param>
    /// <exception cref="StoreUnavailableException">The medium fails, or too many writes wait, or somebody reads for so long that the log still holds what
    /// was to be erased.</exception>
    public Task<T> Do<T>(Func<SqliteSession, T> write, int bytes = 0, bool erases = false)
    {
        var waiting = new Write<T>(write, bytes, erases);
        if (_waiting.Writer.TryWrite(waiting)) return waiting.Answer;
        throw new StoreUnavailableException("The store takes no further write: too many wait, or it is closing.");
    }

    /// <summary>Writes what has been accepted, then closes the file so that nothing is left in the log.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task Loop()
    {
        var batch = new List<Write>(MostWrites);
        while (await Waiting())
        {
            var bytes = 0;
            while (batch.Count < MostWrites && bytes < MostBytes && _waiting.Reader.TryRead(out var write))
            {
                batch.Add(write);
                bytes += write.Bytes;
            }

            Run(batch);
            batch.Clear();
            for (var i = 0; i < PausesForReaders && _erasing.Count > 0; i++)
            {
                await Pause();
                ClearLog();
            }
        }

        while (_erasing.Count > 0)
        {
            await Pause();
            ClearLog();
        }

        // The last connection to close plays the log into the file.
        _session?.Dispose();
    }

    // In the machine's time: readers do not go by any other.
    private static Task Pause() => Task.Delay(_pauseForReaders, TimeProvider.System);

    // False when there will be no more.
    private async Task<bool> Waiting()
    {
        var more = _waiting.Reader.WaitToReadAsync().AsTask();
        while (!more.IsCompleted && (!Healthy || _erasing.Count > 0))
        {
            if (await Task.WhenAny(more, _erasing.Count > 0 ? Pause() : Task.Delay(_retry, _clock)) == more) break;
            if (Healthy) ClearLog();
            else Run([]);
        }

        return await more;
    }

    // The log cannot be cut off while somebody reads what is in it.
    private void ClearLog()
    {
        try
        {
            var session = _session ??= _open();
            if (session.Scalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") == 0)
            {
                foreach (var (write, _) in _erasing) write.Succeed();
                _erasing.Clear();
                return;
            }
        }
        catch (Exception e)
        {
            Broken([], e);
            return;
        }

        FailErasing(null, _patienceWithReaders);
    }

    private void FailErasing(Exception? cause, TimeSpan patience)
    {
        var old = _erasing.Where(e => TimeProvider.System.GetElapsedTime(e.Since) >= patience).ToArray();
        foreach (var erasing in old)
        {
            _erasing.Remove(erasing);
            erasing.Write.Fail(new StoreUnavailableException("It is erased, but the log may hold it still: somebody reads for long, or the store cannot be written. Erase it again.", cause));
        }
    }

    private void Run(IReadOnlyList<Write> batch)
    {
        try
        {
            var session = _session ??= _open();
            session.Execute("BEGIN IMMEDIATE");
            if (!Healthy) session.Execute(SqliteSchema.Touch);
            foreach (var write in batch) write.Do(session);
            session.Execute("COMMIT");
            Transactions++;
        }
        catch (Exception e)
        {
            Broken(batch, e);
            return;
        }

        if (!Healthy) LogRecovered();
        _reason = null;
        foreach (var write in batch)
        {
            if (write.Erases) _erasing.Add((write, TimeProvider.System.GetTimestamp()));
            else write.Succeed();
        }

        if (_erasing.Count > 0) ClearLog();
    }

    // Closing it rolls back, and a new connection trusts nothing that the old one held.
    private void Broken(IReadOnlyList<Write> batch, Exception cause)
    {
        _session?.Dispose();
        _session = null;
        Failed(batch, cause);
    }

    private void Failed(IReadOnlyList<Write> batch, Exception cause)
    {
        var ofTheMedium = cause is SqliteException { SqliteErrorCode: not (SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG) };
        if (ofTheMedium)
        {
            if (Healthy) LogFailed(cause);
            _reason = $"The store cannot be written: {cause.Message}";
            foreach (var write in batch) write.Fail(new StoreUnavailableException(_reason, cause));
            while (_waiting.Reader.TryRead(out var write)) write.Fail(new StoreUnavailableException(_reason, cause));
            FailErasing(cause, TimeSpan.Zero);
        }
        else if (batch.Count == 1)
        {
            batch[0].Fail(cause);
        }
        else
        {
            // One of them is broken in itself: each for itself, only that one fails.
            foreach (var write in batch) Run([write]);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be written; nothing is accepted until it can.")]
    private partial void LogFailed(Exception cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store can be written again.")]
    private partial void LogRecovered();

    private abstract class Write(int bytes, bool erases)
    {
        public int Bytes => bytes;

        public bool Erases => erases;

        public abstract void Do(SqliteSession session);

        public abstract void Succeed();

        public abstract void Fail(Exception cause);
    }

    private sealed class Write<T>(Func<SqliteSession, T> write, int bytes, bool erases) : Write(bytes, erases)
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _written = default!;

        public Task<T> Answer => _answer.Task;

        public override void Do(SqliteSession session) => _written = write(session);

        public override void Succeed() => _answer.SetResult(_written);

        public override void Fail(Exception cause) => _answer.SetException(cause);
    }
}
