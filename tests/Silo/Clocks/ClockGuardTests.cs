using Agency.EventSourcing;
using Agency.People;
using Agency.Silo.Clocks;
using Agency.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests.Silo.Clocks;

public sealed class ClockGuardTests
{
    private static readonly Actor _root = new("root", Role.Administrator);
    private static readonly StreamId _stream = new("agent", "1");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
    private readonly InMemoryEventStore _store = new();
    private readonly InMemoryRowStore _rows = new();
    private readonly SkewedClock _clock;
    private DateTimeOffset? _lastRecorded;

    public ClockGuardTests() => _clock = new(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(40 * 24 * 60, false)]
    [InlineData(-60, false)]
    [InlineData(6, false)]
    [InlineData(-6, false)]
    [InlineData(4, true)]
    [InlineData(-4, true)]
    public async Task Nothing_is_stored_while_the_wall_clock_has_moved_against_the_monotonic_one(int minutes, bool agrees)
    {
        var (guard, store, rows) = await Start();
        Assert.Equal(CommitOutcome.Committed, await store.Commit(Next(0), Cancel));
        _clock.Skew = TimeSpan.FromMinutes(minutes);
        Assert.Equal((agrees, _clock.Skew), (guard.Look().Agrees, guard.Look().Moved));
        if (!agrees)
        {
            await Assert.ThrowsAsync<ClockMovedException>(() => store.Commit(Next(1), Cancel));
            await Assert.ThrowsAsync<ClockMovedException>(() => rows.Put(new("p", "k"), new byte[1], Cancel));
            await Assert.ThrowsAsync<ClockMovedException>(() => rows.Create(new("p", "k"), new byte[1], Cancel));
            await Assert.ThrowsAsync<ClockMovedException>(() => rows.Replace(new("p", "k"), new byte[1], "t", Cancel));
            Assert.Equal(1, await _store.Read(_stream, 0, Cancel).CountAsync(Cancel));
            Assert.Empty(await _rows.List("p", cancellationToken: Cancel));
            _clock.Skew = TimeSpan.Zero;
        }

        Assert.Equal(CommitOutcome.Committed, await store.Commit(Next(1), Cancel));
    }

    [Fact]
    public async Task Time_that_passes_moves_no_clock_and_years_of_small_drift_do_not_add_up()
    {
        var (guard, _, _) = await Start();
        _time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(TimeSpan.Zero, guard.Look().Moved);
        for (var day = 0; day < 100; day++)
        {
            _time.Advance(TimeSpan.FromHours(25));
            _clock.Skew += TimeSpan.FromSeconds(4);
            Assert.True(guard.Look().Agrees);
        }
    }

    [Fact]
    public void Who_is_held_up_between_a_look_at_the_one_clock_and_at_the_other_takes_it_for_no_move()
    {
        var clock = new HeldUp(_time);
        var guard = new ClockGuard(clock, _rows, _ => Task.FromResult<DateTimeOffset?>(null), NullLogger<ClockGuard>.Instance);
        for (var look = 0; look < 3; look++)
        {
            clock.Once = TimeSpan.FromDays(2);
            Assert.True(guard.Look().Agrees);
        }
    }

    [Fact]
    public async Task What_is_confirmed_goes_on_and_is_written_down()
    {
        var (guard, store, _) = await Start();
        await store.Commit(Next(0), Cancel);
        var recorded = _clock.GetUtcNow();
        _clock.Skew = TimeSpan.FromDays(40);
        Assert.True((await guard.Confirm(_root)).Agrees);
        Assert.Equal(CommitOutcome.Committed, await store.Commit(Next(1), Cancel));
        var confirmation = new ClockConfirmation(_clock.GetUtcNow(), "root", TimeSpan.FromDays(40), recorded);
        Assert.Equal([confirmation], await guard.Confirmations(Cancel));

        // Nothing is wrong: nothing is written down.
        await guard.Confirm(_root);
        Assert.Single(await guard.Confirmations(Cancel));

        // Back again is a move, too.
        _time.Advance(TimeSpan.FromHours(1));
        _clock.Skew = TimeSpan.Zero;
        await Assert.ThrowsAsync<ClockMovedException>(() => store.Commit(Next(2), Cancel));
        await guard.Confirm(_root);
        Assert.Equal(CommitOutcome.Committed, await store.Commit(Next(2), Cancel));
    }

    [Fact]
    public async Task A_start_behind_the_last_recorded_instant_stores_nothing_until_it_is_reached_or_confirmed()
    {
        _lastRecorded = _time.GetUtcNow().AddHours(1);
        var (guard, store, _) = await Start();
        Assert.Equal(TimeSpan.FromHours(1), guard.Look().Behind);
        await Assert.ThrowsAsync<ClockMovedException>(() => store.Commit(Next(0), Cancel));
        _time.Advance(TimeSpan.FromMinutes(55));
        Assert.True(guard.Look().Agrees);

        _lastRecorded = _time.GetUtcNow().AddDays(40);
        (guard, store, _) = await Start();
        await guard.Confirm(_root);
        Assert.Equal(CommitOutcome.Committed, await store.Commit(Next(0), Cancel));

        // What was recorded in that future is still the last; the next start knows that it was confirmed.
        _time.Advance(TimeSpan.FromDays(1));
        (guard, _, _) = await Start();
        Assert.True(guard.Look().Agrees);
        _lastRecorded = _lastRecorded.Value.AddTicks(1);
        (guard, _, _) = await Start();
        Assert.True(guard.Look().Agrees);
        _lastRecorded += IClockGuard.Tolerance;
        (guard, _, _) = await Start();
        Assert.False(guard.Look().Agrees);
    }

    private static Commit Next(long version) => new(_stream, version, [new(version + 1, new byte[1], new byte[32], [])], new byte[1]);

    private async Task<(ClockGuard Guard, IEventStore Store, IRowStore Rows)> Start()
    {
        var guard = new ClockGuard(_clock, _rows, _ => Task.FromResult(_lastRecorded), NullLogger<ClockGuard>.Instance);
        await guard.StartAsync(Cancel);
        return (guard, new GuardedEventStore(_store, guard), new GuardedRowStore(_rows, guard));
    }

    /// <summary>A clock whose reader is held up after it has read the wall clock.</summary>
    private sealed class HeldUp(FakeTimeProvider inner) : TimeProvider
    {
        public TimeSpan? Once { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow()
        {
            var now = inner.GetUtcNow();
            if (Once is { } time) inner.Advance(time);
            Once = null;
            return now;
        }

        public override long GetTimestamp() => inner.GetUtcNow().UtcTicks;
    }
}
