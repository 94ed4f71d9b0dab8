using System.Text.RegularExpressions;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;

namespace Agency.Tests.Api.Http.Problems;

public sealed partial class ProblemTests(ConventionsHost host) : IClassFixture<ConventionsHost>
{
    [Theory]
    [InlineData(null, "zh-CN")]
    [InlineData("en", "en")]
    [InlineData("en-GB,en;q=0.9", "en")]
    [InlineData("zh;q=0.5, en;q=0.9", "en")]
    [InlineData("en;q=0.1, zh-TW;q=0.2", "zh-CN")]
    [InlineData("fr, en;q=0.3", "en")]
    [InlineData("fr", "zh-CN")]
    [InlineData("en;q=0", "zh-CN")]
    [InlineData("*", "zh-CN")]
    [InlineData(";;=q", "zh-CN")]
    public async Task The_language_is_the_best_that_the_client_takes(string? accepted, string answered)
    {
        var response = await host.Office.Get("/nowhere", accepted is null ? [] : [("Accept-Language", accepted)]);
        var problem = await response.Problem(404, "not-found");
        Assert.Equal([answered], response.Content.Headers.ContentLanguage);
        Assert.Equal(answered == "en" ? "Not found" : "未找到", problem.GetProperty("title").GetString());
        Assert.Equal("Accept-Language, Authorization", string.Join(", ", response.Headers.Vary));
    }

    [Fact]
    public async Task Another_method_is_not_allowed_and_the_right_ones_are_named()
    {
        var response = await host.Office.Send(HttpMethod.Delete, "/api/v1/things");
        await response.Problem(405, "method-not-allowed");
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task A_refusal_answers_with_the_status_of_its_code() => await (await host.Office.Get("/api/v1/refused/version-mismatch")).Problem(412, "version-mismatch");

    [Fact]
    public async Task A_refusal_without_a_sentence_is_a_conflict_under_its_own_code() => await (await host.Office.Get("/api/v1/refused/no-such-code")).Problem(409, "no-such-code");

    [Fact]
    public async Task A_refusal_for_a_member_names_it_and_says_its_arguments()
    {
        var problem = await (await host.Office.Get("/api/v1/wrong", ("Accept-Language", "en"))).Problem(400, "bad-sort");
        Assert.Equal("The list cannot be sorted by 'x'. Names: y; each once, with - before it for descending.", problem.GetProperty("errors").GetProperty("/a/0")[0].GetString());
    }

    [Fact]
    public async Task An_unexpected_exception_tells_nothing()
    {
        var problem = await (await host.Office.Get("/api/v1/throws/bug")).Problem(500, "internal-error");
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("timeout")]
    [InlineData("silo")]
    [InlineData("cancelled")]
    public async Task What_passes_is_unavailable_and_says_when_to_come_again(string what)
    {
        var response = await host.Office.Get($"/api/v1/throws/{what}");
        var problem = await response.Problem(503, "unavailable");
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_forbids_sniffing()
    {
        foreach (var path in (string[])["/api/v1/whoami", "/nowhere", "/api/v1/throws/bug"])
            Assert.Equal(["nosniff"], (await host.Office.Get(path)).Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public void Every_code_has_its_sentences_in_both_languages_with_the_same_arguments()
    {
        Assert.All(ProblemTable.Codes, code =>
        {
            Assert.Matches(CodeForm(), code);
            var arguments = ProblemTable.ArgumentsOf(code).Select(name => (name, (object)$"<{name}>")).ToArray();
            var refusal = Refusal.Of(code, arguments);
            var (chinese, english) = (ProblemTable.For(refusal, RequestLanguage.Chinese), ProblemTable.For(refusal, RequestLanguage.English));
            Assert.Equal(Named(chinese), Named(english));
            Assert.True(chinese.Status is 200 or (>= 400 and <= 599), $"{code}: {chinese.Status}");
            Assert.Equal(chinese.Status is 429 or 503, chinese.RetryAfter is > 0);
        });

        static string[] Named(ProblemTable.Sentence sentence) => [.. NamedArgument().Matches(sentence.Title + sentence.Detail).Select(m => m.Value).Order()];
    }

    [Fact]
    public void Every_status_of_the_framework_has_a_code_of_that_status()
    {
        Assert.All([400, 401, 403, 404, 405, 406, 408, 413, 415, 429, 500, 503], status =>
            Assert.Equal(status, ProblemTable.For(Refusal.Of(ProblemCodes.OfStatus(status)), RequestLanguage.English).Status));
    }

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)*$")]
    private static partial Regex CodeForm();

    [GeneratedRegex("<[a-z]+>", RegexOptions.IgnoreCase)]
    private static partial Regex NamedArgument();
}
