using System.Net;
using Agency.People;
using Agency.Tests.Api.Access;
using Agency.Tests.Api.Http;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Agency.Tests.Api.Hosting;

public sealed class DashboardTests(AccessTableTests.Everything api) : IClassFixture<AccessTableTests.Everything>
{
    [Fact]
    public async Task The_administrator_s_browser_gets_in_by_its_token_and_nobody_else_s()
    {
        var client = api.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/dashboard/DashboardCounters")).StatusCode);
        await SignIn(client, api.Token(new("ada", Role.Office)));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.Get("/dashboard/DashboardCounters")).StatusCode);
        await SignIn(client, api.Token(new("ada", Role.Administrator)));
        var page = await client.Get("/dashboard/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/dashboard/DashboardCounters")).StatusCode);

        // What grains hold is for nobody, and the cookie is nothing elsewhere.
        Assert.Equal(HttpStatusCode.Forbidden, (await client.Get("/dashboard/GrainState")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/v1/agents")).StatusCode);
    }

    private static async Task SignIn(HttpClient client, string token)
    {
        using var form = new FormUrlEncodedContent([new("token", token)]);
        var response = await client.Send(HttpMethod.Post, "/dashboard/sign-in", form);
        Assert.Equal((HttpStatusCode.Redirect, "/dashboard"), (response.StatusCode, response.Headers.Location?.ToString()));
        Assert.Contains("httponly", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }
}
