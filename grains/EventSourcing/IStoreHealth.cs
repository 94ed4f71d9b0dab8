namespace Agency.EventSourcing;

/// <summary>Whether the store takes commits; readiness hangs on it. A store that fails tries by itself until its medium works again.</summary>
public interface IStoreHealth
{
    /// <summary>False from a failed write until one succeeds.</summary>
    bool Healthy { get; }

    /// <summary>What failed, in words for the operator; null when healthy.</summary>
    string? Reason { get; }
}
