namespace Agency.Catalogue;

/// <summary>Flow versions, immutable and kept in this process without expiry.</summary>
public interface IFlowSource
{
    /// <summary>A version by its number; null if there is none.</summary>
    ValueTask<Flow?> Get(string code, int version, CancellationToken cancellationToken = default);

    /// <summary>The version that a registration on <paramref name="day"/> takes: the newest with <c>effectiveFrom</c> on or before
    /// it, else the oldest; null for an unknown flow (domain 4.5).</summary>
    ValueTask<Flow?> For(string code, DateOnly day, CancellationToken cancellationToken = default);
}
