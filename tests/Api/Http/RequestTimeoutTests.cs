using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Agency.Tests.Api.Http;

public sealed class RequestTimeoutTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up_with_a_problem_that_says_when_to_come_again()
    {
        await using var host = new ConventionsHost { Limits = new() { RequestSeconds = 1 } };
        await host.InitializeAsync();
        var response = await host.Office.Get("/api/v1/slow");
        await response.Problem(503, "unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public void Event_streams_alone_have_no_end()
    {
        var endless = api.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null);
        Assert.Equal(["/api/v1/projects/{code}/events"], endless.Select(e => $"/{e.RoutePattern.RawText!.Trim('/')}"));
    }
}
