using System.Text.RegularExpressions;

namespace Agency.Tests.Docs;

/// <summary>What the documents point to is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly MarkdownFile[] _documents = [.. MarkdownFile.All()];

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        var links = _documents.SelectMany(d => d.Parts.OfType<MarkdownFile.Link>().Where(l => !l.Target.Contains(':', StringComparison.Ordinal)), (document, link) => (document, link)).ToArray();
        Assert.NotEmpty(links);
        Assert.Empty(links.Where(l => !Leads(l.document, l.link.Target)).Select(l => $"{l.document.Path}:{l.link.Line} leads nowhere: {l.link.Target}"));
    }

    [Fact]
    public void Every_command_of_the_dev_script_that_a_document_names_is_there()
    {
        var script = File.ReadAllText(Repository.PathOf("dev"));
        var named = _documents.SelectMany(d => DevCommand().Matches(File.ReadAllText(Repository.PathOf(d.Path))), (document, match) => (document.Path, Command: match.Groups[1].Value)).ToArray();
        Assert.Contains(named, n => n.Command == "run");
        Assert.DoesNotContain(named, n => !Regex.IsMatch(script, $@"^  (\w+ \| )*{n.Command}( \| \w+)*\)$", RegexOptions.Multiline));
    }

    private static bool Leads(MarkdownFile from, string target)
    {
        var (path, anchor) = target.Split('#') is [var file, var heading] ? (file, heading) : (target, null);
        var full = path.Length == 0 ? from.Path : Path.Combine(Path.GetDirectoryName(from.Path)!, path);
        if (!Path.Exists(Repository.PathOf(full))) return false;
        return anchor is null || MarkdownFile.Read(full).Anchors.Contains(Uri.UnescapeDataString(anchor));
    }

    [GeneratedRegex(@"\./dev ([a-z]+)")]
    private static partial Regex DevCommand();
}
