using Agency.EventSourcing;

namespace Agency.Tests.Silo.Storage;

/// <summary>Every rule of <see cref="IFactReader"/> on what a store has written; what reads another store passes it on that one.</summary>
public abstract class FactReaderContract : StoreTest
{
    /// <summary>Reads what <see cref="StoreTest.Store"/> holds.</summary>
    protected abstract IFactReader Reader { get; }

    [Fact]
    public async Task Facts_and_texts_are_read_as_the_store_itself_reads_them()
    {
        var stream = NewStream();
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("a", "1"), ("b", "2")), Fact(stream, 2)], Utf8("{}")));
        Assert.True(await Store.Redact(stream, 1, "b", Untold, Cancellation));
        Assert.Equal(await Told(Store.Read(stream, 0, Cancellation)), await Told(Reader.Read(stream, 0, Cancellation)));
        Assert.Equal([2L], (await All(Reader.Read(stream, 1, Cancellation))).Select(f => f.Version));
        Assert.Empty(await All(Reader.Read(NewStream(), 0, Cancellation)));

        static async Task<IEnumerable<string>> Told(IAsyncEnumerable<StoredFact> facts) => (await All(facts)).Select(f =>
            $"{f.Version} {Convert.ToHexString(f.Bytes.Span)} {Convert.ToHexString(f.Hash.Span)} {string.Join(' ', f.Texts.Select(t => $"{t.Name}={t.Value} {t.Salt?.Length}"))}");
    }

    [Fact]
    public async Task Every_stream_of_every_kind_has_a_head_in_order_of_name()
    {
        var prefix = $"{Guid.NewGuid():N}";
        StreamId[] streams = [Named("project", "b"), Named("project", "B"), Named("agent", "1"), Named("agents", "1"), Named("project", "乙"), Named("x", "-"), Named("project", "10"), Named("project", "1")];
        foreach (var (stream, i) in streams.Select((s, i) => (s, i))) await Commit(Next(stream, facts: i + 1));
        await Commit(Next(streams[0], expected: 1, facts: 2));

        var heads = (await All(Reader.Heads(Cancellation))).Where(h => h.Stream.Id.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.Equal(streams.Select(s => s.ToString()).Order(StringComparer.Ordinal), heads.Select(h => h.Stream.ToString()));
        Assert.All(heads, head => Assert.Equal(head.Version, head.Summary));
        foreach (var head in heads)
        {
            var last = (await Facts(head.Stream))[^1];
            Assert.Equal((last.Version, Convert.ToHexString(last.Hash.Span)), (head.Version, Convert.ToHexString(head.Hash.Span)));
        }

        StreamId Named(string kind, string id) => new(kind, prefix + id);
    }

    [Fact]
    public async Task There_are_as_many_heads_as_streams_however_many()
    {
        StreamId[] streams = [.. Enumerable.Range(0, 2500).Select(_ => NewStream())];
        await Task.WhenAll(streams.Select(s => Commit(Next(s))));
        var heads = (await All(Reader.Heads(Cancellation))).Select(h => h.Stream).ToList();
        Assert.Equal(heads.Count, heads.Distinct().Count());
        Assert.Empty(streams.Except(heads));
    }

    [Fact]
    public async Task What_is_as_it_was_written_has_no_damage_and_nothing_strayed()
    {
        var stream = NewStream();
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("a", "1"), ("b", "2"))], Utf8("{}")));
        await Commit(Next(new("agent", stream.Id)));
        Assert.True(await Store.Redact(stream, 1, "b", Untold, Cancellation));
        Assert.Empty(await All(Reader.Strays(Cancellation)));
        Assert.Null(await Reader.FindDamage(Cancellation));
    }

    [Fact]
    public async Task A_summary_is_found_as_it_was_written_last()
    {
        var stream = NewStream();
        Assert.Null(await Reader.FindSummary(stream, Cancellation));
        await Commit(Next(stream, summary: "1"));
        await Commit(Next(stream, expected: 1, facts: 2, summary: new string('x', 100_000)));
        var found = await Reader.FindSummary(stream, Cancellation);
        Assert.Equal((stream, 3L, new string('x', 100_000)), (found!.Stream, found.Version, System.Text.Encoding.UTF8.GetString(found.Bytes.Span)));
    }

    [Fact]
    public async Task The_markers_of_all_streams_are_read()
    {
        StreamId[] streams = [NewStream(), NewStream(), NewStream("agent")];
        foreach (var stream in streams) await Commit(Next(stream, marked: true));
        await Commit(Next(streams[0], expected: 1, marked: true));
        await Commit(Next(streams[1], expected: 1));
        await Store.DeleteMarkers([new(streams[2], 1)], Cancellation);
        Assert.Equal(
            [(streams[0], 1L), (streams[0], 2L), (streams[1], 1L)],
            (await All(Reader.Markers(Cancellation))).Where(m => streams.Contains(m.Stream)).Select(m => (m.Stream, m.Version)).OrderBy(m => Array.IndexOf(streams, m.Stream)).ThenBy(m => m.Version));
    }

    [Fact]
    public async Task The_hash_of_a_fact_is_found_by_its_version()
    {
        var stream = NewStream();
        await Commit(Next(stream, facts: 3));
        var second = (await Facts(stream))[1];
        Assert.Equal(second.Hash.ToArray(), (await Reader.FindHash(stream, 2, Cancellation))?.ToArray());
        Assert.Null(await Reader.FindHash(stream, 4, Cancellation));
        Assert.Null(await Reader.FindHash(stream, 0, Cancellation));
        Assert.Null(await Reader.FindHash(NewStream(), 1, Cancellation));
    }
}
