using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.People;
using Orleans.Concurrency;

namespace Agency.Silos;

[GrainType("agency.silos"), StatelessWorker]
internal sealed class SilosGrain(ISilos silos, IClockGuard guard) : Grain, ISilosGrain
{
    public Task<ImmutableArray<SiloReport>> Look() => silos.Ask(silo => silo.Report());

    public async Task<ConfirmedClocks> ConfirmClocks(Actor actor)
    {
        var clocks = (await Look()).Select(s => s.Clock?.Now ?? throw new TimeoutException($"The silo {s.Name} does not say how its clock stands.")).ToArray();
        var apart = clocks.Max() - clocks.Min();
        return apart > IClockGuard.Tolerance
            ? new(Refusal.Of("clocks-differ", ("minutes", (int)apart.TotalMinutes)), [])
            : new(null, await silos.Ask(silo => silo.ConfirmClock(actor)));
    }

    public async Task<ImmutableArray<ClockConfirmation>> Confirmations() => [.. await guard.Confirmations()];
}
