using System.Collections.Concurrent;
using Agency.Catalogue;

namespace Agency.Api.Catalogue;

/// <summary>The simulations of the flow versions that were asked for: a version never changes, so each is simulated once.</summary>
internal sealed class FlowSimulations
{
    private readonly ConcurrentDictionary<(string Code, int Version), FlowSimulation> _known = new();

    public FlowSimulation Of(Flow flow) => _known.GetOrAdd((flow.Code, flow.Version), _ => FlowSimulation.Of(flow));
}
