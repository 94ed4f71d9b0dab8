using Agency.EventSourcing;
using Agency.Silo.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agency.Tests.Silo.Storage.Sqlite;

public sealed class SqliteEventStoreTests : EventStoreContract
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteEventStore _store = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_was_committed_is_there_when_it_is_opened_again()
    {
        var stream = NewStream();
        await Commit(Next(stream, facts: 2, summary: "two", key: "key", marked: true));
        await _store.DisposeAsync();
        Assert.Equal([SqliteDirectory.FileName, SqliteDirectory.LockName], _directory.FileNames);

        await OpenStore();
        Assert.Equal(["fact 1", "fact 2"], await Contents(stream));
        Assert.Equal("2: two", await Summary(stream));
        Assert.Equal([2L], await Markers(stream));
        await Answers(CommitOutcome.KeyTaken, Next(stream, key: "key"));
        await Commit(Next(stream, expected: 2));
    }

    [Fact]
    public async Task Commits_that_wait_share_a_transaction()
    {
        const int Writers = 64, Each = 20;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            var stream = NewStream();
            for (var version = 0; version < Each; version++) await Commit(Next(stream, version));
        }));
        Assert.InRange(_store.Transactions, 1, Writers * Each / 4);
    }

    [Fact]
    public async Task What_is_accepted_before_it_closes_is_written()
    {
        var streams = Enumerable.Range(0, 100).Select(_ => NewStream()).ToArray();
        var commits = streams.Select(s => _store.Commit(Next(s), Cancellation)).ToArray();
        await _store.DisposeAsync();
        Assert.All(await Task.WhenAll(commits), outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Commit(Next(NewStream()), Cancellation));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => All(_store.Read(streams[0], 0, Cancellation)));

        await OpenStore();
        foreach (var stream in streams) Assert.Single(await Facts(stream));
    }

    [Fact]
    public async Task A_redacted_text_is_in_no_file_any_more()
    {
        var (stream, secret) = (NewStream(), "电话 13800001234");
        var pages = string.Join('。', Enumerable.Repeat(secret, 1000));
        await Commit(new(stream, 0, [Fact(stream, 1, "{}", ("reason", pages))], Utf8("{}")));
        await Commit(Next(NewStream()));
        Assert.True(_directory.AnyFileHolds(Utf8(secret)), "the test looks where the text would be");

        Assert.True(await Store.Redact(stream, 1, "reason", Untold, Cancellation));
        Assert.False(_directory.AnyFileHolds(Utf8(secret)));
    }

    [Fact]
    public async Task More_expired_keys_than_go_at_once_are_all_deleted()
    {
        const int Keys = 2500;
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(i => Commit(Next(NewStream(), key: $"{i}"))));
        Assert.Equal(Keys, await Store.DeleteExpiredKeys(Key("").Expires.AddDays(1), Cancellation));
    }

    protected override async Task<IEventStore> Open() => _store =
        SqliteEventStore.Open(new() { DataDirectory = _directory.Path }, TimeProvider.System, NullLogger<SqliteEventStore>.Instance);
}
