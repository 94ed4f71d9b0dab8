using Microsoft.Extensions.Time.Testing;

namespace Agency.Tests;

/// <summary>A clock whose wall time can be set, while its monotonic time goes on as the inner clock does.</summary>
internal sealed class SkewedClock(FakeTimeProvider inner) : TimeProvider
{
    /// <summary>By how much it was set; forward if positive.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Skew;

    public override long GetTimestamp() => inner.GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
