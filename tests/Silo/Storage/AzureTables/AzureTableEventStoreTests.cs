using Agency.EventSourcing;
using Agency.Silo.Storage.AzureTables;
using Agency.Tests.Silo.AzureTables;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Silo.Storage.AzureTables;

public sealed class AzureTableEventStoreTests(Azurite azurite) : EventStoreContract
{
    private readonly TestTables _tables = new(azurite);
    private readonly Wire _wire = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _tables.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_is_one_request_and_one_more_where_the_stream_was_not_known()
    {
        const int Each = 20;
        var (known, unknown) = (NewStream(), NewStream());
        await (await _tables.Open()).Commit(Next(unknown), Cancellation);
        var before = _wire.Requests;
        for (var version = 0; version < Each; version++) await Commit(Next(known, version, key: $"{known} {version}", marked: true));
        Assert.Equal(Each, _wire.Requests - before);
        for (var version = 1; version <= Each; version++) await Commit(Next(unknown, version, key: $"{unknown} {version}", marked: true));
        Assert.Equal((2 * Each) + 1, _wire.Requests - before);
    }

    [Fact]
    public async Task A_commit_is_at_most_four_rows_in_one_partition()
    {
        var stream = NewStream("agent");
        await Commit(Next(stream, facts: 3, key: "one", marked: true));
        var rows = await _tables.Streams().QueryAsync<TableEntity>(r => r.PartitionKey == "agent-0", cancellationToken: Cancellation).Select(r => r.RowKey).ToListAsync(Cancellation);
        Assert.Equal([$"e!{stream}!0000000000000000003", "k!one", $"o!{stream}!0000000000000000003", $"s!{stream}"], rows);
    }

    [Fact]
    public async Task Another_silo_s_commit_is_a_conflict_after_which_one_goes_on()
    {
        var (stream, other) = (NewStream(), await _tables.Open());
        await Commit(Next(stream));
        Assert.Equal(CommitOutcome.Committed, await other.Commit(Next(stream, expected: 1), Cancellation));
        await Answers(CommitOutcome.VersionConflict, Next(stream, expected: 1));
        await Commit(Next(stream, expected: 2));
        Assert.Equal(CommitOutcome.VersionConflict, await other.Commit(Next(stream, expected: 2), Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_commit_whose_answer_is_lost_is_in_once(int expected)
    {
        var stream = NewStream();
        if (expected > 0) await Commit(Next(stream));
        _wire.LoseAnswers();
        await Commit(Next(stream, expected, facts: 2, key: $"{stream}", marked: true));
        Assert.Equal(expected + 2, (await Facts(stream)).Count);
        Assert.Equal([expected + 2L], await Markers(stream));
        await Commit(Next(stream, expected + 2));
    }

    [Fact]
    public async Task A_commit_that_did_not_arrive_is_sent_again()
    {
        var stream = NewStream();
        _wire.LoseRequests(2);
        await Commit(Next(stream, facts: 2, key: $"{stream}"));
        Assert.Equal(2, (await Facts(stream)).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_commit_that_arrives_late_beside_its_repeat_is_in_once(int expected)
    {
        var stream = NewStream();
        if (expected > 0) await Commit(Next(stream));
        _wire.LoseRequests();
        _wire.Repeat();
        await Commit(Next(stream, expected, facts: 2, key: $"{stream}"));
        Assert.Equal(expected + 2, (await Facts(stream)).Count);
        await Commit(Next(stream, expected + 2));
    }

    [Fact]
    public async Task A_text_is_taken_out_of_the_largest_commit()
    {
        var (stream, content) = (NewStream(), new string('x', EventSourcing.Commit.MaxBytes - 100));
        await Commit(new(stream, 0, [Fact(stream, 1, content, ("reason", "secret"))], Utf8("{}")));
        Assert.True(await Store.Redact(stream, 1, "reason", Untold, Cancellation));
        Assert.Equal([content], await Contents(stream));
        Assert.Null((await Facts(stream))[0].Texts[0].Value);
    }

    [Fact]
    public async Task A_commit_that_was_refused_and_whose_answer_is_lost_is_not_taken_for_the_other_one()
    {
        var (stream, other) = (NewStream(), await _tables.Open());
        await Commit(Next(stream));

        // The same facts, but not the same commit.
        Assert.Equal(CommitOutcome.Committed, await other.Commit(Next(stream, expected: 1, summary: "other"), Cancellation));
        _wire.LoseAnswers();
        await Answers(CommitOutcome.VersionConflict, Next(stream, expected: 1, summary: "one"));
        Assert.Equal("2: other", await Summary(stream));

        Assert.Equal(CommitOutcome.Committed, await other.Commit(Next(stream, expected: 2, key: $"{stream}"), Cancellation));
        _wire.LoseAnswers();
        await Answers(CommitOutcome.KeyTaken, Next(stream, expected: 2, key: $"{stream}"));
    }

    [Fact]
    public async Task A_storage_that_is_away_is_unavailable_until_a_write_gets_through()
    {
        var (stream, store) = (NewStream(), (AzureTableEventStore)Store);
        await Commit(Next(stream));
        Assert.True(store.Health.Healthy);

        _wire.Cut = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Commit(Next(stream, expected: 1), Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Facts(stream));
        Assert.False(store.Health.Healthy);
        Assert.Contains("The wire is cut.", store.Health.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(store.Touch);

        _wire.Cut = false;
        Assert.Single(await Facts(stream));
        Assert.False(store.Health.Healthy, "who can read cannot therefore write");
        await store.Touch();
        Assert.True(store.Health.Healthy);
        await Commit(Next(stream, expected: 1));
    }

    [Fact]
    public async Task A_commit_that_never_gets_through_is_unavailable_and_may_come_again()
    {
        var stream = NewStream();
        _wire.LoseRequests(4);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.Commit(Next(stream, key: $"{stream}"), Cancellation));
        Assert.Empty(await Facts(stream));
        await Commit(Next(stream, key: $"{stream}"));
    }

    [Fact]
    public async Task A_redacted_text_is_in_no_row_any_more()
    {
        var (stream, secret) = (NewStream("agent"), "电话 13800001234");
        var facts = new[] { Fact(stream, 1, "{}", ("reason", new string('长', 100_000) + secret), ("other", "stays")), Fact(stream, 2, "{}", ("reason", "stays")) };
        await Commit(new(stream, 0, facts, Utf8("{}")));
        Assert.True(await Holds(), "the test looks where the text would be");
        Assert.True(await Store.Redact(stream, 1, "reason", Untold, Cancellation));
        Assert.False(await Holds());
        Assert.Equal(["stays", null], (await Facts(stream))[0].Texts.Select(t => t.Value));
        Assert.Equal("stays", (await Facts(stream))[1].Texts[0].Value);

        async Task<bool> Holds() => await _tables.Streams().QueryAsync<TableEntity>(cancellationToken: Cancellation)
            .AnyAsync(row => row.Select(p => p.Value).OfType<byte[]>().Any(bytes => bytes.AsSpan().IndexOf(Utf8(secret)) >= 0), Cancellation);
    }

    [Fact]
    public async Task A_redaction_whose_answer_is_lost_is_done_and_more_records_are_emptied_than_a_transaction_holds()
    {
        const int Keys = 130;
        var stream = NewStream();
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("a", "1"))], Utf8("{}"), Key("brought")));
        for (var i = 1; i <= Keys; i++) await Commit(Next(stream, expected: i, key: $"{i}"));
        _wire.LoseAnswers(2);
        Assert.True(await Store.Redact(stream, 1, "a", new("brought", [.. Enumerable.Range(1, Keys).Select(i => $"{i}")]), Cancellation));
        for (var i = 1; i <= Keys; i++) Assert.True((await Store.FindKey(stream, $"{i}", Cancellation))?.Answer.IsEmpty);
        Assert.Null((await Facts(stream))[0].Texts[0].Value);
    }

    [Fact]
    public async Task More_expired_keys_than_go_at_once_are_all_deleted()
    {
        const int Keys = 250;
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(i => Commit(Next(NewStream("agent"), key: $"{i}"))));
        await Commit(Next(NewStream(), key: "in another partition"));
        Assert.Equal(Keys + 1, await Store.DeleteExpiredKeys(Key("").Expires.AddDays(1), Cancellation));
    }

    [Fact]
    public async Task A_key_that_no_table_takes_is_turned_away()
    {
        var stream = NewStream();
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(Next(stream, key: "a/b"), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FindKey(stream, "a/b", Cancellation));
        Assert.Empty(await Facts(stream));
    }

    [Fact]
    public async Task Markers_are_in_order_of_stream_where_one_s_name_goes_on_with_a_space()
    {
        StreamId[] streams = [new("review", "a"), new("review", "a b"), new("review", "a-b")];
        foreach (var stream in streams) await Commit(Next(stream, marked: true));
        Assert.Equal(streams, (await All(Store.Markers("review", 0, Cancellation))).Select(m => m.Stream));
        Assert.Equal(streams, (await All(((AzureTableEventStore)Store).Reader.Heads(Cancellation))).Select(h => h.Stream));
    }

    [Fact]
    public async Task More_streams_than_are_remembered_are_written_all_the_same()
    {
        var options = await _tables.Options();
        options.RememberedStreams = 4;
        var store = new AzureTableEventStore(options, TimeProvider.System, NullLogger<AzureTableEventStore>.Instance);
        var streams = Enumerable.Range(0, 10).Select(_ => NewStream()).ToArray();
        for (var version = 0; version < 3; version++)
            foreach (var stream in streams) Assert.Equal(CommitOutcome.Committed, await store.Commit(Next(stream, version), Cancellation));
    }

    [Fact]
    public async Task A_store_of_other_shards_or_another_layout_is_not_opened()
    {
        var options = await _tables.Options();
        options.Shards = 32;
        await Refuses("was made with 64 shards: set Storage:AzureTables:Shards to 64 (it is 32)");
        options.Shards = 64;
        await _tables.Streams().UpsertEntityAsync(new TableEntity("store", "made") { ["Layout"] = "2" }, cancellationToken: Cancellation);
        await Refuses("has the layout 2");

        async Task Refuses(string why)
        {
            var store = new AzureTableEventStore(options, TimeProvider.System, NullLogger<AzureTableEventStore>.Instance);
            Assert.Contains(why, (await Assert.ThrowsAsync<StartupException>(() => store.Prepare(Cancellation))).Message, StringComparison.Ordinal);
        }
    }

    protected override async Task<IEventStore> Open() => await _tables.Open(_wire);
}
