using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;
using Agency.Silo.Catalogue;
using Agency.Silo.Clocks;
using Agency.Tests.Grains.Notifications;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Notifications;

public sealed class DeliveriesClusterTests
{
    private const string One = "test-1";
    private const string Two = "test-2";
    private static readonly Act _act = new(new("root", Role.Administrator), "c-1");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly FailingRows _rows = new();
    private readonly ScriptedChannel _channel = new(One, Two);
    private readonly SkewedClock _wall;
    private readonly ClockGuard _guard;

    public DeliveriesClusterTests()
    {
        _wall = new(_clock);
        _guard = new(_wall, _rows, _ => Task.FromResult<DateTimeOffset?>(null), NullLogger<ClockGuard>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_comes_once_to_every_target_however_often_it_is_dispatched()
    {
        await using var cluster = await Start();
        var messages = Enumerable.Range(1, 250).Select(n => Notices.Delivery(Recipient.Office, n)).ToImmutableArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cluster.Client.GetGrain<IDispatchGrain>(IDispatchGrain.Key).Dispatch(messages)));
        await Until(cluster, One, (DeliveryState.Sent, 250));
        await Until(cluster, Two, (DeliveryState.Sent, 250));
        await Dispatch(cluster, [.. messages]);
        await Turn(cluster);
        Assert.Equal(
            messages.SelectMany(m => (string[])[DeliveryRow.IdOf(One, m.Id), DeliveryRow.IdOf(Two, m.Id)]).Order(StringComparer.Ordinal),
            _channel.Received.Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_fails_is_tried_over_a_day_and_is_a_dead_letter_then_that_can_be_sent_again()
    {
        _channel.Answer = (target, _, _) => Task.FromResult(target == One ? Sending.Later("status500") : Sending.Done);
        await using var cluster = await Start();
        await Dispatch(cluster, Notices.Delivery(Recipient.Office));
        await Until(cluster, Two, (DeliveryState.Sent, 1));

        var (attempts, id) = (new List<DateTimeOffset>(), DeliveryRow.IdOf(One, Notices.Of(Recipient.Office).Id));
        DeliveryView view;
        for (var n = 1; n <= 11; n++)
        {
            await Eventually.Holds(async () => (await List(cluster, One)).Items.Single().Attempts == n);
            view = (await List(cluster, One)).Items.Single();
            attempts.Add(view.AttemptedAt!.Value);
            Assert.Equal(("status500", n < 11), (view.Reason, view.NextAt is not null));
            if (view.NextAt is { } next) _clock.SetUtcNow(next);
        }

        Assert.InRange(attempts[^1] - attempts[0], TimeSpan.FromHours(20), TimeSpan.FromHours(31));
        Assert.Equal(attempts.Order(), attempts);
        await Until(cluster, One, (DeliveryState.Dead, 1));
        _clock.Advance(TimeSpan.FromDays(2));
        await Turn(cluster);
        Assert.Equal(11, _channel.Received.Count(r => r.Target == One));

        _channel.Answer = (_, _, _) => Task.FromResult(Sending.Done);
        Assert.Equal("delivery-not-found", (await Deliveries(cluster, One).Retry(new('0', 32), _act)).Refusal!.Code);
        Assert.Equal(DeliveryState.Pending, (await Deliveries(cluster, One).Retry(id, _act)).View!.State);
        await Until(cluster, One, (DeliveryState.Sent, 1));
        Assert.Equal(DeliveryState.Sent, (await Deliveries(cluster, One).Retry(id, _act)).View!.State);
        Assert.Equal("delivery-sent", (await Deliveries(cluster, One).Retry(id, _act with { CommandId = "c-2" })).Refusal!.Code);
        Assert.Equal(Enumerable.Repeat((One, id), 12), _channel.Received.Where(r => r.Target == One));
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_neither_another_nor_calls_to_its_own()
    {
        _channel.Answer = async (target, _, cancellationToken) =>
        {
            if (target == One) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return Sending.Done;
        };
        await using var cluster = await Start();
        await Dispatch(cluster, [.. Enumerable.Range(1, 20).Select(n => Notices.Delivery(Recipient.Office, n))]);
        await Until(cluster, Two, (DeliveryState.Sent, 20));
        await Eventually.Holds(() => Task.FromResult(_channel.Received.Count(r => r.Target == One) == new DeliveryOptions().AtOnce));

        // The clock stands: no attempt has ended, yet the target takes in, tells and is told.
        await Dispatch(cluster, Notices.Delivery(Recipient.Office, 21));
        Assert.Equal((21, 4), ((await List(cluster, One)).Total, _channel.Received.Count(r => r.Target == One)));
        Assert.Equal(DeliveryState.Pending, (await Deliveries(cluster, One).Retry(_channel.Received.First(r => r.Target == One).Id, _act)).View!.State);

        _clock.Advance(TimeSpan.FromSeconds(11));
        await Eventually.Holds(async () => (await List(cluster, One)).Items.Count(d => d.Reason == "timeout") == 4);

        // The silo waits for attempts before it stops.
        _channel.Answer = (_, _, _) => Task.FromResult(Sending.Done);
        _clock.Advance(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task Nothing_is_sent_before_its_time_and_what_is_due_first_goes_first()
    {
        await using var cluster = await Start(atOnce: 1);
        var now = _clock.GetUtcNow();
        await Dispatch(cluster, [.. Enumerable.Range(1, 5).Select(n => Notices.Delivery(Recipient.Office, n, notBefore: now.AddHours(6 - n)))]);
        await Turn(cluster);
        Assert.Empty(_channel.Received);
        _clock.Advance(TimeSpan.FromHours(1));
        await Until(cluster, One, (DeliveryState.Sent, 1));
        _clock.Advance(TimeSpan.FromHours(5));
        await Until(cluster, One, (DeliveryState.Sent, 5));
        Assert.Equal(
            ((int[])[5, 4, 3, 2, 1]).Select(n => DeliveryRow.IdOf(One, Notices.Of(Recipient.Office, n).Id)),
            _channel.Received.Where(r => r.Target == One).Select(r => r.Id));
    }

    [Fact]
    public async Task What_was_sent_when_the_silo_died_is_sent_again_with_its_id_and_nothing_else_is()
    {
        var messages = Enumerable.Range(1, 40).Select(n => Notices.Delivery(Recipient.Office, n)).ToArray();
        var hanging = new TaskCompletionSource();
        await using (var cluster = await Start())
        {
            // Received, but never marked: the answer does not come before the end.
            _channel.Answer = async (_, delivery, cancellationToken) =>
            {
                if (delivery.Message is NoticeMessage { Notice.SubjectId: "2026-511302-47-01-000007" }) await hanging.Task.WaitAsync(cancellationToken);
                return Sending.Done;
            };
            await Dispatch(cluster, messages);
            await Until(cluster, One, (DeliveryState.Sent, 39));
            await Until(cluster, Two, (DeliveryState.Sent, 39));
            await cluster.KillSiloAsync(cluster.Silos[0], Cancel);
        }

        _channel.Answer = (_, _, _) => Task.FromResult(Sending.Done);
        await using var later = await Start();

        // Nobody looks: the job alone wakes what has something pending.
        Assert.Equal(2, (await new DeliveriesJob(_rows).Run(_clock.GetUtcNow(), later.Client, Cancel))["pending"]);
        await Until(later, One, (DeliveryState.Sent, 40));
        await Until(later, Two, (DeliveryState.Sent, 40));
        foreach (var target in (string[])[One, Two])
        {
            var counted = _channel.Received.Where(r => r.Target == target).CountBy(r => r.Id).ToDictionary();
            Assert.Equal(messages.Select(m => DeliveryRow.IdOf(target, m.Id)).ToHashSet(), counted.Keys.ToHashSet());
            Assert.Equal([DeliveryRow.IdOf(target, Notices.Of(Recipient.Office, 7).Id)], counted.Where(c => c.Value > 1).Select(c => c.Key));
        }
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again_because_the_store_fails_to_take_it_down()
    {
        await using var cluster = await Start();
        var dispatched = new TaskCompletionSource();
        _channel.Answer = async (_, _, cancellationToken) =>
        {
            await dispatched.Task.WaitAsync(cancellationToken);
            _rows.Fails = true;
            return Sending.Done;
        };
        await Dispatch(cluster, Notices.Delivery(Recipient.Office));
        dispatched.SetResult();
        await Eventually.Holds(() => Task.FromResult(_channel.Received.Count == 2));
        for (var n = 0; n < 5; n++)
        {
            _clock.Advance(TimeSpan.FromSeconds(11));
            await Turn(cluster);
        }

        _rows.Fails = false;
        _clock.Advance(TimeSpan.FromSeconds(11));
        await Until(cluster, One, (DeliveryState.Sent, 1));
        await Until(cluster, Two, (DeliveryState.Sent, 1));
        Assert.Equal(2, _channel.Received.Count);
    }

    [Fact]
    public async Task Nothing_is_sent_tried_again_or_deleted_by_a_clock_that_cannot_be_believed()
    {
        _channel.Answer = (target, _, _) => Task.FromResult(target == One ? Sending.Later("status500") : Sending.Done);
        await using var cluster = await Start(atOnce: 1);
        await Dispatch(cluster, Notices.Delivery(Recipient.Office));
        await Until(cluster, Two, (DeliveryState.Sent, 1));
        await Eventually.Holds(async () => (await List(cluster, One)).Items.Single().Attempts == 1);
        await Dispatch(cluster, Notices.Delivery(Recipient.Office, 2, notBefore: _clock.GetUtcNow().AddHours(2)));

        _wall.Skew = TimeSpan.FromDays(365);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Turn(cluster);
        Assert.Equal(2, _channel.Received.Count);
        Assert.Equal((2, 2), ((await List(cluster, One)).Total, (await List(cluster, Two)).Total));

        // What waited goes on by the time that is right, looked at again within a minute.
        _wall.Skew = TimeSpan.Zero;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.Holds(async () => (await List(cluster, One)).Items.Single(d => d.Attempts > 0).Attempts == 2);
        Assert.Equal(3, _channel.Received.Count);
        _clock.Advance(TimeSpan.FromHours(2));
        await Until(cluster, Two, (DeliveryState.Sent, 2));
    }

    [Fact]
    public async Task Deliveries_are_kept_180_days_and_a_target_without_any_is_woken_no_more()
    {
        await using var cluster = await Start();
        await Dispatch(cluster, Notices.Delivery(Recipient.Office, 1));
        await Until(cluster, One, (DeliveryState.Sent, 1));
        _clock.Advance(TimeSpan.FromDays(100));
        await Dispatch(cluster, Notices.Delivery(Recipient.Office, 2));
        await Until(cluster, One, (DeliveryState.Sent, 2));
        _clock.Advance(TimeSpan.FromDays(81));
        Assert.Equal(2, (await new RetentionJob(_rows).Run(_clock.GetUtcNow(), cluster.Client, Cancel))["deliveries"]);
        Assert.Equal(DeliveryRow.IdOf(One, Notices.Of(Recipient.Office, 2).Id), (await List(cluster, One)).Items.Single().Id);
        _clock.Advance(TimeSpan.FromDays(100));
        Assert.Equal(2, (await new RetentionJob(_rows).Run(_clock.GetUtcNow(), cluster.Client, Cancel))["deliveries"]);
        Assert.Empty(_rows.Keys);
    }

    [Fact]
    public async Task A_list_is_paged_from_the_newest_and_counted()
    {
        await using var cluster = await Start();
        for (var n = 1; n <= 5; n++)
        {
            await Dispatch(cluster, Notices.Delivery(Recipient.Office, n));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Until(cluster, One, (DeliveryState.Sent, 5));
        var first = await Deliveries(cluster, One).List(new(null, null, 3), Cancel);
        var second = await Deliveries(cluster, One).List(new(DeliveryState.Sent, first.Next, 3), Cancel);
        Assert.Equal((5, 5, null), (first.Total, second.Total, second.Next));
        Assert.Equal(Enumerable.Range(1, 5).Reverse().Select(n => DeliveryRow.IdOf(One, Notices.Of(Recipient.Office, n).Id)), first.Items.Concat(second.Items).Select(d => d.Id));
        Assert.Empty((await Deliveries(cluster, One).List(new(DeliveryState.Dead, null, 3), Cancel)).Items);
    }

    private static IDeliveriesGrain Deliveries(InProcessTestCluster cluster, string target) => cluster.Client.GetGrain<IDeliveriesGrain>(target);

    private static Task<DeliveryPage> List(InProcessTestCluster cluster, string target) => Deliveries(cluster, target).List(new(null, null, 200), Cancel);

    private static Task Dispatch(InProcessTestCluster cluster, params Delivery[] messages) => cluster.Client.GetGrain<IDispatchGrain>(IDispatchGrain.Key).Dispatch([.. messages]);

    private static Task Until(InProcessTestCluster cluster, string target, (DeliveryState State, int Count) so) =>
        Eventually.Holds(async () => (await Deliveries(cluster, target).List(new(so.State, null, 1), Cancel)).Total == so.Count);

    // Whatever is due now has been begun when this returns: the timers of both targets had their turn.
    private static async Task Turn(InProcessTestCluster cluster)
    {
        for (var n = 0; n < 20; n++)
        {
            await Deliveries(cluster, One).Wake();
            await Deliveries(cluster, Two).Wake();
        }
    }

    private async Task<InProcessTestCluster> Start(int? atOnce = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IRowStore>(_rows).AddSingleton<IEventStore>(new InMemoryEventStore()).AddCatalogue();
            silo.Services.AddSingleton<IChannel>(_channel).AddSingleton(new DeliveryOptions { AtOnce = atOnce ?? new DeliveryOptions().AtOnce });
            silo.Services.AddSingleton<TimeProvider>(_wall).AddSingleton<IClockGuard>(_guard);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
