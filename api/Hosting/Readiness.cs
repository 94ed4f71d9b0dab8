using Agency.Silos;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agency.Api.Hosting;

/// <summary>Whether the service can do its work, by the word of the silos themselves.</summary>
internal sealed class Readiness(IGrainFactory grains)
{
    // Somewhat longer than a silo waits for the others.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private Task<Health> _looking = Task.FromCanceled<Health>(new(canceled: true));

    /// <summary>Unhealthy where no silo can do a part of the work, degraded where one of them cannot. Who asks while somebody else does gets the same answer:
    /// anybody may ask as often as he likes, and every silo is asked each time.</summary>
    public Task<Health> Look(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_looking.IsCompleted) _looking = Look();
            return _looking.WaitAsync(cancellationToken);
        }
    }

    private async Task<Health> Look()
    {
        try
        {
            var silos = await grains.GetGrain<ISilosGrain>(ISilosGrain.Key).Look().WaitAsync(_patience);
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
