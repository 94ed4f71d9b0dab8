using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;

namespace Agency.Tests.Grains.Notifications;

public sealed class InboxTests
{
    private static readonly Act _act = new(new("p7", Role.Manager), "c-1");

    private readonly TestInbox _test = new();

    [Fact]
    public async Task What_is_told_again_is_stored_and_sent_once()
    {
        Assert.Equal(2, await _test.Inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2, urgent: true), TestInbox.Notice(1)]));
        await _test.Restart();
        Assert.Equal(1, await _test.Inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2, urgent: true), TestInbox.Notice(3)]));
        Assert.Equal(3, (await _test.All()).Length);
        Assert.Equal([$"notice-{2:x32}"], _test.Sent.Keys);
    }

    [Fact]
    public async Task What_another_activation_has_told_is_not_stored_twice()
    {
        var other = await _test.Other();
        await _test.Inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2)]);
        _test.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await other.Tell([TestInbox.Notice(2), TestInbox.Notice(3)]));
        Assert.Equal((3, 3), (other.List(new(null, null, null, null, 1)).Total, (await _test.All()).Length));
        Assert.Equal("notification-not-found", (await _test.Inbox.Read("none", _act)).Refusal!.Code);
        Assert.NotNull((await other.Read(TestInbox.Notice(1).Id, _act)).View!.ReadAt);
    }

    [Fact]
    public async Task What_is_urgent_waits_for_working_hours()
    {
        // Saturday, 10:00.
        _test.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 7, 10, 0, 0, TimeSpan.FromHours(8)));
        var later = new DateTimeOffset(2026, 3, 10, 8, 30, 0, TimeSpan.FromHours(8));
        await _test.Inbox.Tell([TestInbox.Notice(1, urgent: true), TestInbox.Notice(2, urgent: true) with { NotBefore = later }]);
        Assert.Equal([new DateTimeOffset(2026, 3, 9, 8, 30, 0, TimeSpan.FromHours(8)), later], _test.Sent.Values.Select(d => d.NotBefore));
        Assert.Equal(2, (await _test.All()).Count(n => n.Late));
    }

    [Fact]
    public async Task Nothing_is_stored_of_what_the_channels_did_not_take()
    {
        _test.Fails = () => true;
        await Assert.ThrowsAsync<TimeoutException>(() => _test.Inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2, urgent: true)]));
        _test.Fails = () => false;
        Assert.Empty(await _test.All());
        Assert.Equal(2, await _test.Inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2, urgent: true)]));
    }

    [Fact]
    public async Task A_digest_has_what_is_unread_not_urgent_and_in_none_yet()
    {
        await _test.Inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2), TestInbox.Notice(3, urgent: true)]);
        await _test.Inbox.Read(TestInbox.Notice(2).Id, _act);
        Assert.Equal(1, await _test.Inbox.Digest(new(2026, 3, 3)));
        Assert.Equal((0, 1), (await _test.Inbox.Digest(new(2026, 3, 2)), await _test.Inbox.Digest(new(2026, 3, 3))));
        await _test.Inbox.Tell([TestInbox.Notice(4)]);

        // That of this day is made: what came since waits.
        Assert.Equal(1, await _test.Inbox.Digest(new(2026, 3, 3)));
        Assert.Equal((1, 0), (await _test.Inbox.Digest(new(2026, 3, 6)), await _test.Inbox.Digest(new(2026, 3, 9))));
        Assert.Equal([(new(2026, 3, 3), TestInbox.Notice(1).Id), (new(2026, 3, 6), TestInbox.Notice(4).Id)], _test.Digested);
        Assert.Contains("digest-person-p7-2026-03-03", _test.Sent.Keys);
        Assert.Empty(await _test.Store.List(InboxRows.Undigested, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_digest_that_was_not_handed_over_is_handed_over_as_it_was()
    {
        await _test.Inbox.Tell([TestInbox.Notice(1)]);
        var writes = 0;
        _test.Fails = () => ++writes == 3; // The digest is stored; the channels do not answer.
        await Assert.ThrowsAsync<TimeoutException>(() => _test.Inbox.Digest(new(2026, 3, 2)));
        _test.Fails = () => false;
        Assert.Empty(_test.Sent);

        await _test.Restart();
        await _test.Inbox.Tell([TestInbox.Notice(2)]);
        await _test.Inbox.Read(TestInbox.Notice(1).Id, _act);
        Assert.Equal(1, await _test.Inbox.Digest(new(2026, 3, 3)));
        Assert.Equal([(new(2026, 3, 2), TestInbox.Notice(1).Id), (new(2026, 3, 3), TestInbox.Notice(2).Id)], _test.Digested);
    }

    [Fact]
    public async Task A_large_digest_is_sent_in_parts()
    {
        Assert.Equal(1203, await _test.Inbox.Tell([.. Enumerable.Range(0, 1203).Select(n => TestInbox.Notice(n))]));
        Assert.Equal(1203, await _test.Inbox.Digest(new(2026, 3, 2)));
        Assert.Equal(["digest-person-p7-2026-03-02", "digest-person-p7-2026-03-02-2", "digest-person-p7-2026-03-02-3"], _test.Sent.Keys);
        Assert.Equal(1203, _test.Digested.Distinct().Count());
    }

    [Fact]
    public async Task To_mark_as_read_is_done_once()
    {
        await _test.Inbox.Tell([TestInbox.Notice(1)]);
        var first = await _test.Inbox.Read(TestInbox.Notice(1).Id, _act with { IfVersion = 1 });
        _test.Clock.Advance(TimeSpan.FromMinutes(1));
        await _test.Restart();
        var again = await _test.Inbox.Read(TestInbox.Notice(1).Id, _act with { IfVersion = 1 });
        var other = await _test.Inbox.Read(TestInbox.Notice(1).Id, _act with { CommandId = "c-2" });
        Assert.Equal((2, 2, 2), (first.Version, again.Version, other.Version));
        Assert.Equal((false, true, false), (first.Replayed, again.Replayed, other.Replayed));
        Assert.All([again, other], a => Assert.Equal((first.View!.ReadAt, "p7"), (a.View!.ReadAt, a.View.ReadBy)));
        Assert.Equal(Refusals.VersionMismatch, (await _test.Inbox.Read(TestInbox.Notice(1).Id, _act with { CommandId = "c-3", IfVersion = 1 })).Refusal!.Code);
    }

    [Fact]
    public async Task What_is_purged_does_not_come_back()
    {
        await _test.Inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2, day: new(2026, 3, 3))]);
        _test.Clock.Advance(TimeSpan.FromDays(IInboxGrain.KeptDays));
        Assert.Equal(0, await _test.Inbox.Purge(_test.Today.AddDays(-IInboxGrain.KeptDays)));
        _test.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await _test.Inbox.Purge(_test.Today.AddDays(-IInboxGrain.KeptDays)));
        Assert.Equal(0, await _test.Inbox.Tell([TestInbox.Notice(1)]));
        Assert.Equal(TestInbox.Notice(2).Id, (await _test.All()).Single().Notice.Id);
        Assert.Contains("2026-03-03_person-p7", (await _test.Store.List(InboxRows.ByDay, cancellationToken: TestContext.Current.CancellationToken)).Select(r => r.Key));
    }

    [Fact]
    public async Task Ties_are_in_the_order_of_ids_and_a_page_begins_behind_what_is_gone()
    {
        await _test.Inbox.Tell([.. Enumerable.Range(1, 5).Select(n => TestInbox.Notice(n))]);
        var first = _test.Inbox.List(new(null, null, null, null, 2));
        Assert.Equal([1, 2], Numbers(first));
        Assert.Equal((true, 5, 5), (first.More, first.Total, first.Unread));
        var after = InboxPlace.Of(first.Items[^1]);
        _test.Clock.Advance(TimeSpan.FromMinutes(1));
        await _test.Inbox.Tell([TestInbox.Notice(9)]);
        Assert.Equal([3, 4, 5], Numbers(_test.Inbox.List(new(null, null, null, after, 5))));
        Assert.Equal([3, 4, 5], Numbers(_test.Inbox.List(new(null, null, null, after with { Id = $"{2:x32}0" }, 5))));
    }

    private static int[] Numbers(InboxPage page) => [.. page.Items.Select(n => Convert.ToInt32(n.Notice.Id, 16))];
}
