using Agency.EventSourcing;

namespace Agency.Tests.Silo.Storage;

/// <summary>Every rule of <see cref="IEventStore"/>; a store is one only if it passes all of this.</summary>
public abstract partial class EventStoreContract : StoreTest
{
    [Fact]
    public async Task Facts_are_read_in_the_order_of_their_versions_from_one()
    {
        var stream = NewStream();
        await Commit(Next(stream, facts: 12));
        await Commit(Next(stream, expected: 12, facts: 2));
        Assert.Equal(Enumerable.Range(1, 14).Select(v => (long)v), (await Facts(stream)).Select(f => f.Version));
        Assert.Equal(Enumerable.Range(1, 14).Select(v => $"fact {v}"), await Contents(stream));
    }

    [Fact]
    public async Task A_commit_stores_facts_summary_key_and_marker_together()
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        await Commit(Next(stream, facts: 2, summary: "two", key: key, marked: true));
        Assert.Equal(2, (await Facts(stream)).Count);
        Assert.Equal("2: two", await Summary(stream));
        Assert.NotNull(await Store.FindKey(stream, key, Cancellation));
        Assert.Equal([2L], await Markers(stream));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_commit_at_another_version_stores_nothing_at_all(long expected)
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        await Commit(Next(stream, facts: 3, summary: "before"));
        await Answers(CommitOutcome.VersionConflict, Next(stream, expected, summary: "after", key: key, marked: true));
        Assert.Equal(3, (await Facts(stream)).Count);
        Assert.Equal("3: before", await Summary(stream));
        Assert.Null(await Store.FindKey(stream, key, Cancellation));
        Assert.Empty(await Markers(stream));
    }

    [Fact]
    public async Task A_new_stream_takes_no_commit_that_expects_facts()
    {
        var stream = NewStream();
        await Answers(CommitOutcome.VersionConflict, Next(stream, expected: 1));
        Assert.Empty(await Facts(stream));
        Assert.Null(await Summary(stream));
    }

    [Fact]
    public async Task A_commit_whose_key_is_taken_stores_nothing_at_all()
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        await Commit(Next(stream, summary: "before", key: key));
        await Answers(CommitOutcome.KeyTaken, Next(stream, expected: 1, summary: "after", key: key, marked: true));
        Assert.Single(await Facts(stream));
        Assert.Equal("1: before", await Summary(stream));
        Assert.Empty(await Markers(stream));
    }

    [Fact]
    public async Task A_key_is_taken_for_the_other_streams_of_its_shard()
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        await Commit(Next(stream, key: key));
        var other = NewStreamBeside(stream);
        await Answers(CommitOutcome.KeyTaken, Next(other, key: key));
        Assert.Empty(await Facts(other));
        Assert.NotNull(await Store.FindKey(other, key, Cancellation));
    }

    [Fact]
    public async Task A_key_is_free_in_another_shard_and_in_another_kind()
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        await Commit(Next(stream, key: key));
        foreach (var other in new[] { NewStreamBeside(stream, sameShard: false), NewStream("agent") })
        {
            Assert.Null(await Store.FindKey(other, key, Cancellation));
            await Commit(Next(other, key: key));
        }
    }

    [Fact]
    public async Task A_repeat_finds_its_key_at_whatever_version_the_stream_has_arrived()
    {
        var (stream, key) = (NewStream(), $"{Guid.NewGuid()}");
        var commit = Next(stream, key: key);
        await Commit(commit);
        await Commit(Next(stream, expected: 1));
        await Answers(CommitOutcome.KeyTaken, commit);
        Assert.Equal(2, (await Facts(stream)).Count);
    }

    [Fact]
    public async Task Of_many_writers_at_one_version_exactly_one_wins()
    {
        var stream = NewStream();
        for (var version = 0L; version < 5; version++)
        {
            var expected = version;
            var outcomes = await AtOnce(32, i => Next(stream, expected, summary: $"writer {i}"));
            Assert.Single(outcomes, CommitOutcome.Committed);
            Assert.Equal(31, outcomes.Count(o => o == CommitOutcome.VersionConflict));
            var winner = Array.IndexOf(outcomes, CommitOutcome.Committed);
            Assert.Equal($"{expected + 1}: writer {winner}", await Summary(stream));
        }
    }

    [Fact]
    public async Task Of_many_commits_under_one_key_exactly_one_goes_in()
    {
        var (first, key) = (NewStream(), $"{Guid.NewGuid()}");
        var streams = Enumerable.Range(0, 16).Select(_ => NewStreamBeside(first)).ToArray();
        var outcomes = await AtOnce(streams.Length, i => Next(streams[i], key: key));
        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(15, outcomes.Count(o => o == CommitOutcome.KeyTaken));
        var lengths = await Task.WhenAll(streams.Select(async s => (await Facts(s)).Count));
        Assert.Equal(1, lengths.Sum());
    }

    [Fact]
    public async Task Losers_harm_none_of_the_commits_that_come_with_them()
    {
        var contested = NewStream();
        var streams = Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? NewStream() : contested).ToArray();
        var outcomes = await AtOnce(streams.Length, i => Next(streams[i], facts: 2));
        for (var i = 0; i < streams.Length; i += 2)
        {
            Assert.Equal(CommitOutcome.Committed, outcomes[i]);
            Assert.Equal(["fact 1", "fact 2"], await Contents(streams[i]));
        }
    }

    [Fact]
    public async Task Many_streams_grow_side_by_side()
    {
        var streams = Enumerable.Range(0, 20).Select(i => NewStream(i % 2 == 0 ? "project" : "agent")).ToArray();
        await Task.WhenAll(streams.Select(Grow));
        foreach (var stream in streams) Assert.Equal(Enumerable.Range(1, 10).Select(v => $"fact {v}"), await Contents(stream));

        async Task Grow(StreamId stream)
        {
            for (var version = 0; version < 10; version++) await Commit(Next(stream, version));
        }
    }

    [Fact]
    public async Task A_commit_may_hold_256_facts_and_900_KiB()
    {
        var (many, large) = (NewStream(), NewStream());
        await Commit(Next(many, facts: EventSourcing.Commit.MaxFacts));
        Assert.Equal(EventSourcing.Commit.MaxFacts, (await Facts(many)).Count);

        var content = new string('x', EventSourcing.Commit.MaxBytes - 2);
        await Commit(new(large, 0, [Fact(large, 1, content)], Utf8("{}")));
        Assert.Equal([content], await Contents(large));
    }

    [Fact]
    public async Task What_is_no_commit_is_turned_away_and_stores_nothing()
    {
        var stream = NewStream();
        var tooLarge = new string('x', EventSourcing.Commit.MaxBytes - 1);
        foreach (var wrong in new[]
        {
            Next(stream, facts: 0),
            Next(stream, facts: EventSourcing.Commit.MaxFacts + 1),
            new(stream, 0, [Fact(stream, 2)], Utf8("{}")),
            new(stream, 0, [Fact(stream, 1), Fact(stream, 3)], Utf8("{}")),
            new(stream, 0, [Fact(stream, 1, tooLarge)], Utf8("{}")),
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.Commit(wrong, Cancellation));
        }

        Assert.Empty(await Facts(stream));
        Assert.Null(await Summary(stream));
    }

    [Fact]
    public async Task A_commit_cancelled_before_it_begins_stores_nothing()
    {
        var stream = NewStream();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Commit(Next(stream), new(canceled: true)));
        Assert.Empty(await Facts(stream));
    }

    // All begin at the same moment.
    private async Task<CommitOutcome[]> AtOnce(int writers, Func<int, Commit> commit)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, writers).Select(async i =>
        {
            await start.Task;
            return await Store.Commit(commit(i), Cancellation);
        }).ToArray();
        start.SetResult();
        return await Task.WhenAll(all);
    }
}
