namespace Agency.Tests.Silo.Storage;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task Every_stream_of_every_kind_has_a_head_in_order_of_name()
    {
        var prefix = $"{Guid.NewGuid():N}";
        StreamId[] streams = [Named("project", "b"), Named("project", "B"), Named("agent", "1"), Named("agents", "1"), Named("project", "乙"), Named("x", "-"), Named("project", "10"), Named("project", "1")];
        foreach (var (stream, i) in streams.Select((s, i) => (s, i))) await Commit(Next(stream, facts: i + 1));
        await Commit(Next(streams[0], expected: 1, facts: 2));

        var heads = (await All(Store.Heads(Cancellation))).Where(h => h.Stream.Id.StartsWith(prefix, StringComparison.Ordinal)).ToList();
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
        var heads = (await All(Store.Heads(Cancellation))).Select(h => h.Stream).ToList();
        Assert.Equal(heads.Count, heads.Distinct().Count());
        Assert.Empty(streams.Except(heads));
    }

    [Fact]
    public async Task The_hash_of_a_fact_is_found_by_its_version()
    {
        var stream = NewStream();
        await Commit(Next(stream, facts: 3));
        var second = (await Facts(stream))[1];
        Assert.Equal(second.Hash.ToArray(), (await Store.FindHash(stream, 2, Cancellation))?.ToArray());
        Assert.Null(await Store.FindHash(stream, 4, Cancellation));
        Assert.Null(await Store.FindHash(stream, 0, Cancellation));
        Assert.Null(await Store.FindHash(NewStream(), 1, Cancellation));
    }
}
