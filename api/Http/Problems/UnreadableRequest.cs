using System.Text.Json;
using System.Text.RegularExpressions;
using Agency.EventSourcing;

namespace Agency.Api.Http.Problems;

/// <summary>Says what is wrong with a request that the framework could not read. The framework tells it in sentences alone, so
/// they are taken apart here; one that is not known gives the general problem of its status.</summary>
internal static partial class UnreadableRequest
{
    /// <summary>What is expected where null cannot be.</summary>
    public const string NotNull = "not null";

    public static (Refusal Refusal, IReadOnlyList<(string Where, Refusal Why)> Where) Explain(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json) return Body(json);
        if (Failed().Match(exception.Message) is { Success: true } failed) return Parameter(failed, ProblemCodes.BadParameter, ("value", failed.Groups["value"].Value));
        if (MissingBody().IsMatch(exception.Message)) return (Refusal.Of(ProblemCodes.MissingBody), []);
        if (Missing().Match(exception.Message) is { Success: true } missing) return Parameter(missing, ProblemCodes.MissingParameter);
        return (Refusal.Of(ProblemCodes.OfStatus(exception.StatusCode)), []);
    }

    /// <summary>The JSON pointer for the path of a <see cref="JsonException"/>: <c>$.a.b[0]</c> is <c>/a/b/0</c>.</summary>
    public static string Pointer(string? path) => Pointer(Segment().Matches(path ?? "").Select(s => s.Groups["name"].Value));

    /// <summary>The JSON pointer of these members and indices.</summary>
    public static string Pointer(IEnumerable<string> segments) =>
        string.Concat(segments.Select(s => "/" + Named(s)));

    private static (Refusal, IReadOnlyList<(string, Refusal)>) Body(JsonException exception)
    {
        var (message, pointer) = (exception.Message, Pointer(exception.Path));
        if (MissingMembers().Match(message) is { Success: true } missing)
        {
            var names = missing.Groups["name"].Captures.Select(c => c.Value).ToArray();
            return (Refusal.Of(ProblemCodes.MissingMember, ("member", string.Join(", ", names))),
                [.. names.Select(name => ($"{pointer}/{name}", Refusal.Of(ProblemCodes.MissingMember, ("member", name))))]);
        }

        var refusal =
            UnknownMember().Match(message) is { Success: true } unknown ? Refusal.Of(ProblemCodes.UnknownMember, ("member", Named(unknown.Groups["name"].Value)))
            : message.StartsWith("Duplicate propert", StringComparison.Ordinal) ? Refusal.Of(ProblemCodes.DuplicateMember, ("member", pointer))
            : IsMalformed(exception) ? Refusal.Of(ProblemCodes.MalformedBody, ("line", exception.LineNumber + 1 ?? 1), ("column", exception.BytePositionInLine + 1 ?? 1))
            : Refusal.Of(ProblemCodes.WrongType, ("member", pointer), ("expected", Expected(exception)));
        return (refusal, [(pointer, refusal)]);
    }

    // Names and indices as the interface has them; what looks like none of them is not repeated: it may be a person's.
    private static string Named(string segment) => Known().IsMatch(segment) ? segment : "?";

    // No JSON at all: the reader's own exception lies inside the serializer's; and strings that are no text.
    private static bool IsMalformed(JsonException exception) =>
        exception.InnerException is JsonException || (exception.InnerException is InvalidOperationException inner && inner.Message.Contains("UTF-16", StringComparison.Ordinal));

    private static (Refusal, IReadOnlyList<(string, Refusal)>) Parameter(Match match, string code, params ReadOnlySpan<(string, object)> more)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value);
        var refusal = Refusal.Of(code, [("parameter", name), .. more]);
        return (refusal, [(name, refusal)]);
    }

    private static bool Says(JsonException exception, string type) =>
        exception.Message.Contains($"System.{type}", StringComparison.Ordinal) || exception.InnerException?.Message.Contains($" {type} ", StringComparison.Ordinal) is true;

    private static string Expected(JsonException exception) => exception switch
    {
        StrictJson.WrongValueException wrong => wrong.Expected,
        { Message: var m } when m.Contains("doesn't allow", StringComparison.Ordinal) => NotNull,
        // Of a member the message may name the whole body, and the cause what it is.
        _ when Says(exception, "DateOnly") => "yyyy-MM-dd",
        _ when Says(exception, "DateTimeOffset") => "yyyy-MM-ddTHH:mm:ss+08:00",
        { Message: var m } when m.Contains("System.Int", StringComparison.Ordinal) => "integer",
        { Message: var m } when m.Contains("System.Decimal", StringComparison.Ordinal) || m.Contains("System.Double", StringComparison.Ordinal) => "number",
        { Message: var m } when m.Contains("System.Boolean", StringComparison.Ordinal) => "true, false",
        { Message: var m } when m.Contains("to System.String", StringComparison.Ordinal) => "string",
        { Message: var m } when m.Contains("Collection", StringComparison.Ordinal) || m.Contains("[]", StringComparison.Ordinal) || m.Contains("array", StringComparison.OrdinalIgnoreCase) => "array",
        _ => "object",
    };

    [GeneratedRegex(@"^Failed to bind parameter ""\S+ (?<name>\w+)"" from ""(?<value>.*)""\.$", RegexOptions.Singleline)]
    private static partial Regex Failed();

    [GeneratedRegex(@"^(Required parameter "".*"" was not provided from body|Implicit body inferred)")]
    private static partial Regex MissingBody();

    [GeneratedRegex(@"^Required parameter ""\S+ (?<name>\w+)"" was not provided")]
    private static partial Regex Missing();

    [GeneratedRegex(@"missing required properties including: ('(?<name>[^']+)'[,;]? ?)+")]
    private static partial Regex MissingMembers();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9_@-]{0,63}|[0-9]{1,9})\z")]
    private static partial Regex Known();

    [GeneratedRegex(@"^The JSON property '(?<name>.*?)' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex(@"\['(?<name>.*?)'\]|\[(?<name>\d+)\]|\.(?<name>[^.\[]+)")]
    private static partial Regex Segment();
}
