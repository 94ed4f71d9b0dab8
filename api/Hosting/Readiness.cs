using Agency.Silos;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agency.Api.Hosting;

/// <summary>Whether the service can do its work, by the word of the silos themselves.</summary>
internal sealed class Readiness(IGrainFactory grains)
{
    // Somewhat longer than a silo waits for the others.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <summary>Unhealthy where no silo can do a part of the work, degraded where one of them cannot.</summary>
    public async Task<Health> Look(CancellationToken cancellationToken)
    {
        try
        {
            var silos = await grains.GetGrain<ISilosGrain>(ISilosGrain.Key).Look().WaitAsync(_patience, cancellationToken);
            var heard = silos.Where(s => s.Clock is not null).ToArray();
            return Health.Of(("silos", Of(silos, s => s.Clock is not null)), ("store", Of(heard, s => s.StoreFault is null)), ("clock", Of(heard, s => s.Clock?.Agrees == true)));
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            return Health.Of(("silos", HealthStatus.Unhealthy));
        }
    }

    private static HealthStatus Of(IReadOnlyCollection<SiloReport> silos, Func<SiloReport, bool> fit) =>
        !silos.Any(fit) ? HealthStatus.Unhealthy : silos.All(fit) ? HealthStatus.Healthy : HealthStatus.Degraded;
}
