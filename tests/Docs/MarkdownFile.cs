using System.Text.RegularExpressions;

namespace Agency.Tests.Docs;

/// <summary>What the tests look at in a Markdown document: headings, links, tables and fenced blocks, in their order.</summary>
internal sealed partial class MarkdownFile
{
    private const string Fence = "```";

    private MarkdownFile(string path, IReadOnlyList<Part> parts) => (Path, Parts) = (path, parts);

    /// <summary>Relative to the repository.</summary>
    public string Path { get; }

    public IReadOnlyList<Part> Parts { get; }

    public IEnumerable<Block> Blocks => Parts.OfType<Block>();

    /// <summary>The names that its headings can be linked to by, as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var anchor in Parts.OfType<Heading>().Select(h => NotInAnchor().Replace(h.Text.ToLowerInvariant(), "").Replace(' ', '-')))
            {
                for (var (name, again) = (anchor, 1); !anchors.Add(name); again++) name = $"{anchor}-{again}";
            }

            return anchors;
        }
    }

    /// <summary>Every document of the repository.</summary>
    public static IEnumerable<MarkdownFile> All() =>
        Directory.EnumerateFiles(Repository.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file))
            .Where(path => !path.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "artifacts" or "node_modules"))
            .Order(StringComparer.Ordinal)
            .Select(Read);

    public static MarkdownFile Read(string path)
    {
        var (parts, lines) = (new List<Part>(), File.ReadAllLines(Repository.PathOf(path)));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                var end = Array.IndexOf(lines, Fence, i + 1);
                if (end < 0) throw new InvalidOperationException($"{path}:{i + 1} opens a block that nothing closes.");
                parts.Add(new Block(i + 1, lines[i][Fence.Length..], string.Join('\n', lines[(i + 1)..end])));
                i = end;
                continue;
            }

            if (HeadingLine().Match(lines[i]) is { Success: true } heading) parts.Add(new Heading(i + 1, heading.Groups[1].Value));
            if (IsRow(i) && !IsRow(i - 1)) parts.Add(new Table(i + 1, Cells(lines[i]), [.. lines.Skip(i + 2).TakeWhile(l => l.StartsWith('|')).Select(Cells)]));
            parts.AddRange(LinkTarget().Matches(CodeSpan().Replace(lines[i], "")).Select(link => new Link(i + 1, link.Groups[1].Value)));
        }

        return new(path, parts);

        bool IsRow(int line) => line >= 0 && lines[line].StartsWith('|');
    }

    // Without the marks of emphasis and code.
    private static string[] Cells(string row) => [.. row.Split('|')[1..^1].Select(c => c.Trim().Trim('*', '`'))];

    [GeneratedRegex("^#{1,6} (.+?) *$")]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NotInAnchor();

    /// <param name="Line">The line it begins in, from 1.</param>
    internal abstract record Part(int Line);

    internal sealed record Heading(int Line, string Text) : Part(Line);

    internal sealed record Link(int Line, string Target) : Part(Line);

    internal sealed record Table(int Line, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : Part(Line);

    internal sealed record Block(int Line, string Language, string Text) : Part(Line);
}
