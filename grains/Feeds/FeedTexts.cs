using System.Collections.Frozen;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Feeds;

/// <summary>The words of feeds and invitations, from <c>feeds.json</c>.</summary>
internal static class FeedTexts
{
    /// <summary>The language of what goes to nobody's choice.</summary>
    public const string Chinese = "zh-CN";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts = Load();

    /// <summary>A word or sentence with its values.</summary>
    public static string Of(string code, string language, params (string Name, string Value)[] values) => Template.Fill(_texts.GetValueOrDefault(language, _texts[Chinese])[code], values);

    /// <summary>The word for a value of an enumeration.</summary>
    public static string Of(Enum value, string language) => Of(FactJson.Name(value), language);

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        using var stream = typeof(FeedTexts).Assembly.GetManifestResourceStream("feeds.json") ?? throw new InvalidOperationException("feeds.json is not embedded.");
        return (JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream, JsonSerializerOptions.Strict) ?? [])
            .ToFrozenDictionary(l => l.Key, l => l.Value.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
