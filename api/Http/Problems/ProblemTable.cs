using System.Collections.Frozen;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Api.Http.Problems;

/// <summary>The sentences of all refusals with the HTTP status of each, from <c>problems.json</c>.</summary>
public static class ProblemTable
{
    private static readonly JsonSerializerOptions _strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly FrozenDictionary<string, Kind> _kinds = Load();

    /// <summary>Every code that has its sentences.</summary>
    public static IReadOnlyCollection<string> Codes => _kinds.Keys;

    /// <summary>The names that a code's sentences take from <see cref="Refusal.Arguments"/>, in every language.</summary>
    public static IReadOnlySet<string> ArgumentsOf(string code) =>
        Texts(_kinds[code]).SelectMany(Template.Names).ToHashSet();

    /// <summary>What the table says of a refusal; one whose code it lacks is a plain 409.</summary>
    internal static Sentence For(Refusal refusal, RequestLanguage language)
    {
        var kind = _kinds.GetValueOrDefault(refusal.Code) ?? _kinds[ProblemCodes.Refused];
        string Say(Dictionary<string, string> texts) => Template.Fill(texts[language.Tag], name => refusal.Arguments.GetValueOrDefault(name, "?"));
        return new(kind.Status, Say(kind.Title), Say(kind.Detail), kind.RetryAfter);
    }

    private static IEnumerable<string> Texts(Kind kind) => [.. kind.Title.Values, .. kind.Detail.Values];

    private static FrozenDictionary<string, Kind> Load()
    {
        using var stream = typeof(ProblemTable).Assembly.GetManifestResourceStream("problems.json") ?? throw new InvalidOperationException("problems.json is not embedded.");
        return (JsonSerializer.Deserialize<Dictionary<string, Kind>>(stream, _strict) ?? []).ToFrozenDictionary();
    }

    /// <param name="RetryAfter">After how many seconds it is worth trying again.</param>
    internal sealed record Sentence(int Status, string Title, string Detail, int? RetryAfter);

    private sealed record Kind(int Status, Dictionary<string, string> Title, Dictionary<string, string> Detail, int? RetryAfter = null);
}
