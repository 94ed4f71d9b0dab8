using Agency.People;

namespace Agency.EventSourcing;

/// <summary>Whether this process's clock can be believed. While it cannot, the process commits nothing and does nothing that is due: what is recorded
/// at a wrong instant stays wrong, and what a wrong day makes due cannot be taken back.</summary>
public interface IClockGuard
{
    /// <summary>How far wall clock and monotonic clock, or wall clock and record, may be apart.</summary>
    static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>How the clock stands at this moment; cheap.</summary>
    ClockReading Look();

    /// <summary>The clock is right as it stands now: somebody has looked at it. Written down; nothing, where nothing was wrong.</summary>
    /// <exception cref="StoreUnavailableException">The medium failed; the clock is not confirmed.</exception>
    Task<ClockReading> Confirm(Actor actor);

    /// <summary>Everything that was confirmed, the newest first.</summary>
    Task<IReadOnlyList<ClockConfirmation>> Confirmations(CancellationToken cancellationToken = default);
}

/// <summary>How the clock of a process stands.</summary>
/// <param name="Now">What the wall clock says.</param>
/// <param name="Moved">By how much the wall clock has moved against the monotonic one: forward if positive.</param>
/// <param name="LastRecorded">The last instant at which something was recorded, as far as this process knows.</param>
[GenerateSerializer, Immutable, Alias("agency.clock-reading")]
public readonly record struct ClockReading([property: Id(0)] DateTimeOffset Now, [property: Id(1)] TimeSpan Moved, [property: Id(2)] DateTimeOffset LastRecorded)
{
    /// <summary>By how much the wall clock stands behind the last recorded instant; zero if it does not.</summary>
    public TimeSpan Behind => LastRecorded > Now ? LastRecorded - Now : TimeSpan.Zero;

    /// <summary>Whether the clock can be believed.</summary>
    public bool Agrees => Moved.Duration() <= IClockGuard.Tolerance && Behind <= IClockGuard.Tolerance;
}

/// <summary>Somebody has said that the clock was right.</summary>
/// <param name="At">What the clock said then.</param>
/// <param name="By">Opaque id of who did.</param>
/// <param name="Moved">By how much it had moved: forward if positive.</param>
/// <param name="LastRecorded">The last instant recorded before.</param>
[GenerateSerializer, Immutable, Alias("agency.clock-confirmation")]
public sealed record ClockConfirmation([property: Id(0)] DateTimeOffset At, [property: Id(1)] string By, [property: Id(2)] TimeSpan Moved, [property: Id(3)] DateTimeOffset LastRecorded);

/// <summary>Nothing was stored or done: the clock cannot be believed (<see cref="IClockGuard"/>).</summary>
[GenerateSerializer, Alias("agency.clock-moved")]
public sealed class ClockMovedException : Exception
{
    public ClockMovedException()
    {
    }

    public ClockMovedException(string message)
        : base(message)
    {
    }

    public ClockMovedException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>Throws unless the clock can be believed.</summary>
    /// <exception cref="ClockMovedException">It cannot.</exception>
    public static void ThrowUnless(ClockReading clock)
    {
        if (!clock.Agrees) throw new ClockMovedException($"The clock says {clock.Now:O}; it has moved by {clock.Moved} and stands {clock.Behind} behind the record.");
    }
}
