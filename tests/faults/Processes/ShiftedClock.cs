namespace Agency.Faults.Processes;

/// <summary>The machine's clock, as far as it has not been set; its monotonic time goes on.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    /// <summary>By how much it was set; forward if positive.</summary>
    public TimeSpan Shift
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _shift));
        set => Interlocked.Exchange(ref _shift, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
