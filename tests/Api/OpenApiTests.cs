using System.Diagnostics;
using System.Text.Json;
using Agency.Tests.Api.Http;

namespace Agency.Tests.Api;

/// <summary>The served OpenAPI document is the one that is checked in (docs/openapi.json) and has no faults.
/// <c>./dev openapi</c> writes it anew.</summary>
public sealed class OpenApiTests(ApiFixture api, ConventionsHost conventions) : IClassFixture<ApiFixture>, IClassFixture<ConventionsHost>
{
    [Fact]
    public async Task The_served_document_is_the_one_checked_in() =>
        await Repository.CheckMade("docs/openapi.json", await api.CreateClient().GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Requests.Cancel) + "\n");

    [Fact]
    public async Task The_document_has_no_faults() =>
        await Lint(await api.CreateClient().GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Requests.Cancel));

    [Fact]
    public async Task The_conventions_make_a_document_without_faults() =>
        await Lint((await (await conventions.Anonymous.Get("/openapi/v1.json")).Body()).GetRawText(), "--skip-rule", "operation-summary", "--skip-rule", "tag-description");

    [Fact]
    public async Task An_operation_says_who_acts_which_headers_it_takes_and_what_it_answers()
    {
        var paths = (await (await conventions.Anonymous.Get("/openapi/v1.json")).Body()).GetProperty("paths");
        var (step, read, list) = (paths.GetProperty("/api/v1/steps/{id}").GetProperty("post"), paths.GetProperty("/api/v1/things/{number}").GetProperty("get"), paths.GetProperty("/api/v1/things").GetProperty("get"));
        Assert.Equal(["id", "Idempotency-Key", "If-Match"], Parameters(step));
        Assert.Equal(["200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "500", "503"], Answers(step));
        Assert.Equal(["number", "note", "If-None-Match"], Parameters(read));
        Assert.Equal(["200", "304", "400", "401", "403", "404", "429", "500", "503"], Answers(read));
        Assert.Equal(["limit", "cursor", "sort", "q"], Parameters(list));
        Assert.Equal(["201"], Answers(paths.GetProperty("/api/v1/made").GetProperty("post")).Where(a => a[0] == '2'));
        Assert.Equal(1, step.GetProperty("security").GetArrayLength());

        static string?[] Parameters(JsonElement operation) => [.. operation.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString())];
        static string[] Answers(JsonElement operation) => [.. operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Numbers_are_numbers_and_enums_are_strings_of_their_names()
    {
        var schemas = (await (await conventions.Anonymous.Get("/openapi/v1.json")).Body()).GetProperty("components").GetProperty("schemas");
        Assert.Equal("integer", schemas.GetProperty("Inner").GetProperty("properties").GetProperty("number").GetProperty("type").GetString());
        Assert.Equal("""{"enum":["plain","veryLoud"],"type":"string"}""", JsonSerializer.Serialize(schemas.GetProperty("Tone")));
        Assert.Equal(["day", "inner", "name", "tone"], schemas.GetProperty("Thing").GetProperty("required").EnumerateArray().Select(r => r.GetString()).Order());
    }

    private static async Task Lint(string document, params string[] more)
    {
        var linter = Repository.PathOf("tests", "tools", "node_modules", "@redocly", "cli", "bin", "cli.js");
        Assert.SkipUnless(File.Exists(linter) || Environment.GetEnvironmentVariable("CI") == "true", "The linter is not installed (./dev test installs it where there is npm).");
        var file = Path.Combine(Path.GetTempPath(), $"agency-{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(file, document, Requests.Cancel);
            var start = new ProcessStartInfo("node", [linter, "lint", file, "--config", Repository.PathOf("tests", "tools", "redocly.yaml"), "--format", "stylish", .. more])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
            };
            using var process = Process.Start(start) ?? throw new InvalidOperationException("No process.");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(Requests.Cancel), process.StandardError.ReadToEndAsync(Requests.Cancel));
            await process.WaitForExitAsync(Requests.Cancel);
            Assert.True(process.ExitCode == 0, await output + await error);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
