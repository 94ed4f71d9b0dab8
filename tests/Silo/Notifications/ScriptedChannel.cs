using System.Collections.Concurrent;
using Agency.Notifications;

namespace Agency.Tests.Silo.Notifications;

/// <summary>A channel to the targets it is given, which does with each attempt what the test says.</summary>
internal sealed class ScriptedChannel(params string[] targets) : IChannel
{
    private readonly ConcurrentQueue<(string Target, string Id)> _received = new();

    public string Name => targets[0].Split('-')[0];

    /// <summary>What came over, repeats too, in order.</summary>
    public IReadOnlyList<(string Target, string Id)> Received => [.. _received];

    /// <summary>What becomes of an attempt; it has been received by then.</summary>
    public Func<string, Delivery, CancellationToken, Task<Sending>> Answer { get; set; } = (_, _, _) => Task.FromResult(Sending.Done);

    public Task<IReadOnlyList<string>> TargetsOf(Message message) => Task.FromResult<IReadOnlyList<string>>(targets);

    public async Task<Sending> Send(string target, Delivery delivery, CancellationToken cancellationToken)
    {
        _received.Enqueue((target, delivery.Id));
        return await Answer(target, delivery, cancellationToken);
    }
}
