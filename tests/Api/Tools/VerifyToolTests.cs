namespace Agency.Tests.Api.Tools;

/// <summary>Somebody bends the record; verification names the stream and the first bad fact.</summary>
public sealed class VerifyToolTests : IDisposable
{
    private const string Victim = "project-b";
    private const string Where = $"WHERE stream = '{Victim}' AND version";

    private readonly ToolStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_whole_store_is_whole()
    {
        await Filled();
        Assert.Equal((0, "4 streams, 20 facts, 0 anchors: whole"), First(await _store.Verify()));
        await _store.Anchored();
        await _store.Append(2, Victim);
        Assert.Equal((0, "4 streams, 22 facts, 1 anchors: whole"), First(await _store.Verify()));
    }

    [Theory]
    [InlineData($"UPDATE facts SET bytes = CAST(replace(bytes, '\"note\":\"3\"', '\"note\":\"4\"') AS BLOB) {Where} = 3", 3, "the fact is not the one that was recorded here")]
    [InlineData($"UPDATE facts SET hash = zeroblob(32) {Where} = 5", 5, "the fact is not the one that was recorded here")]
    [InlineData($"DELETE FROM facts {Where} = 3", 3, "the fact is missing; the next one there is 4")]
    [InlineData($"DELETE FROM facts {Where} = 1", 1, "the fact is missing; the next one there is 2")]
    [InlineData($"UPDATE facts SET version = -2 {Where} = 2; UPDATE facts SET version = 2 {Where} = 4; UPDATE facts SET version = 4 {Where} = -2", 2, "the fact is not the one that was recorded here")]
    [InlineData($"DELETE FROM facts {Where} > 3", 4, "the fact is missing; the stream's summary is at 5")]
    [InlineData($"DELETE FROM facts WHERE stream = '{Victim}'", 1, "the fact is missing; the stream's summary is at 5")]
    [InlineData($"UPDATE texts SET value = 'another' {Where} = 2", 2, "a text of the fact is not the one that was recorded")]
    [InlineData($"UPDATE texts SET value = 'another', salt = NULL {Where} = 2", 2, "a text of the fact is not the one that was recorded")]
    [InlineData($"UPDATE texts SET value = NULL, salt = NULL {Where} = 2", 2, "the text 'reason' of the fact is empty, and no fact redacts it")]
    [InlineData($"DELETE FROM texts {Where} = 2", 2, "a text of the fact is not the one that was recorded")]
    [InlineData($"INSERT INTO texts VALUES('{Victim}', 4, 'more', NULL, NULL)", 4, "a text of the fact is not the one that was recorded")]
    [InlineData($"DELETE FROM summaries WHERE stream = '{Victim}'", 1, "the stream has 5 facts and no summary")]
    [InlineData($"UPDATE summaries SET version = 3 WHERE stream = '{Victim}'", 4, "the stream's summary is at 3, its facts go to 5")]
    [InlineData($"UPDATE summaries SET partition = 'elsewhere-0' WHERE stream = '{Victim}'", 1, "the stream has 5 facts and no summary")]
    [InlineData($"INSERT INTO facts SELECT stream, 'x', bytes, hash FROM facts {Where} = 1", 6, "the fact is missing; the next one there is 0")]
    public async Task What_was_bent_is_named_with_its_first_bad_fact(string sql, long first, string what)
    {
        await Filled();
        _store.Bend(sql);
        var (code, lines) = await _store.Verify();
        Assert.Equal((1, $"{Victim} {first}: {what}"), (code, lines[0]));
        Assert.Equal(2, lines.Length);
        Assert.EndsWith(": 1 streams and 0 anchors are not as they were", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tail_that_was_cut_with_its_summary_shows_by_the_anchor()
    {
        await Filled();
        await _store.Anchored();
        Cut(3);
        Assert.Equal((1, $"{Victim} 4: the fact is missing; the anchor of 2026-03-02 has the stream with 5 facts"), First(await _store.Verify()));
    }

    [Fact]
    public async Task A_tail_that_was_cut_and_grew_again_shows_by_the_anchor()
    {
        await Filled();
        await _store.Anchored();
        Cut(4);
        await _store.Append(3, Victim);
        Assert.Equal((1, $"{Victim} 1: one of the facts 1 to 5 is another than in the anchor of 2026-03-02"), First(await _store.Verify()));
    }

    [Fact]
    public async Task A_stream_that_is_gone_without_a_trace_shows_by_the_anchor()
    {
        await Filled();
        await _store.Anchored();
        foreach (var table in (string[])["facts", "texts", "summaries"]) _store.Bend($"DELETE FROM {table} WHERE stream = '{Victim}'");
        Assert.Equal((1, $"{Victim} 1: the stream is missing; the anchor of 2026-03-02 has it with 5 facts"), First(await _store.Verify()));
    }

    [Fact]
    public async Task A_fact_that_was_changed_with_all_hashes_after_it_shows_by_the_first_anchor_that_has_it()
    {
        await Filled();
        await _store.Anchored();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _store.NextDay();
            await _store.Append(2, Victim);
            await _store.Anchored();
        }

        _store.Bend($"UPDATE facts SET bytes = CAST(replace(bytes, 'note', 'nota') AS BLOB) {Where} = 9");
        await _store.Rehash(Victim);
        Assert.Equal((1, $"{Victim} 8: one of the facts 8 to 9 is another than in the anchor of 2026-03-04"), First(await _store.Verify()));
    }

    [Fact]
    public async Task Every_broken_stream_is_named_once()
    {
        await Filled();
        await _store.Anchored();
        _store.Bend("DELETE FROM facts WHERE version = 5");
        var (code, lines) = await _store.Verify();
        Assert.Equal(1, code);
        Assert.Equal(["agent-li 5", "calendar-cn 5", "project-a 5", "project-b 5"], lines[..^1].Select(l => l.Split(':')[0]));
        Assert.Equal("4 streams, 16 facts, 1 anchors: 4 streams and 0 anchors are not as they were", lines[^1]);
    }

    [Theory]
    [InlineData("\"version\":5", "\"version\":4")]
    [InlineData("\"facts\":20", "\"facts\":21")]
    [InlineData("\"at\":\"2026-03-02T01", "\"at\":\"2026-03-02T02")]
    [InlineData("{\"at\"", "{\"previous\":\"\",\"at\"")]
    [InlineData("\n", "\r\n")]
    [InlineData("{\"streams\"", "\n{\"streams\"")]
    [InlineData("{", "{{")]
    [InlineData("}\n{", "} {")]
    public async Task An_anchor_that_was_edited_is_named(string part, string by)
    {
        await Filled();
        await _store.Anchored();
        var file = _store.AnchorFile();
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Contains(part, StringComparison.Ordinal) ? text.Replace(part, by, StringComparison.Ordinal) : text + "\n", TestContext.Current.CancellationToken);
        Assert.Equal((1, "anchor 2026-03-02: the file is not as it was written"), First(await _store.Verify()));
        _store.NextDay();
        Assert.Equal((1, "No anchor can follow that of 2026-03-02, the file is not as it was written: put it back from where it was copied to."), First(await _store.Anchor()));
    }

    [Fact]
    public async Task An_anchor_that_was_taken_away_is_missed_by_the_one_after_it()
    {
        await Filled();
        var first = await _store.Anchored();
        _store.NextDay();
        var second = await _store.Anchored();
        _store.NextDay();
        await _store.Anchored();
        File.Delete(_store.AnchorFile(1));
        Assert.Equal((1, $"anchor 2026-03-04: it follows the anchor {second}, which is not here"), First(await _store.Verify()));
        File.Delete(_store.AnchorFile());
        Assert.Equal((1, $"anchor 2026-03-04: it follows the anchor {second}, which is not here"), First(await _store.Verify()));
        File.Delete(_store.AnchorFile(2));
        Assert.Equal(0, (await _store.Verify()).Code);
        Assert.Equal((1, $"anchor {first}: it is not here, or no longer as it was"), First(await _store.Verify("--anchor", first)));
    }

    [Fact]
    public async Task The_newest_anchors_hash_kept_elsewhere_tells_that_all_anchors_were_made_anew()
    {
        await Filled();
        await _store.Anchored();
        _store.NextDay();
        var sent = await _store.Anchored();
        Assert.Equal(0, (await _store.Verify("--anchor", sent)).Code);

        Cut(3);
        Directory.Delete(Path.GetDirectoryName(_store.AnchorFile())!, recursive: true);
        await _store.Anchored();
        Assert.Equal(0, (await _store.Verify()).Code);
        Assert.Equal((1, $"anchor {sent}: it is not here, or no longer as it was"), First(await _store.Verify("--anchor", sent)));
    }

    [Fact]
    public async Task An_anchor_kept_elsewhere_as_a_file_is_held_against_the_store()
    {
        await Filled();
        using var elsewhere = new ToolStore();
        var copy = Path.Combine(elsewhere.Path, "copy.jsonl");
        Assert.Equal(0, (await _store.Anchor("--out", copy)).Code);
        Assert.Equal(0, (await _store.Verify("--anchor", copy)).Code);
        File.Delete(_store.AnchorFile());
        Cut(3);
        Assert.Equal(0, (await _store.Verify()).Code);
        Assert.Equal((1, $"{Victim} 4: the fact is missing; the anchor in {copy} has the stream with 5 facts"), First(await _store.Verify("--anchor", copy)));
        await File.AppendAllTextAsync(copy, " ", TestContext.Current.CancellationToken);
        Assert.Equal((1, $"anchor {copy}: the file is not as it was written"), First(await _store.Verify("--anchor", copy)));
    }

    [Theory]
    [InlineData("'verify' knows no 'x': it takes --data, --mode, --storage, --anchor, --acknowledged, --full, --running.", "x")]
    [InlineData("'verify' needs a value after --anchor.", "--anchor")]
    [InlineData("'verify' takes --data once.", "--data", "x")] // after the one that the test gives
    [InlineData("There is no anchor 'abc': give an anchor's file, or its hash (64 characters of 0-9 and a-f).", "--anchor", "abc")]
    public async Task A_wrong_use_is_answered_with_one_sentence(string sentence, params string[] arguments)
    {
        await Filled();
        var run = await _store.Verify(arguments);
        Assert.Equal((2, sentence), First(run));
        Assert.Single(run.Lines);
    }

    [Fact]
    public async Task What_is_no_store_cannot_be_verified()
    {
        var (code, lines) = await _store.Verify();
        Assert.Equal((2, 1), (code, lines.Length));
        await File.WriteAllTextAsync(Path.Combine(_store.Path, "agency.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        (code, lines) = await _store.Verify();
        Assert.Equal((2, 1), (code, lines.Length));
        Assert.Equal(2, (await _store.Anchor()).Code);
    }

    private static (int Code, string Line) First((int Code, string[] Lines) run) => (run.Code, run.Lines[0]);

    private Task Filled() => _store.Append(5, "project-a", Victim, "calendar-cn", "agent-li");

    // As one would who knows the tables.
    private void Cut(int version)
    {
        foreach (var table in (string[])["facts", "texts"]) _store.Bend($"DELETE FROM {table} {Where} > {version}");
        _store.Bend($"UPDATE summaries SET version = {version} WHERE stream = '{Victim}'");
    }
}
