using System.Text;
using Agency.EventSourcing;

namespace Agency.Tests.Silo.Storage;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task Bytes_and_hashes_come_back_as_they_went_in()
    {
        var stream = NewStream();
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        var hash = HashChain.Next(HashChain.Start(stream), stream, 1, bytes);
        await Commit(new(stream, 0, [new(1, bytes, hash, [])], bytes));
        var fact = Assert.Single(await Facts(stream));
        Assert.Equal(bytes, fact.Bytes.ToArray());
        Assert.Empty(fact.Texts);
        Assert.Equal(hash, fact.Hash.ToArray());
        Assert.Equal(bytes, (await Summaries(stream)).Single(s => s.Stream == stream).Bytes.ToArray());
    }

    [Fact]
    public async Task A_stream_is_read_from_a_version()
    {
        var stream = NewStream();
        await Commit(Next(stream, facts: 5));
        Assert.Equal(["fact 4", "fact 5"], await Contents(stream, after: 3));
        Assert.Empty(await Contents(stream, after: 5));
        Assert.Empty(await Contents(stream, after: 99));
    }

    [Fact]
    public async Task An_unknown_stream_is_empty()
    {
        Assert.Empty(await Facts(NewStream()));
        Assert.Null(await Store.FindKey(NewStream(), "none", Cancellation));
        Assert.Empty(await All(Store.Summaries("nothing", 0, Cancellation)));
        Assert.Empty(await All(Store.Markers("nothing", 0, Cancellation)));
    }

    [Theory]
    [InlineData("因资金未到位，暂缓施工")]
    [InlineData("👷🏗️ 𠮷")]
    [InlineData("")]
    [InlineData("a\0b\r\n\t'\"\\")]
    public async Task A_text_comes_back_as_it_was_written(string value)
    {
        var stream = NewStream();
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("reason", value), ("lateReason", "late"))], Utf8("{}")));
        var fact = Assert.Single(await Facts(stream));
        Assert.Equal(["lateReason", "reason"], fact.Texts.Select(t => t.Name));
        Assert.Equal(["late", value], fact.Texts.Select(t => t.Value));
        Assert.Equal(Utf8("salt of reason"), fact.Texts[1].Salt?.ToArray());
    }

    [Fact]
    public async Task Texts_belong_to_their_own_facts()
    {
        var stream = NewStream();
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("a", "1"), ("b", "2")), Fact(stream, 2), Fact(stream, 3, "{}", ("a", "3"))], Utf8("{}")));
        Assert.Equal(["a=1 b=2", "", "a=3"], (await Facts(stream)).Select(f => string.Join(' ', f.Texts.Select(t => $"{t.Name}={t.Value}"))));
    }

    [Fact]
    public async Task Redaction_empties_the_one_text_and_leaves_the_facts_and_their_chain()
    {
        var stream = NewStream();
        var first = HashChain.Next(HashChain.Start(stream), stream, 1, Utf8("one"));
        var second = HashChain.Next(first, stream, 2, Utf8("two"));
        StoredText Text(string name) => new(name, Utf8("salt"), $"text {name}");
        await Commit(new(stream, 0, [new(1, Utf8("one"), first, [Text("a"), Text("b")]), new(2, Utf8("two"), second, [Text("a")])], Utf8("{}")));

        Assert.True(await Store.Redact(stream, 1, "a", Untold, Cancellation));
        Assert.True(await Store.Redact(stream, 1, "a", Untold, Cancellation), "a repeat finds the text redacted");

        var facts = await Facts(stream);
        Assert.Equal(["one", "two"], await Contents(stream));
        Assert.Equal([first, second], facts.Select(f => f.Hash.ToArray()));
        Assert.Equal(new StoredText("a", null, null), facts[0].Texts[0]);
        Assert.Equal("text b", facts[0].Texts[1].Value);
        Assert.Equal("text a", facts[1].Texts[0].Value);
    }

    [Fact]
    public async Task Redaction_empties_what_idempotency_records_may_tell_and_the_keys_stay_taken()
    {
        var stream = NewStream();
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("a", "1"))], Utf8("{}"), Key("brought")));
        await Commit(Next(stream, expected: 1, key: "told"));
        await Commit(Next(stream, expected: 2, key: "before"));
        Assert.True(await Store.Redact(stream, 1, "a", new("brought", ["told", "never came"]), Cancellation));
        Assert.True(await Store.Redact(stream, 1, "a", new("brought", ["told"]), Cancellation), "a repeat is no error");

        Assert.Equal((0, 0), await Lengths("brought"));
        Assert.Equal((0, Key("told").BodyHash.Length), await Lengths("told"));
        Assert.Equal((Key("before").Answer.Length, Key("before").BodyHash.Length), await Lengths("before"));
        Assert.Equal(CommitOutcome.KeyTaken, await Store.Commit(Next(stream, expected: 3, key: "brought"), Cancellation));

        async Task<(int, int)> Lengths(string key) => await Store.FindKey(stream, key, Cancellation) is { } record ? (record.Answer.Length, record.BodyHash.Length) : throw new InvalidOperationException(key);
    }

    [Fact]
    public async Task Redacting_what_is_not_there_answers_false()
    {
        var stream = NewStream();
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("a", "1"))], Utf8("{}")));
        Assert.False(await Store.Redact(stream, 1, "b", Untold, Cancellation));
        Assert.False(await Store.Redact(stream, 2, "a", Untold, Cancellation));
        Assert.False(await Store.Redact(NewStream(), 1, "a", Untold, Cancellation));
        Assert.Equal("1", Assert.Single(await Facts(stream)).Texts[0].Value);
    }

    [Fact]
    public async Task A_summary_takes_the_place_of_the_one_before()
    {
        var stream = NewStream();
        await Commit(Next(stream, summary: "a long first summary"));
        await Commit(Next(stream, expected: 1, facts: 2, summary: ""));
        Assert.Equal("3: ", await Summary(stream));
    }

    [Fact]
    public async Task Summaries_are_listed_by_shard_in_order_of_stream()
    {
        var stream = NewStream();
        var prefix = $"{Guid.NewGuid():N}";
        string[] ids = ["b", "a", "B", "乙", "-", "1", "10", "2", "é"];
        StreamId[] streams = [.. ids.Select(id => new StreamId("agent", $"{prefix}{id}"))];
        foreach (var agent in streams) await Commit(Next(agent));
        await Commit(Next(stream));
        var other = NewStreamBeside(stream, sameShard: false);
        await Commit(Next(other));

        var listed = (await Summaries(streams[0])).Select(s => s.Stream.Id).Where(id => id.StartsWith(prefix, StringComparison.Ordinal));
        Assert.Equal(streams.Select(s => s.Id).Order(StringComparer.Ordinal), listed);
        Assert.Contains(await Summaries(stream), s => s.Stream == stream);
        Assert.DoesNotContain(await Summaries(stream), s => s.Stream == other);
    }

    [Fact]
    public async Task Markers_are_listed_by_stream_and_version_until_they_are_deleted()
    {
        var prefix = $"{Guid.NewGuid():N}";
        StreamId first = new("review", $"{prefix}-1"), second = new("review", $"{prefix}-2");
        await Commit(Next(second, marked: true));
        await Commit(Next(first, facts: 9, marked: true));
        await Commit(Next(first, expected: 9));
        await Commit(Next(first, expected: 10, marked: true));
        Assert.Equal([new(first, 9), new(first, 11), new(second, 1)], await Standing());

        Marker[] done = [new(first, 9), new(first, 10), new(second, 1), new(NewStream("review"), 1)];
        await Store.DeleteMarkers(done, Cancellation);
        await Store.DeleteMarkers(done, Cancellation);
        await Store.DeleteMarkers([], Cancellation);
        Assert.Equal([new(first, 11)], await Standing());
        Assert.Equal(11, (await Facts(first)).Count);

        async Task<IEnumerable<Marker>> Standing() =>
            (await All(Store.Markers("review", 0, Cancellation))).Where(m => m.Stream.Id.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_gives_back_the_first_answer()
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        await Commit(Next(stream) with { Key = Key(key) with { Answer = Encoding.UTF8.GetBytes("第一") } });
        var record = await Store.FindKey(stream, key, Cancellation);
        Assert.Equal((key, Key(key).Expires), (record?.Key, record?.Expires));
        Assert.Equal(Utf8($"hash of {key}"), record?.BodyHash.ToArray());
        Assert.Equal("第一", Encoding.UTF8.GetString(record!.Answer.Span));
        Assert.Null(await Store.FindKey(stream, key + "x", Cancellation));
    }

    [Fact]
    public async Task Expired_keys_are_deleted_and_free_again()
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        await Commit(Next(stream) with { Key = Key($"{key} old", day: 1) });
        await Commit(Next(stream, expected: 1) with { Key = Key($"{key} at the instant", day: 2) });
        await Commit(Next(stream, expected: 2) with { Key = Key($"{key} new", day: 3) });
        await Answers(CommitOutcome.KeyTaken, Next(stream, expected: 3) with { Key = Key($"{key} old") });

        Assert.InRange(await Store.DeleteExpiredKeys(Key("", day: 2).Expires, Cancellation), 1, int.MaxValue);
        Assert.Null(await Store.FindKey(stream, $"{key} old", Cancellation));
        Assert.NotNull(await Store.FindKey(stream, $"{key} at the instant", Cancellation));
        Assert.NotNull(await Store.FindKey(stream, $"{key} new", Cancellation));
        Assert.Equal(0, await Store.DeleteExpiredKeys(Key("", day: 2).Expires, Cancellation));
        await Commit(Next(stream, expected: 3) with { Key = Key($"{key} old", day: 30) });
    }

    [Fact]
    public async Task A_read_can_be_cancelled_before_and_between_its_items()
    {
        var stream = NewStream();
        await Commit(Next(stream, facts: 3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => All(Store.Read(stream, 0, new(canceled: true))));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => All(Store.Summaries(stream.Kind, 0, new(canceled: true))));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindKey(stream, "key", new(canceled: true)));

        using var source = new CancellationTokenSource();
        await using var facts = Store.Read(stream, 0, source.Token).GetAsyncEnumerator(Cancellation);
        Assert.True(await facts.MoveNextAsync());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await facts.MoveNextAsync());
    }
}
