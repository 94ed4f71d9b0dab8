using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;
using Agency.Schedules;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Notifications;
using Agency.Tests.Grains.Notifications;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Notifications;

public sealed class InboxClusterTests : IAsyncLifetime
{
    private static readonly InboxQuery _all = new(null, null, null, null, 200);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly InMemoryRowStore _rows = new();
    private readonly ConcurrentBag<Delivery> _sent = [];
    private InProcessTestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(new InMemoryEventStore()).AddSingleton<IRowStore>(_rows).AddCatalogue().AddNotifications();
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar();
            silo.AddIncomingGrainCallFilter(async call =>
            {
                if (call.Request.GetArgumentCount() == 1 && call.Request.GetArgument(0) is ImmutableArray<Delivery> deliveries)
                    foreach (var delivery in deliveries) _sent.Add(delivery);
                await call.Invoke();
            });
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_both_silos_tell_and_digest_at_once_is_told_and_digested_once()
    {
        ImmutableArray<Notice> notices = [.. Enumerable.Range(0, 120).Select(n => TestInbox.Notice(n, n % 3 == 0))];
        string[] recipients = [.. Enumerable.Range(1, 5).Select(n => $"person-p{n}"), "office", "head-511300-FGW"];
        var told = await Task.WhenAll(from recipient in recipients from grains in Both() select grains.GetGrain<IInboxGrain>(recipient).Tell(notices));
        Assert.Equal(recipients.Length * notices.Length, told.Sum());
        Assert.Equal(recipients.Length * 40, _sent.Count);

        var due = _clock.GetUtcNow();
        var done = await Task.WhenAll(Jobs("digest").Zip(Both()).Select(both => both.First.Run(due, both.Second, Cancel)));
        Assert.Equal(recipients.Length * 80, done.Max(d => d["notices"]));
        var digests = _sent.Select(d => d.Message).OfType<DigestMessage>().ToArray();
        Assert.Equal(recipients.Order(StringComparer.Ordinal), digests.Select(d => d.Recipient.ToString()).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(recipients.Length, _sent.Where(d => d.Message is DigestMessage).Select(d => d.Id).Distinct().Count());
        Assert.All(digests, d => Assert.Equal(80, d.Notices.Length));
        Assert.Equal(0, (await Jobs("digest").First().Run(due, Both().First(), Cancel))["inboxes"]);
    }

    [Fact]
    public async Task An_inbox_stays_what_it_was_when_its_silo_goes()
    {
        var inbox = _cluster.Client.GetGrain<IInboxGrain>("office");
        await inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2)]);
        await inbox.Read(TestInbox.Notice(1).Id, new(new("ada", Role.Office), "c-1"));
        await _cluster.StopSiloAsync(_cluster.Silos[1], Cancel);
        Assert.Equal(0, await inbox.Tell([TestInbox.Notice(1), TestInbox.Notice(2)]));
        var page = await inbox.List(_all, Cancel);
        Assert.Equal((2, 1), (page.Total, page.Unread));
    }

    [Fact]
    public async Task There_is_no_digest_on_a_day_off_and_one_with_all_after_it()
    {
        var (job, inbox) = (Jobs("digest").First(), _cluster.Client.GetGrain<IInboxGrain>("office"));
        await inbox.Tell([TestInbox.Notice(1)]);
        _clock.SetUtcNow(new DateTimeOffset(2026, 3, 7, 8, 30, 0, TimeSpan.FromHours(8)));
        Assert.Equal(0, (await job.Run(_clock.GetUtcNow(), _cluster.Client, Cancel))["notices"]);

        // Friday's, made good on Saturday.
        Assert.Equal(0, (await job.Run(_clock.GetUtcNow().AddDays(-1), _cluster.Client, Cancel))["notices"]);
        await inbox.Tell([TestInbox.Notice(2)]);
        _clock.SetUtcNow(new DateTimeOffset(2026, 3, 9, 8, 30, 0, TimeSpan.FromHours(8)));
        Assert.Equal(2, (await job.Run(_clock.GetUtcNow(), _cluster.Client, Cancel))["notices"]);
        Assert.Equal("digest-office-2026-03-09", _sent.Single().Id);
    }

    [Fact]
    public async Task What_is_older_than_half_a_year_goes_and_nothing_is_left_of_an_inbox_without_any()
    {
        var (job, first, second) = (Jobs("retention").First(), _cluster.Client.GetGrain<IInboxGrain>("person-p1"), _cluster.Client.GetGrain<IInboxGrain>("person-p2"));
        await first.Tell([TestInbox.Notice(1), TestInbox.Notice(2)]);
        await second.Tell([TestInbox.Notice(1), TestInbox.Notice(2, day: new(2026, 3, 5))]);
        await Jobs("digest").First().Run(_clock.GetUtcNow(), _cluster.Client, Cancel);
        _clock.Advance(TimeSpan.FromDays(IInboxGrain.KeptDays));
        Assert.Equal(0, (await job.Run(_clock.GetUtcNow(), _cluster.Client, Cancel))["notifications"]);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, (await job.Run(_clock.GetUtcNow(), _cluster.Client, Cancel))["notifications"]);
        Assert.Empty(await _rows.List("inbox-person-p1", cancellationToken: Cancel));
        Assert.Equal(["2026-03-05_person-p2"], (await _rows.List(InboxRows.ByDay, cancellationToken: Cancel)).Select(r => r.Key));
        Assert.Equal((0, 0), (await first.Tell([TestInbox.Notice(1)]), (await first.List(_all, Cancel)).Total));
        Assert.Equal(1, (await second.List(_all, Cancel)).Total);
    }

    [Fact]
    public async Task One_inbox_that_fails_keeps_no_other_from_its_digest()
    {
        await _cluster.Client.GetGrain<IInboxGrain>("person-p1").Tell([TestInbox.Notice(1)]);
        await _rows.Put(new(InboxRows.Undigested, "nobody"), Array.Empty<byte>(), Cancel);
        await Assert.ThrowsAsync<AggregateException>(() => Jobs("digest").First().Run(_clock.GetUtcNow(), _cluster.Client, Cancel));
        Assert.Equal("digest-person-p1-2026-03-02", _sent.Single().Id);
    }

    [Fact]
    public async Task An_inbox_without_anything_holds_no_memory()
    {
        string[] none = [.. Enumerable.Range(0, 50).Select(n => $"person-none{n}")];
        foreach (var recipient in none) await _cluster.Client.GetGrain<IInboxGrain>(recipient).List(_all, Cancel);
        await _cluster.Client.GetGrain<IInboxGrain>("person-some").Tell([TestInbox.Notice(1)]);
        var management = _cluster.Client.GetGrain<IManagementGrain>(0);
        await Eventually.Holds(async () => !(await Active()).Intersect(none).Any());
        Assert.Contains("person-some", await Active());

        async Task<IEnumerable<string?>> Active() => (await management.GetDetailedGrainStatistics(null, null, Cancel)).Select(g => g.GrainId.Key.ToString());
    }

    private IEnumerable<IGrainFactory> Both() => _cluster.Silos.Select(s => s.ServiceProvider.GetRequiredService<IGrainFactory>());

    private IEnumerable<IScheduledJob> Jobs(string name) => _cluster.Silos.Select(s => s.ServiceProvider.GetServices<IScheduledJob>().Single(j => j.Name == name));
}
