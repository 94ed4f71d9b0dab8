using System.Globalization;
using System.Text.Json;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Agency.Silo.Clocks;

/// <summary>Holds the wall clock against the monotonic clock and against the record. A machine that was asleep, or a virtual one that was paused, looks
/// like a clock that was moved: its monotonic clock stood still.</summary>
/// <param name="rows">Where confirmations are, past the guard itself.</param>
/// <param name="lastRecorded">The last recorded instant in the store; null: there is none.</param>
internal sealed partial class ClockGuard(TimeProvider clock, IRowStore rows, Func<CancellationToken, Task<DateTimeOffset?>> lastRecorded, ILogger<ClockGuard> logger) : IClockGuard, IHostedService
{
    private const string Partition = "clock";

    // Over months the two drift apart by themselves, where the one is disciplined and the other is not.
    private static readonly TimeSpan _trusted = TimeSpan.FromDays(1);

    private volatile Pair _set = Pair.Of(clock);
    private long _lastRecorded;
    private volatile bool _agreed = true;

    /// <summary>Finds out what was recorded last. What was confirmed after it counts as recorded then: a clock that stood wrong into the future and was put
    /// right is behind nothing.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await lastRecorded(cancellationToken) is not { } last) return;
        foreach (var confirmed in await Confirmations(cancellationToken))
        {
            // A stream with facts in that future goes on there, a tick after each.
            if (confirmed.LastRecorded + IClockGuard.Tolerance >= last)
            {
                last = confirmed.At;
                break;
            }
        }

        Recorded(last);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ClockReading Look()
    {
        var set = _set;
        var pair = Pair.Of(clock);
        var (now, elapsed) = (pair.At, clock.GetElapsedTime(set.Timestamp, pair.Timestamp));
        var state = new ClockReading(now, now - set.At - elapsed, new(Interlocked.Read(ref _lastRecorded), TimeSpan.Zero));
        if (state.Agrees && elapsed > _trusted) _set = pair;
        if (state.Agrees == _agreed) return state;
        _agreed = state.Agrees;
        if (state.Agrees) LogAgrees(now);
        else LogMoved(now, state.Moved, state.Behind);
        return state;
    }

    /// <summary>Something was recorded at this instant.</summary>
    public void Recorded(DateTimeOffset at)
    {
        for (var last = Interlocked.Read(ref _lastRecorded); last < at.UtcTicks;)
        {
            var found = Interlocked.CompareExchange(ref _lastRecorded, at.UtcTicks, last);
            if (found == last) return;
            last = found;
        }
    }

    public async Task<ClockReading> Confirm(Actor actor)
    {
        var state = Look();
        if (state.Agrees) return state;
        var confirmation = new ClockConfirmation(state.Now, actor.Id, state.Moved, state.LastRecorded);
        await rows.Put(new(Partition, state.Now.UtcTicks.ToString("D19", CultureInfo.InvariantCulture)), JsonSerializer.SerializeToUtf8Bytes(confirmation, FactJson.Options), CancellationToken.None);
        _set = Pair.Of(clock);
        Interlocked.Exchange(ref _lastRecorded, state.Now.UtcTicks);
        LogConfirmed(state.Now, actor.Id);
        return Look();
    }

    public async Task<IReadOnlyList<ClockConfirmation>> Confirmations(CancellationToken cancellationToken = default) =>
    [
        .. (await rows.List(Partition, cancellationToken: cancellationToken))
            .Select(row => JsonSerializer.Deserialize<ClockConfirmation>(row.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty confirmation.")).Reverse(),
    ];

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock says {Now}; it has moved by {Moved} and stands {Behind} behind the record. Nothing is stored until it is put right, or an administrator confirms it.")]
    private partial void LogMoved(DateTimeOffset now, TimeSpan moved, TimeSpan behind);

    [LoggerMessage(Level = LogLevel.Information, Message = "The clock says {Now} and can be believed again.")]
    private partial void LogAgrees(DateTimeOffset now);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{By} has confirmed the clock, which says {Now}.")]
    private partial void LogConfirmed(DateTimeOffset now, string by);

    /// <summary>What both clocks said at one moment.</summary>
    private sealed record Pair(DateTimeOffset At, long Timestamp)
    {
        private const int Attempts = 3;
        private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

        // Who is held up between the two readings would take the time that passed for a clock that moved.
        public static Pair Of(TimeProvider clock)
        {
            for (var attempt = 1; ; attempt++)
            {
                var (before, at) = (clock.GetTimestamp(), clock.GetUtcNow());
                if (clock.GetElapsedTime(before) < _moment || attempt == Attempts) return new(at, before);
            }
        }
    }
}
