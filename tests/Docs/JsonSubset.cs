using System.Text.Json;
using System.Text.RegularExpressions;

namespace Agency.Tests.Docs;

/// <summary>Whether an answer has what a document shows of it: of an object the members shown, of an array the elements shown in
/// their order (none shown: it is empty), and in a text … stands for anything.</summary>
internal static class JsonSubset
{
    /// <summary>What is not as shown, by JSON pointer; null if all is.</summary>
    public static string? Difference(JsonElement shown, JsonElement actual, string at = "") => shown.ValueKind switch
    {
        _ when shown.ValueKind != actual.ValueKind => $"{at} is {actual}, not {shown}",
        JsonValueKind.Object => shown.EnumerateObject().Select(s => actual.TryGetProperty(s.Name, out var value) ? Difference(s.Value, value, $"{at}/{s.Name}") : $"{at} has no {s.Name}").FirstOrDefault(d => d is not null),
        JsonValueKind.Array => Elements([.. shown.EnumerateArray()], [.. actual.EnumerateArray()], at),
        JsonValueKind.String when Fits(shown.GetString()!, actual.GetString()!) => null,
        _ => JsonElement.DeepEquals(shown, actual) ? null : $"{at} is {actual}, not {shown}",
    };

    /// <summary>Whether the text is the one shown, but for what … stands for.</summary>
    public static bool Fits(string shown, string actual) => Regex.IsMatch(actual, $@"^{Regex.Escape(shown).Replace("…", ".+", StringComparison.Ordinal)}\z", RegexOptions.Singleline);

    private static string? Elements(JsonElement[] shown, JsonElement[] actual, string at)
    {
        if (shown.Length == 0) return actual.Length == 0 ? null : $"{at} is not empty";
        if (shown.Length == actual.Length) return shown.Zip(actual).Index().Select(e => Difference(e.Item.First, e.Item.Second, $"{at}/{e.Index}")).FirstOrDefault(d => d is not null);
        var next = 0;
        foreach (var (index, element) in shown.Index())
        {
            while (next < actual.Length && Difference(element, actual[next]) is not null) next++;
            if (next++ == actual.Length) return $"{at} has no {element} in the place of shown element {index}";
        }

        return null;
    }
}
