using System.Net;
using Agency.Tests.Api.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api;

public sealed class ServiceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _client = api.CreateDefaultClient();

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_started_service_is_healthy(string path)
    {
        var response = await _client.Get(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("healthy", (await response.Body()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_root_leads_to_the_reference()
    {
        var response = await _client.Get("/");
        Assert.Equal((HttpStatusCode.Redirect, "/scalar"), (response.StatusCode, response.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await api.CreateClient().Get("/scalar")).StatusCode);
    }

    [Fact]
    public void The_silo_runs_and_only_grains_have_the_tests_clock()
    {
        Assert.NotNull(api.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress);
        Assert.Same(api.Clock, api.Services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task Two_services_run_side_by_side_in_clusters_of_their_own()
    {
        await using var other = new ApiFixture();
        Assert.Equal(HttpStatusCode.OK, (await other.CreateClient().Get("/health/ready")).StatusCode);
        Assert.NotEqual(
            api.Services.GetRequiredService<ILocalSiloDetails>().ClusterId,
            other.Services.GetRequiredService<ILocalSiloDetails>().ClusterId);
    }
}
