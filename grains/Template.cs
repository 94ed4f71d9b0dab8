using System.Text.RegularExpressions;

namespace Agency;

/// <summary>Sentences in which <c>{name}</c> stands for a value.</summary>
public static partial class Template
{
    /// <summary>A sentence with its values. What was put in is not looked at again: it may have braces of its own.</summary>
    public static string Fill(string template, Func<string, string> value) => Place().Replace(template, place => value(place.Groups[1].Value));

    /// <inheritdoc cref="Fill(string, Func{string, string})"/>
    public static string Fill(string template, params (string Name, string Value)[] values) =>
        Fill(template, name => Array.Find(values, v => v.Name == name).Value ?? $"{{{name}}}");

    /// <summary>The names in a sentence.</summary>
    public static IEnumerable<string> Names(string template) => Place().Matches(template).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
