using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Agency.Notifications;

[GrainType("agency.dispatch"), StatelessWorker]
internal sealed class DispatchGrain : Grain, IDispatchGrain
{
    public Task Dispatch(ImmutableArray<Delivery> messages) => Task.CompletedTask;
}
