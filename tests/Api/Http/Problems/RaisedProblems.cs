using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Agency.Api.Http.Problems;
using Agency.Calendar;
using Agency.EventSourcing;

namespace Agency.Tests.Api.Http.Problems;

/// <summary>The refusals and faults that the source raises, read from its text.</summary>
internal static partial class RaisedProblems
{
    private static readonly ImmutableDictionary<string, string> _constants = new[] { typeof(ProblemCodes), typeof(Refusals), typeof(CalendarRefusals) }
        .SelectMany(type => type.GetFields().Where(f => f.IsLiteral).Select(f => KeyValuePair.Create($"{type.Name}.{f.Name}", (string)f.GetRawConstantValue()!)))
        .ToImmutableDictionary();

    // What the helpers of some files add to the arguments that a caller names.
    private static readonly Dictionary<string, string[]> _implied = new() { ["Refused"] = ["item"], ["Known"] = ["code"], ["FirstDay"] = ["year", "day"] };

    /// <summary>The source of interface and grains, without comments.</summary>
    public static ImmutableArray<(string File, string Text)> Source { get; } =
    [
        .. from part in (string[])["api", "grains"]
           from file in Directory.EnumerateFiles(Repository.PathOf(part), "*.cs", SearchOption.AllDirectories)
           select (Path.GetRelativePath(Repository.Root, file), Comment().Replace(File.ReadAllText(file), "")),
    ];

    /// <summary>Every string of the source that has the form of a code with a hyphen, but for the names of stored facts and of grain methods.</summary>
    public static IEnumerable<string> Literals => Source.SelectMany(s => Hyphenated().Matches(Name().Replace(s.Text, ""))).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>Every place that raises a code, with the names of the arguments that it gives.</summary>
    public static IEnumerable<(string File, string Code, ImmutableHashSet<string> Arguments)> All =>
        from source in Source
        from Match call in Call().Matches(source.Text)
        let inside = Inside(source.Text, call.Index + call.Length)
        let arguments = Argument().Matches(inside).Select(m => m.Groups[1].Value).Concat(_implied.GetValueOrDefault(call.Groups[1].Value, [])).ToImmutableHashSet()
        from code in Codes(inside)
        select (source.File, code, arguments);

    private static IEnumerable<string> Codes(string inside) =>
        Literal().Matches(inside).Select(m => m.Groups[1].Value).Where(ProblemTable.Codes.Contains)
            .Concat(Constant().Matches(inside).Select(m => _constants.GetValueOrDefault(m.Value)).OfType<string>());

    // Up to the parenthesis that closes the one before start.
    private static string Inside(string text, int start)
    {
        var (depth, quoted, end) = (1, false, start);
        for (; depth > 0; end++)
        {
            if (text[end] == '"' && text[end - 1] != '\\') quoted = !quoted;
            else if (!quoted) depth += text[end] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return text[start..(end - 1)];
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\(""[a-z-]+"", typeof\(|Alias\(""[a-z-]+""\)")]
    private static partial Regex Name();

    [GeneratedRegex(@"""([a-z]+(-[a-z0-9]+)+)""")]
    private static partial Regex Hyphenated();

    [GeneratedRegex(@"\b(Refusal\.Of|Fault\.Of|Refused|Problem|Known|FirstDay)\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"\(""(\w+)"",")]
    private static partial Regex Argument();

    [GeneratedRegex(@"""([a-z0-9-]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\w+\.\w+")]
    private static partial Regex Constant();
}
