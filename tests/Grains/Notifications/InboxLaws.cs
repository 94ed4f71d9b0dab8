using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;

namespace Agency.Tests.Grains.Notifications;

/// <summary>Random histories of an inbox: against a slow model of it, and for what holds whatever fails.</summary>
public sealed class InboxLaws
{
    private const int Histories = 20;
    private const int Steps = 60;

    private static readonly Act _act = new(new("p7", Role.Manager), "c-1");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_done_again_until_it_succeeds_is_done_once_as_the_model_has_it(int seed)
    {
        for (var history = 0; history < Histories; history++)
        {
            var (random, test, model) = (new Random((1000 * seed) + history), new TestInbox(), new SlowInbox());
            test.Fails = () => random.Next(25) == 0;
            for (var step = 0; step < Steps; step++) await Step(random, test, model);

            test.Fails = () => false;
            Assert.Equal(model.Told.Where(t => t.Urgent).Select(t => t.Id), test.Sent.Values.Select(d => d.Message).OfType<NoticeMessage>().Select(m => m.Notice.Id));
            Assert.Equal(model.Digested, test.Digested);
            Assert.Equal(model.Kept(null, null).Select(t => t.Id), (await test.All()).Select(n => n.Notice.Id));
            await AssertIndexed(test);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_fails_each_is_stored_once_and_sent_in_one_digest_or_by_itself(int seed)
    {
        for (var history = 0; history < Histories; history++)
        {
            var (random, test) = (new Random((1000 * seed) + history), new TestInbox());
            var (offered, read) = (new HashSet<int>(), new HashSet<string>());
            test.Fails = () => random.Next(15) == 0;
            for (var step = 0; step < Steps; step++)
            {
                try
                {
                    switch (random.Next(6))
                    {
                        case 0 or 1:
                            int[] some = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(40))];
                            offered.UnionWith(some);
                            await test.Inbox.Tell([.. some.Select(n => TestInbox.Notice(n, n % 3 == 0))]);
                            break;
                        case 2:
                            var id = TestInbox.Notice(random.Next(40)).Id;
                            read.Add(id);
                            await test.Inbox.Read(id, _act);
                            break;
                        case 3:
                            await test.Inbox.Digest(test.Today);
                            break;
                        case 4:
                            await test.Restart();
                            break;
                        default:
                            test.Clock.Advance(TimeSpan.FromHours(random.Next(30)));
                            break;
                    }
                }
                catch (Exception e) when (e is StoreUnavailableException or TimeoutException)
                {
                    await test.Restart();
                }
            }

            // What the digest job will find it by.
            var (held, _) = await new InboxRows(test.Store, TestInbox.Whose).Load(TestContext.Current.CancellationToken);
            if (held.Values.Any(h => h.Told.IsPending)) Assert.Single(await test.Store.List(InboxRows.Undigested, cancellationToken: TestContext.Current.CancellationToken));

            // The sweep offers again what stands, and the morning comes.
            test.Fails = () => false;
            await test.Inbox.Tell([.. offered.Select(n => TestInbox.Notice(n, n % 3 == 0))]);
            await test.Inbox.Digest(test.Today);
            await test.Inbox.Digest(test.Today.AddDays(1));

            Assert.Equal(offered.Select(n => TestInbox.Notice(n).Id).Order(StringComparer.Ordinal), (await test.All()).Select(n => n.Notice.Id).Order(StringComparer.Ordinal));
            foreach (var number in offered)
            {
                var id = TestInbox.Notice(number).Id;
                var digests = test.Digested.Count(d => d.Id == id);
                Assert.Equal(number % 3 == 0, test.Sent.ContainsKey($"notice-{id}"));
                Assert.True(number % 3 == 0 ? digests == 0 : digests == 1 || (digests == 0 && read.Contains(id)), $"History {history} of {seed}: {id} is in {digests} digests.");
            }

            Assert.Empty(await test.Store.List(InboxRows.Undigested, cancellationToken: TestContext.Current.CancellationToken));
            await AssertIndexed(test);
        }
    }

    private static async Task Step(Random random, TestInbox test, SlowInbox model)
    {
        switch (random.Next(7))
        {
            case 0 or 1:
                Notice[] some = [.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => random.Next(200)).Select(n => TestInbox.Notice(n, n % 3 == 0, new DateOnly(2026, 1, 1).AddDays(n)))];
                await Until(test, () => test.Inbox.Tell([.. some]));
                model.Tell(some, test.Clock.GetUtcNow());
                break;
            case 2:
                var id = TestInbox.Notice(random.Next(200)).Id;
                Assert.Equal(model.Read(id, test.Clock.GetUtcNow()), (await Until(test, () => test.Inbox.Read(id, _act))).View?.ReadAt);
                break;
            case 3:
                var day = test.Today.AddDays(-random.Next(2));
                Assert.Equal(model.Digest(day), await Until(test, () => test.Inbox.Digest(day)));
                break;
            case 4:
                var before = test.Today.AddDays(-IInboxGrain.KeptDays);
                await Until(test, () => test.Inbox.Purge(before));
                model.Purge(before);
                break;
            case 5:
                if (random.Next(3) == 0) await test.Restart();
                var (unread, rule, place) = (random.Next(3) switch { 0 => true, 1 => false, _ => (bool?)null }, random.Next(3) == 0 ? "itemRed" : null, random.Next(6));
                var expected = model.Kept(unread, rule).ToArray();
                var after = expected.Length > place ? new InboxPlace(expected[place].At, expected[place].Id) : null;
                var page = test.Inbox.List(new(unread, rule, null, after, 4));
                Assert.Equal(expected.Skip(after is null ? 0 : place + 1).Take(4).Select(t => (t.Id, t.At, t.ReadAt)), page.Items.Select(n => (n.Notice.Id, n.At, n.ReadAt)));
                Assert.Equal((expected.Length, model.Kept(true, null).Count()), (page.Total, page.Unread));
                Assert.Equal(expected.Length > (after is null ? 0 : place + 1) + 4, page.More);
                break;
            default:
                test.Clock.Advance(TimeSpan.FromHours(random.Next(200)));
                break;
        }
    }

    private static async Task<T> Until<T>(TestInbox test, Func<Task<T>> act)
    {
        for (; ; )
        {
            try
            {
                return await act();
            }
            catch (Exception e) when (e is StoreUnavailableException or TimeoutException)
            {
                await test.Restart();
            }
        }
    }

    // What the retention job will find it by.
    private static async Task AssertIndexed(TestInbox test)
    {
        if ((await test.All()).Select(n => n.Notice.Day).Order().ToArray() is not [var oldest, ..]) return;
        var rows = await test.Store.List(InboxRows.ByDay, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(string.CompareOrdinal(rows[0].Key, InboxRows.DayKey(oldest, TestInbox.Whose)) <= 0);
    }

    /// <summary>An inbox as one would tell it: a list of what was told.</summary>
    private sealed class SlowInbox
    {
        private DateOnly? _last;

        public List<Entry> Told { get; } = [];

        public List<(DateOnly Day, string Id)> Digested { get; } = [];

        public void Tell(IEnumerable<Notice> notices, DateTimeOffset now)
        {
            foreach (var notice in notices)
            {
                if (notice.Day.AddDays(IInboxGrain.KeptDays) >= ShanghaiTime.DayOf(now) && Told.All(t => t.Id != notice.Id)) Told.Add(new(notice.Id, notice.Rule, notice.Day, now));
            }
        }

        public DateTimeOffset? Read(string id, DateTimeOffset now) => Told.Find(t => t.Id == id && !t.Purged) is { } told ? told.ReadAt ??= now : null;

        public int Digest(DateOnly day)
        {
            if (_last is null || _last < day)
            {
                var pending = Told.Where(t => !t.Purged && !t.Urgent && t.ReadAt is null && Digested.All(d => d.Id != t.Id)).OrderBy(t => t.At).ThenBy(t => t.Id, StringComparer.Ordinal).ToArray();
                if (pending.Length > 0) _last = day;
                Digested.AddRange(pending.Select(t => (day, t.Id)));
            }

            return _last == day ? Digested.Count(d => d.Day == day) : 0;
        }

        public void Purge(DateOnly before) => Told.ForEach(t => t.Purged |= t.Day < before);

        public IEnumerable<Entry> Kept(bool? unread, string? rule) => Told
            .Where(t => !t.Purged && (unread is null || unread == t.ReadAt is null) && (rule is null || rule == t.Rule))
            .OrderByDescending(t => t.At).ThenBy(t => t.Id, StringComparer.Ordinal);

        public sealed record Entry(string Id, string Rule, DateOnly Day, DateTimeOffset At)
        {
            public bool Urgent => Rule == "itemRed";

            public DateTimeOffset? ReadAt { get; set; }

            public bool Purged { get; set; }
        }
    }
}
