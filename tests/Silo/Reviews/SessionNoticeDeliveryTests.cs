using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;
using Agency.Reviews;
using Agency.Tests.Silo.Feeds;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Reviews;

/// <summary>Sessions in one silo: what is told of them, and how often, where what tells or stores it fails.</summary>
public sealed class SessionNoticeDeliveryTests
{
    private const string Fgw = "511300-FGW";
    private const string Zjj = "511300-ZJJ";
    private static readonly DateTimeOffset _start = new(2026, 3, 6, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly Actor _office = new("ada", Role.Office);

    private static readonly string[] _course = ["sessionConvened", "sessionChanged", "sessionChanged", "sessionCancelled"];
    private static readonly string[] _concerned = [$"department-{Fgw}", $"department-{Zjj}", "person-mayor"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly InMemoryEventStore _store = new(shards: 1);
    private readonly Heard _heard = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_concerned_is_told_of_each_change_once_however_often_it_is_delivered()
    {
        await using var cluster = await Start();
        var review = await Convened(cluster);
        Assert.Equal(["department-511300-FGW sessionConvened", "department-511300-ZJJ sessionConvened", "person-mayor sessionConvened"], Notices());
        Done(await review.Take(new Postponed(_start.AddDays(5), null), Act(EventSourcing.Act.Reason)));
        Done(await review.Change(new() { Place = new(true, "市政务中心") }, Act()));
        Done(await review.Take(new Cancelled(), Act(EventSourcing.Act.Reason)));
        string[] told = [.. from rule in _course from to in _concerned select $"{to} {rule}"];
        Array.Sort(told, StringComparer.Ordinal);
        Assert.Equal(told, Notices());
        Assert.False(await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));

        // Late as they are, they say what was so then, under the same ids.
        var first = _heard.Invitations.ToArray();
        var recorded = await _store.Read(ReviewFact.StreamOf("r1"), 0, Cancel).Select(ReviewFact.Codec.Decode).ToArrayAsync(Cancel);
        foreach (var commit in recorded.GroupBy(e => e.CommandId)) await review.Settle(commit.Max(e => e.Version));
        Assert.Equal(told, Notices());
        Assert.Equal(first.Length * 2, _heard.Invitations.Count);
        foreach (var same in _heard.Invitations.GroupBy(i => i.Id)) Assert.Single(same.Select(i => ((InvitationMessage)i.Message).Calendar).Distinct());

        // As a calendar program of one of them reads it.
        var sent = first.Where(i => i.Message.Recipient == Recipient.Department(Zjj)).Select(i => (InvitationMessage)i.Message).ToArray();
        var read = await Task.WhenAll(sent.Select(m => IcalJs.Read(m.Calendar)));
        Assert.Equal(["REQUEST", "REQUEST", "REQUEST", "CANCEL"], sent.Select(m => m.Method));
        Assert.Equal(sent.Select(m => m.Method), read.Select(r => r["method"]));
        var events = read.Select(r => Assert.Single(r.Components)).ToArray();
        Assert.All(events, e => Assert.Equal(("review-r1@511300.agency", "三月例会"), (e["uid"], e["summary"])));
        Assert.Equal(["0 2026-03-06T01:30:00.000Z  CONFIRMED", "1 2026-03-11T01:30:00.000Z  CONFIRMED", "2 2026-03-11T01:30:00.000Z 市政务中心 CONFIRMED", "3 2026-03-11T01:30:00.000Z 市政务中心 CANCELLED"], events.Select(e => $"{e["sequence"]} {e["dtstart"]} {e["location"]} {e["status"]}"));
        Assert.All(first, i => Assert.Equal(_clock.GetUtcNow().Date, i.NotBefore.UtcDateTime.Date));
    }

    [Fact]
    public async Task What_could_not_be_told_holds_no_command_up_and_is_told_by_the_next_healing_once()
    {
        _heard.Fails = true;
        await using var cluster = await Start();
        await Convened(cluster);
        Assert.Empty(_heard.Invitations);
        Assert.True(await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));

        _heard.Fails = false;
        var reviews = cluster.Client.GetGrain<IReviewsGrain>(IReviewsGrain.Key);
        await reviews.Heal();
        await reviews.Heal();
        Assert.Equal([$"department-{Fgw} sessionConvened", $"department-{Zjj} sessionConvened", "person-mayor sessionConvened"], Notices());
        Assert.Equal(3, _heard.Invitations.Count);
        Assert.False(await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));
    }

    private static async Task<IReviewGrain> Convened(InProcessTestCluster cluster)
    {
        var review = cluster.Client.GetGrain<IReviewGrain>("r1");
        Done(await review.Take(new ReviewDrafted(ReviewKind.JointConference, new(_start, null, null, "mayor", null)), Act(ReviewFact.Title)));
        Done(await review.AddEntry(new(null, null, null, null, [Fgw, Zjj], []), Act(ReviewFact.Question)));
        Done(await review.Take(new Convened(), Act()));
        return review;
    }

    private static void Done<T>(Answer<T> answer)
        where T : class => Assert.Null(answer.Refusal?.Code);

    private static Act Act(params string[] texts) => new(_office, Guid.NewGuid().ToString(), Texts: texts.ToImmutableSortedDictionary(t => t, _ => (string?)"三月例会", StringComparer.Ordinal));

    private string[] Notices() => [.. _heard.Told.DistinctBy(t => t.Notice.Id).Select(t => $"{t.Inbox} {t.Notice.Rule}").Order(StringComparer.Ordinal)];

    private Task<InProcessTestCluster> Start() => ReviewCluster.Start(_store, _clock, Cancel, services => services.AddSingleton<IIncomingGrainCallFilter>(_heard));

    /// <summary>Listens to what inboxes and channels are told, as long as it does not fail them.</summary>
    private sealed class Heard : IIncomingGrainCallFilter
    {
        public bool Fails { get; set; }

        public ConcurrentQueue<(string Inbox, Notice Notice)> Told { get; } = new();

        public ConcurrentQueue<Delivery> Invitations { get; } = new();

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is not (IInboxGrain or IDispatchGrain)) return context.Invoke();
            if (Fails) throw new IOException("The disk is full.");
            switch (context.Request.GetArgument(0))
            {
                case ImmutableArray<Notice> notices:
                    foreach (var notice in notices) Told.Enqueue((context.TargetId.Key.ToString()!, notice));
                    break;
                case ImmutableArray<Delivery> deliveries:
                    foreach (var delivery in deliveries.Where(d => d.Message is InvitationMessage)) Invitations.Enqueue(delivery);
                    break;
            }

            return context.Invoke();
        }
    }
}
