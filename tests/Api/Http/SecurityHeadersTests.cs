using System.Text.RegularExpressions;
using Agency.People;

namespace Agency.Tests.Api.Http;

public sealed partial class SecurityHeadersTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private readonly HttpClient _anybody = api.CreateClient();

    [Theory]
    [InlineData("/api/v1/calendar/2026", 200)]
    [InlineData("/api/v1/projects?limit=0", 400)]
    [InlineData("/api/v1/projects/2026-511302-47-01-000001", 404)]
    [InlineData("/nowhere", 404)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/health/ready", 200)]
    public async Task Every_answer_forbids_what_no_answer_needs(string path, int status)
    {
        using var response = await api.As(Role.Office).Get(path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Contains("geolocation=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(response, "Content-Security-Policy"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Who_is_not_let_in_gets_them_too() => Assert.Equal("DENY", Header(await _anybody.Get("/api/v1/projects"), "X-Frame-Options"));

    [Fact]
    public async Task Over_https_a_browser_is_told_to_stay_there()
    {
        using var client = api.CreateClient(new() { BaseAddress = new("https://localhost") });
        Assert.Equal("max-age=31536000", Header(await client.Get("/health/live"), "Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_reference_runs_scripts_of_this_service_alone_and_the_one_in_the_page_by_a_nonce_of_each_answer()
    {
        List<string> nonces = [];
        for (var i = 0; i < 2; i++)
        {
            using var response = await _anybody.Get("/scalar/");
            var (policy, page) = (Header(response, "Content-Security-Policy"), await response.Content.ReadAsStringAsync(Requests.Cancel));
            var nonce = Nonce().Match(policy).Groups[1].Value;
            Assert.Contains("script-src 'self' 'nonce-", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);

            // Every script of the page is let run, and none comes from elsewhere.
            var scripts = Script().Matches(page);
            Assert.NotEmpty(scripts);
            Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
            Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
            nonces.Add(nonce);
        }

        Assert.Equal(2, nonces.Distinct().Count());
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    [GeneratedRegex("'nonce-([^']{16,})'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
