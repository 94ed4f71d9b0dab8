using System.Text.RegularExpressions;

namespace Agency.Silo.Storage.Anchors;

/// <summary>The heads of all streams, written down on a day: what was recorded by then can neither be cut off nor be changed together with
/// its hashes without showing. Each anchor holds the hash of the one before it, so that the newest's hash answers for all.</summary>
/// <param name="Day">The day in Asia/Shanghai.</param>
/// <param name="At">When it was made.</param>
/// <param name="Previous">The hash of the anchor before it; null: it is the first.</param>
/// <param name="Streams">How many streams there were.</param>
/// <param name="Facts">How many facts they had together.</param>
/// <param name="Hash">SHA-256 over its file up to the last line, in hexadecimal: what is to be sent off the machine.</param>
public sealed partial record Anchor(DateOnly Day, DateTimeOffset At, string? Previous, long Streams, long Facts, string Hash)
{
    /// <summary>The short line that says all of it that must be kept elsewhere.</summary>
    public override string ToString() => $"anchor {Day:yyyy-MM-dd} {Hash} {Streams} streams {Facts} facts";

    /// <summary>Whether this is the form of a hash.</summary>
    public static bool IsHash(string text) => Sha256().IsMatch(text);

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
