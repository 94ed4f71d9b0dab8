using System.Text;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;

namespace Agency.Tests.Api.Http.Problems;

/// <summary>The table of sentences against the source that raises their codes, and against the page of all problem types (docs/problem-types.md).
/// <c>./dev openapi</c> writes the page anew.</summary>
public sealed class ProblemTableTests
{
    // Strings of the source that look like codes: settings, headers, paths, ids of commands.
    private static readonly string[] _others = ["agency-data", "made-at", "no-referrer", "no-store", "same-origin", "shipped-calendar", "supplement-request", "utf-8"];

    [Fact]
    public void Every_code_of_the_source_has_its_sentences() =>
        Assert.Empty(RaisedProblems.Literals.Except(_others).Except(ProblemTable.Codes));

    [Fact]
    public void Every_code_of_the_table_is_in_the_source() =>
        Assert.All(ProblemTable.Codes, code => Assert.Contains(RaisedProblems.Source, s => s.Text.Contains($"\"{code}\"", StringComparison.Ordinal)));

    [Fact]
    public void Every_argument_of_a_sentence_is_given_wherever_its_code_is_raised()
    {
        var raised = RaisedProblems.All.Where(r => r.File.StartsWith("grains", StringComparison.Ordinal)).ToArray();
        Assert.Empty(raised.SelectMany(r => ProblemTable.ArgumentsOf(r.Code).Except(r.Arguments).Select(a => $"{r.File}: {r.Code} lacks {a}")));

        // Found at all: else the sentence above would say nothing.
        var grains = RaisedProblems.Source.Where(s => s.File.StartsWith("grains", StringComparison.Ordinal)).ToArray();
        var inGrains = ProblemTable.Codes.Where(code => grains.Any(s => s.Text.Contains($"\"{code}\"", StringComparison.Ordinal)));
        Assert.Empty(inGrains.Where(code => ProblemTable.ArgumentsOf(code).Count > 0).Except(raised.Select(r => r.Code)));
    }

    [Fact]
    public Task The_page_of_problem_types_is_the_tables() => Repository.CheckMade("docs/problem-types.md", Page());

    private static string Page()
    {
        var page = new StringBuilder("""
            # Problem types

            A request that is not carried out is answered with `application/problem+json` (RFC 9457). `code` says why and never changes its meaning; `type` is
            `urn:agency:problem:` and the code. `title` and `detail` are in the language of `Accept-Language`: Chinese unless English is asked for. Where single members,
            parameters or headers are wrong, `errors` says for each by a code of this table what is wrong with it. What stands in braces is filled in. A code with status
            200 is a warning beside an answer.

            | code | status | 含义 | meaning |
            | --- | --- | --- | --- |

            """);
        foreach (var code in ProblemTable.Codes.Order(StringComparer.Ordinal))
        {
            var refusal = Refusal.Of(code, [.. ProblemTable.ArgumentsOf(code).Select(name => (name, (object)$"{{{name}}}"))]);
            var (chinese, english) = (ProblemTable.For(refusal, RequestLanguage.Chinese), ProblemTable.For(refusal, RequestLanguage.English));
            page.Append($"| `{code}` | {chinese.Status} | **{chinese.Title}** {chinese.Detail} | **{english.Title}** {english.Detail} |\n");
        }

        return page.ToString();
    }
}
