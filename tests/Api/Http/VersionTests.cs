using System.Net;

namespace Agency.Tests.Api.Http;

public sealed class VersionTests(ConventionsHost host) : IClassFixture<ConventionsHost>
{
    private const string Path = "/api/v1/things/7";

    [Fact]
    public async Task A_resource_answers_with_version_and_hash()
    {
        var response = await host.Office.Get(Path);
        Assert.Matches("^\"7-[0-9a-f]{16}\"$", response.Headers.ETag?.ToString());
        Assert.Equal((true, true), (response.Headers.CacheControl?.Private, response.Headers.CacheControl?.NoCache));
        Assert.Equal("Accept-Language, Authorization", string.Join(", ", response.Headers.Vary));
    }

    [Fact]
    public async Task The_tag_is_the_same_while_the_body_is_and_another_when_it_is_not()
    {
        var (first, again, other) = (await Tag(Path), await Tag(Path), await Tag($"{Path}?note=x"));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.StartsWith("\"7-", other, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("W/{0}")]
    [InlineData("\"1-00\", {0}")]
    [InlineData("*")]
    public async Task What_the_client_has_is_not_sent_again(string known)
    {
        var tag = await Tag(Path);
        var response = await host.Office.Get(Path, ("If-None-Match", known.Replace("{0}", tag, StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal(tag, response.Headers.ETag?.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Requests.Cancel));
    }

    [Theory]
    [InlineData("\"7-0000000000000000\"")]
    [InlineData("garbage")]
    public async Task What_the_client_does_not_have_is_sent(string known) =>
        Assert.Equal(HttpStatusCode.OK, (await host.Office.Get(Path, ("If-None-Match", known))).StatusCode);

    [Theory]
    [InlineData("\"3-0123456789abcdef\"", 200, null)]
    [InlineData("\"3\"", 200, null)]
    [InlineData("W/\"3-0123456789abcdef\"", 200, null)]
    [InlineData("*", 200, null)]
    [InlineData("\"2-0123456789abcdef\"", 412, "version-mismatch")]
    [InlineData("\"whatever\"", 412, "version-mismatch")]
    [InlineData("\"99999999999999999999\"", 412, "version-mismatch")]
    [InlineData("3", 400, "bad-header")]
    [InlineData("\"3\", \"4\"", 400, "bad-header")]
    public async Task A_step_is_taken_only_at_the_expected_version(string expected, int status, string? code)
    {
        var response = await host.Office.Post("/api/v1/steps/a", null, ("If-Match", expected));
        if (code is null) Assert.Equal(status, (int)response.StatusCode);
        else await response.Problem(status, code);
    }

    [Fact]
    public async Task A_step_answers_what_it_changed_with_its_tag()
    {
        var response = await host.Office.Post("/api/v1/steps/a", """{"documentNumber":"南住建〔2026〕1号"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("\"3-", response.Headers.ETag?.ToString(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_first_answer_again_is_marked_for_who_asked_for_it_by_a_key()
    {
        Assert.Equal(["true"], (await host.Office.Post("/api/v1/steps/again", null, ("Idempotency-Key", "k"))).Headers.GetValues("Idempotency-Replayed"));
        Assert.False((await host.Office.Post("/api/v1/steps/again", null)).Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_creation_answers_where_the_thing_is()
    {
        var response = await host.Office.Post("/api/v1/made", null);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"/api/v1/made/{(await response.Body()).GetProperty("id").GetString()}", response.Headers.Location?.ToString());
        Assert.StartsWith("\"1-", response.Headers.ETag?.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> Tag(string path) => (await host.Office.Get(path)).Headers.ETag?.ToString() ?? "";
}
