using System.Collections.Frozen;
using System.Text.Json;
using Agency.Api.Http;
using Agency.Departments;
using Agency.Reviews.Papers;

namespace Agency.Api.Reviews;

/// <summary>The sentences of papers, from <c>papers.json</c>: what a sentence names is put where <c>{name}</c> stands. A value with a text of its
/// own, <c>name.value</c>, is written by it; departments by their short names.</summary>
internal sealed class PaperTexts(DepartmentCodes departments)
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts = Load();

    public PaperView Of(Paper paper, RequestLanguage language)
    {
        var texts = _texts[language.Tag];
        var hash = paper.ContentHash();
        var asOf = TimeZoneInfo.ConvertTime(paper.AsOf, ShanghaiTime.Zone);
        return new(
            paper.Kind,
            paper.Review,
            $"{paper.Title ?? texts["redacted"]} {texts[$"kind.{EnumNames.Of(paper.Kind)}"]}",
            paper.Number,
            asOf,
            paper.CalendarVersion,
            hash,
            [.. paper.Sections.Select(s => new PaperSectionView(s.Code, texts[s.Code], [.. s.Points.Select(p => new PaperPointView(Write(p.Sentence, paper, texts), [.. p.Details.Select(d => Write(d, paper, texts))]))]))]);
    }

    /// <summary>What a page says beside the paper's own sentences.</summary>
    public static string Label(string code, RequestLanguage language) => _texts[language.Tag][code];

    private string Write(Sentence sentence, Paper paper, FrozenDictionary<string, string> texts) =>
        Template.Fill(texts[sentence.Code], name => Value(name, sentence.Arguments.GetValueOrDefault(name, ""), paper, texts));

    // What is not there and has no word for that was redacted.
    private string Value(string name, string value, Paper paper, FrozenDictionary<string, string> texts) => name switch
    {
        _ when value.Length == 0 => texts.GetValueOrDefault($"{name}.", texts["redacted"]),
        "department" => Department(value),
        "project" or "person" => paper.Names.GetValueOrDefault(Paper.NameKey(name, value), value),
        "departments" => string.Join(texts["separator"], value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Department)),
        _ => texts.GetValueOrDefault($"{name}.{value}", value),
    };

    private string Department(string code) => departments.Find(code)?.ShortName ?? code;

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        using var stream = typeof(PaperTexts).Assembly.GetManifestResourceStream("papers.json") ?? throw new InvalidOperationException("papers.json is not embedded.");
        return (JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream, JsonSerializerOptions.Strict) ?? [])
            .ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary());
    }
}

/// <summary>A paper of a session.</summary>
/// <param name="Number">Number of the minutes; null until they are issued.</param>
/// <param name="AsOf">When it was made; of minutes, when the last fact that they hold was recorded: once issued they change no more.</param>
/// <param name="CalendarVersion">The calendar by which its days are counted.</param>
/// <param name="ContentHash">SHA-256, in hexadecimal, over all facts that it is made from but the instant and what projects and persons are called: the same in every language.</param>
public sealed record PaperView(
    PaperKind Kind, string Review, string Title, string? Number, DateTimeOffset AsOf, int CalendarVersion, string ContentHash, IReadOnlyList<PaperSectionView> Sections);

/// <summary>A section of a paper.</summary>
public sealed record PaperSectionView(string Code, string Heading, IReadOnlyList<PaperPointView> Points);

/// <summary>A point of a section, and what is said of it.</summary>
public sealed record PaperPointView(string Text, IReadOnlyList<string> Details);
