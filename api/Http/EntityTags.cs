using System.Globalization;
using System.IO.Hashing;
using System.Text.RegularExpressions;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Microsoft.Net.Http.Headers;

namespace Agency.Api.Http;

/// <summary>Entity tags: <c>"&lt;version&gt;-&lt;hash of the body&gt;"</c>. The hash answers "is it the same?" (If-None-Match), the
/// version alone "has it been changed?" (If-Match).</summary>
public static partial class EntityTags
{
    public static EntityTagHeaderValue Of(long version, ReadOnlySpan<byte> body) =>
        new($"\"{version.ToString(CultureInfo.InvariantCulture)}-{XxHash3.HashToUInt64(body):x16}\"");

    /// <summary>Whether the client already has what carries <paramref name="tag"/>.</summary>
    public static bool NoneMatches(HttpRequest request, EntityTagHeaderValue tag) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));

    /// <summary>The version that the client expects to change; null when it says none. <c>*</c> says none either: what a command
    /// changes must exist anyway. A tag that was never given out cannot match (412); what is no tag is a bad header (400). A tag
    /// that a proxy has made weak is taken, because the version alone is compared.</summary>
    internal static long? IfMatch(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0) return null;
        if (!EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags) || tags.Count != 1)
        {
            var refusal = Refusal.Of(ProblemCodes.BadHeader, ("header", "If-Match"));
            throw RequestRefusedException.At("If-Match", refusal);
        }

        if (tags[0].Equals(EntityTagHeaderValue.Any)) return null;
        return Ours().Match(tags[0].Tag.ToString()) is { Success: true } ours && long.TryParse(ours.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new RequestRefusedException(Refusal.Of(Refusals.VersionMismatch));
    }

    [GeneratedRegex("^\"(\\d{1,19})(-[0-9a-f]{16})?\"$")]
    private static partial Regex Ours();
}
