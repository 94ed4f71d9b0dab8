using System.Collections.Concurrent;

namespace Agency.Catalogue;

/// <summary>Keeps every flow version that this process has asked for; which version a day takes is asked anew.</summary>
public sealed class FlowSource(IGrainFactory grains) : IFlowSource
{
    private readonly ConcurrentDictionary<(string Code, int Version), Flow> _flows = new();

    public async ValueTask<Flow?> Get(string code, int version, CancellationToken cancellationToken = default)
    {
        if (_flows.TryGetValue((code, version), out var known)) return known;
        var flow = await grains.GetGrain<IFlowsGrain>(IFlowsGrain.Key).Get(code, version).WaitAsync(cancellationToken);
        return flow is null ? null : _flows.GetOrAdd((code, version), flow);
    }

    public async ValueTask<Flow?> For(string code, DateOnly day, CancellationToken cancellationToken = default) =>
        await grains.GetGrain<IFlowsGrain>(IFlowsGrain.Key).VersionFor(code, day).WaitAsync(cancellationToken) is { } version
            ? await Get(code, version, cancellationToken)
            : null;
}
