using Agency.EventSourcing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agency.Api.Hosting;

/// <summary>Not ready while the clock cannot be believed.</summary>
internal sealed class ClockHealthCheck(IClockGuard guard) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(guard.Look().Agrees ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The clock cannot be believed."));
}
