using Agency.EventSourcing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agency.Api.Hosting;

/// <summary>Not ready while the store takes no commits.</summary>
internal sealed class StoreHealthCheck(IStoreHealth store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(store.Reason));
}
