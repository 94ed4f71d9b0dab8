using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agency.Api.Tools;
using Agency.Tests.Api;

namespace Agency.Tests.Docs;

/// <summary>Plays every document that has http blocks from top to bottom, each against a service of its own: every block is a
/// request or the answer to the one above it, a heading that begins with a day says when it is, and a hand calendar is what the
/// ledger that is answered next says day by day.</summary>
public sealed partial class GuideTests
{
    /// <summary>The documents that are played.</summary>
    public static TheoryData<string> Guides => [.. MarkdownFile.All().Where(d => d.Blocks.Any(b => b.Language == "http")).Select(d => d.Path)];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Every_block_is_a_request_or_the_answer_to_the_one_above_it(string path)
    {
        var blocks = MarkdownFile.Read(path).Blocks.Where(b => !TokenLine().IsMatch(b.Text)).ToArray();
        Assert.Empty(blocks.Where((b, i) => b.Language != "http" || IsAnswer(b) != (i % 2 == 1)).Select(b => $"Line {b.Line}"));
        Assert.True(blocks.Length > 0 && IsAnswer(blocks[^1]));
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Every_request_gets_the_answer_that_stands_below_it(string path)
    {
        var guide = MarkdownFile.Read(path);
        await using var api = new ApiFixture();
        api.Clock.AdjustTime(guide.Parts.Select(MorningOf).First(m => m is not null)!.Value);
        using var client = api.CreateClient();
        using HttpResponseMessage none = new();
        var (answer, calendar) = (none, (MarkdownFile.Table?)null);
        var tokens = guide.Blocks.Where(b => b.Language == "sh").SelectMany(b => TokenLine().Matches(b.Text)).ToDictionary(m => m.Groups[1].Value, m => api.Token(TokenTool.Read(m.Groups[2].Value.Split(' ')).Actor));
        foreach (var part in guide.Parts)
        {
            switch (part)
            {
                case MarkdownFile.Heading heading when MorningOf(heading) is { } morning:
                    api.Clock.SetUtcNow(morning);
                    break;
                case MarkdownFile.Table table when HandCalendar.Is(table):
                    Assert.True(calendar is null, $"Line {table.Line}: no ledger is answered between this calendar and the one above it.");
                    calendar = table;
                    break;
                case MarkdownFile.Block { Language: "http" } block when IsAnswer(block):
                    await Check(answer, block, calendar);
                    calendar = null;
                    break;
                case MarkdownFile.Block { Language: "http" } block:
                    answer.Dispose();
                    answer = await Send(client, block, tokens);
                    break;
            }
        }

        answer.Dispose();
        Assert.Null(calendar);
    }

    // 10:00 in Shanghai on the day that a heading begins with.
    private static DateTimeOffset? MorningOf(MarkdownFile.Part part) =>
        part is MarkdownFile.Heading heading && DateOnly.TryParseExact(heading.Text.Split(' ')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new(day, new(2, 0), TimeSpan.Zero)
            : null;

    private static bool IsAnswer(MarkdownFile.Block block) => block.Text.StartsWith("HTTP/", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> Send(HttpClient client, MarkdownFile.Block block, Dictionary<string, string> tokens)
    {
        var (first, headers, body) = Message(block);
        using var request = new HttpRequestMessage(new(first[0]), new Uri(first[1], UriKind.Relative));
        if (body.Length > 0) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
        {
            var said = name == "Authorization" ? $"Bearer {tokens[value.Split('$')[1]]}" : value;
            if (!request.Headers.TryAddWithoutValidation(name, said)) request.Content!.Headers.Add(name, said);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task Check(HttpResponseMessage answer, MarkdownFile.Block block, MarkdownFile.Table? calendar)
    {
        var (first, headers, body) = Message(block);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == int.Parse(first[1], CultureInfo.InvariantCulture), $"Line {block.Line}: the answer is {(int)answer.StatusCode} {text}");
        foreach (var (name, value) in headers)
        {
            var actual = answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
            Assert.True(JsonSubset.Fits(value, actual), $"Line {block.Line}: {name} is '{actual}', not '{value}'");
        }

        if (body.Length == 0) return;
        using var shown = JsonDocument.Parse(body);
        using var actualBody = JsonDocument.Parse(text);
        var difference = JsonSubset.Difference(shown.RootElement, actualBody.RootElement);
        Assert.True(difference is null, $"Line {block.Line}: {difference}\n{text}");
        if (calendar is null) return;
        difference = HandCalendar.Difference(calendar, actualBody.RootElement);
        Assert.True(difference is null, $"Line {calendar.Line}: {difference}\n{text}");
    }

    // The first line's words, the headers, and what stands after the empty line.
    private static (string[] First, (string Name, string Value)[] Headers, string Body) Message(MarkdownFile.Block block)
    {
        var (head, body) = block.Text.Split("\n\n", 2) is [var h, var b] ? (h, b) : (block.Text, "");
        var lines = head.Split('\n');
        return (lines[0].Split(' '), [.. lines[1..].Select(l => HeaderLine().Match(l)).Select(m => (m.Groups[1].Value, m.Groups[2].Value))], body);
    }

    [GeneratedRegex(@"^(\w+)=\$\(\./dev token (.+)\)$", RegexOptions.Multiline)]
    private static partial Regex TokenLine();

    [GeneratedRegex("^([A-Za-z-]+): (.+)$")]
    private static partial Regex HeaderLine();
}
