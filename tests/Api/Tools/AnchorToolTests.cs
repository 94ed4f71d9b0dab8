using System.Diagnostics;
using System.Text.Json;
using Agency.Api.Tools;
using Agency.Silo.Storage.Anchors;
using Agency.Silo.Storage.Sqlite;

namespace Agency.Tests.Api.Tools;

/// <summary>What an anchor is, as it is written down.</summary>
public sealed class AnchorToolTests : IDisposable
{
    private static readonly string[] _streams = ["agent-li", "calendar-cn", "project-a", "project-b"];

    private readonly ToolStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_anchor_has_every_streams_head_in_order_and_the_line_has_its_hash()
    {
        await _store.Append(5, [.. _streams.Reverse()]);
        await _store.Append(2, "project-a");
        var (code, lines) = await _store.Anchor();
        var documents = await Documents();
        var (first, heads, last) = (documents[0], documents[1..^1], documents[^1]);
        Assert.Equal((0, $"anchor 2026-03-02 {last.GetProperty("hash").GetString()} 4 streams 22 facts"), (code, Assert.Single(lines)));
        Assert.Equal(("2026-03-02T01:00:00+00:00", false, 4, 22), (first.GetProperty("at").GetString(), first.TryGetProperty("previous", out _), last.GetProperty("streams").GetInt32(), last.GetProperty("facts").GetInt32()));
        Assert.Equal(_streams, heads.Select(h => h.GetProperty("stream").GetString()));
        Assert.Equal([5, 5, 7, 5], heads.Select(h => h.GetProperty("version").GetInt32()));
        using var reader = SqliteReader.Open(_store.Path);
        Assert.Equal(
            Convert.ToHexStringLower((await reader.Read(new StreamId("project", "a"), 0, Cancellation).LastAsync(Cancellation)).Hash.Span),
            heads[2].GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Its_hash_is_found_by_hand()
    {
        await _store.Append(1, _streams);
        var hash = await _store.Anchored();
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"head -n -1 '{_store.AnchorFile()}' | sha256sum"]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);
        Assert.Equal($"{hash}  -\n", output);
    }

    [Fact]
    public async Task Each_anchor_holds_the_hash_of_the_one_before_it()
    {
        await _store.Append(1, _streams);
        var first = await _store.Anchored();
        _store.NextDay();
        var second = await _store.Anchored();
        Assert.NotEqual(first, second);
        Assert.Equal(first, (await Documents(1))[0].GetProperty("previous").GetString());
    }

    [Fact]
    public async Task A_day_has_one_anchor_and_none_follows_a_later_one()
    {
        await _store.Append(1, _streams);
        var (_, lines) = await _store.Anchor();
        var before = await File.ReadAllBytesAsync(_store.AnchorFile(), Cancellation);
        await _store.Append(1, _streams);
        var (code, again) = await _store.Anchor();
        Assert.Equal((1, $"Today's anchor is there already and stays as it is: {lines[0]}"), (code, Assert.Single(again)));
        Assert.Equal(before, await File.ReadAllBytesAsync(_store.AnchorFile(), Cancellation));

        File.Move(_store.AnchorFile(), _store.AnchorFile(9));
        (code, again) = await _store.Anchor();
        Assert.Equal((1, "The newest anchor is of 2026-03-11, and today is 2026-03-02: put the clock right."), (code, Assert.Single(again)));
        Assert.Equal((1, "anchor 2026-03-11: it was made on 2026-03-02"), ((await _store.Verify()).Code, (await _store.Verify()).Lines[0]));
    }

    [Fact]
    public async Task What_an_interrupted_one_left_is_no_anchor_and_is_written_over()
    {
        await _store.Append(1, _streams);
        Directory.CreateDirectory(Path.GetDirectoryName(_store.AnchorFile())!);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(_store.AnchorFile())!, "unfinished"), new string('x', 10_000), Cancellation);
        Assert.Equal(0, (await _store.Verify()).Code);
        await _store.Anchored();
        Assert.Equal([_store.AnchorFile()], Directory.GetFiles(Path.GetDirectoryName(_store.AnchorFile())!));
        Assert.Equal(0, (await _store.Verify()).Code);
    }

    [Fact]
    public async Task A_copy_goes_where_nothing_is()
    {
        await _store.Append(1, _streams);
        var copy = Path.Combine(_store.Path, "copy.jsonl");
        await File.WriteAllTextAsync(copy, "mine", Cancellation);
        Assert.Equal($"2: The file '{copy}' is there already and stays as it is: choose another for --out.", await Said("--out", copy));
        Assert.Equal($"2: There is no directory for '{copy}/x': choose another file for --out.", await Said("--out", $"{copy}/x"));
        Assert.False(File.Exists(_store.AnchorFile()));

        File.Delete(copy);
        Assert.Equal(0, (await _store.Anchor("--out", copy)).Code);
        Assert.Equal(await File.ReadAllBytesAsync(_store.AnchorFile(), Cancellation), await File.ReadAllBytesAsync(copy, Cancellation));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_is_found_out_before_the_anchor_is()
    {
        await _store.Append(1, _streams);
        Assert.Equal(2, (await _store.Anchor("--out", Path.Combine(_store.Path, new string('x', 300)))).Code);
        Assert.False(File.Exists(_store.AnchorFile()));

        // And where none is made, no empty one stays.
        await _store.Anchored();
        var copy = Path.Combine(_store.Path, "copy.jsonl");
        Assert.Equal(1, (await _store.Anchor("--out", copy)).Code);
        Assert.False(File.Exists(copy));
    }

    [Fact]
    public async Task An_anchor_that_is_made_and_cannot_be_told_has_an_exit_code_of_its_own()
    {
        await _store.Append(1, _streams);
        var copy = Path.Combine(_store.Path, "copy.jsonl");
        await using StringWriter error = new();
        await using TextWriter closed = new ClosedWriter();
        Assert.Equal(3, await AnchorTool.Run(["--data", _store.Path, "--out", copy], closed, error));
        var made = new AnchorDirectory(_store.Path).FileOf(Assert.Single(new AnchorDirectory(_store.Path).Days()));
        Assert.Equal($"The anchor is made, but its line or its copy is not out: take them from {made} by hand. Broken pipe\n", error.ToString());
        Assert.False(File.Exists(copy));
    }

    // Each line is a document of its own.
    private async Task<List<JsonElement>> Documents(int days = 0) =>
        [.. (await File.ReadAllLinesAsync(_store.AnchorFile(days), Cancellation)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private async Task<string> Said(params string[] arguments)
    {
        var (code, lines) = await _store.Anchor(arguments);
        return $"{code}: {Assert.Single(lines)}";
    }

    private sealed class ClosedWriter : StringWriter
    {
        public override Task WriteLineAsync(string? value) => throw new IOException("Broken pipe");
    }
}
