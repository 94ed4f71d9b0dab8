namespace Agency.Notifications;

/// <summary>A way out of the service: mail, short messages, webhooks. It is there only where it is configured.</summary>
public interface IChannel
{
    /// <summary>Its name, the first part of the targets that it serves: <c>webhook</c> of <c>webhook-w7</c>.</summary>
    string Name { get; }

    /// <summary>Whether people read it, so that it is quiet outside of working hours; another system is told at any hour.</summary>
    bool KeepsHours => true;

    /// <summary>The targets that a message goes to; none if the channel does not want it, or nobody there can be reached.</summary>
    Task<IReadOnlyList<string>> TargetsOf(Message message);

    /// <summary>Sends once, and says what came of it. Whatever is thrown counts as failed for now.</summary>
    /// <param name="target">One of its targets.</param>
    /// <param name="delivery">With the id that the receiver knows a repeat by.</param>
    /// <param name="cancellationToken">Ends the attempt when its time is over.</param>
    Task<Sending> Send(string target, Delivery delivery, CancellationToken cancellationToken);
}

/// <summary>What came of an attempt.</summary>
/// <param name="Reason">Why it failed: one word, <c>timeout</c>, <c>status500</c>, never an address; null when it was sent.</param>
/// <param name="Final">Whether trying again is of no use.</param>
public readonly record struct Sending(string? Reason, bool Final)
{
    public static Sending Done { get; } = new(null, true);

    public static Sending Later(string reason) => new(reason, false);

    public static Sending Never(string reason) => new(reason, true);
}
