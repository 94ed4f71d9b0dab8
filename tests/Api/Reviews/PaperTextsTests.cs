using System.Text.Json;
using System.Text.RegularExpressions;
using Agency.Api.Reviews;

namespace Agency.Tests.Api.Reviews;

public sealed partial class PaperTextsTests
{
    [Fact]
    public void Both_languages_have_the_same_sentences_that_name_the_same()
    {
        using var stream = typeof(PaperTexts).Assembly.GetManifestResourceStream("papers.json")!;
        var texts = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
        Assert.Equal(["en", "zh-CN"], texts.Keys.Order());
        Assert.Equal(texts["zh-CN"].Keys.Order(), texts["en"].Keys.Order());
        Assert.All(texts["zh-CN"], t => Assert.Equal(Names(t.Value), Names(texts["en"][t.Key])));
    }

    private static IEnumerable<string> Names(string text) => Place().Matches(text).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
