using System.Reflection;
using Agency.Api.Hosting;
using Agency.EventSourcing;
using Agency.Tests.Api.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agency.Tests.Api.Hosting;

public sealed class ReadinessTests
{
    [Fact]
    public async Task The_service_is_ready_only_while_its_store_takes_commits()
    {
        await using var api = new FailingApi();
        var client = api.CreateClient();
        Assert.Equal(200, (int)(await client.Get("/health/ready")).StatusCode);

        api.Store.Healthy = false;
        var response = await client.Get("/health/ready");
        Assert.Equal("""{"status":"unhealthy","checks":{"silos":"healthy","store":"unhealthy","clock":"healthy"}}""", (await response.Body(503)).GetRawText());
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(200, (int)(await client.Get("/health/live")).StatusCode);

        api.Store.Healthy = true;
        Assert.Equal(200, (int)(await client.Get("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_service_that_reaches_no_silo_is_not_ready()
    {
        var health = await new Readiness(DispatchProxy.Create<IGrainFactory, Unreachable>()).Look(Requests.Cancel);
        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Unhealthy), (health.Status, Assert.Single(health.Checks).Value));
    }

    public class Unreachable : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new SiloUnavailableException();
    }

    private sealed class FailingApi : ApiFixture
    {
        public StubHealth Store { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<IStoreHealth>(Store)));
        }
    }

    private sealed class StubHealth : IStoreHealth
    {
        public bool Healthy { get; set; } = true;

        public string? Reason => Healthy ? null : "The disk is full.";
    }
}
