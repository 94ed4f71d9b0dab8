using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Silos;

[GrainType("agency.silos"), StatelessWorker]
internal sealed class SilosGrain(ISilos silos, IClockGuard guard) : Grain, ISilosGrain
{
    public Task<ImmutableArray<SiloReport>> Look() => silos.Ask(silo => silo.Report());

    public Task<ImmutableArray<SiloReport>> ConfirmClocks(Actor actor) => silos.Ask(silo => silo.ConfirmClock(actor));

    public async Task<ImmutableArray<ClockConfirmation>> Confirmations() => [.. await guard.Confirmations()];
}
