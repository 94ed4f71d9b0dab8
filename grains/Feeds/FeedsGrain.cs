using System.Collections.Immutable;
using Agency.Agents;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Worklists;
using Orleans.Concurrency;

namespace Agency.Feeds;

[GrainType("agency.feeds"), StatelessWorker]
internal sealed class FeedsGrain(IRowStore rows, ICalendarWriter writer, CityData city, TimeProvider clock) : Grain, IFeedsGrain
{
    private const int MostOfOne = 20;

    // What was longer ago nobody looks up in a calendar.
    private const int PastDays = 90;

    private readonly FeedRows _feeds = new(rows);

    public async Task<Answer<MadeFeed>> Make(FeedKind kind, string language, Act act)
    {
        var actor = act.Actor;
        if (!IsFor(kind, actor.Role)) return new(Refusal.Of("feed-kind-not-yours", ("kind", kind), ("role", actor.Role)), 0, null);
        var id = DerivedId.OfCommand('f', act.CommandId);
        var own = await _feeds.Of(actor.Id);
        var before = own.Where(f => f.Feed.Id == id).ToArray();
        if (own.Count - before.Length >= MostOfOne) return new(Refusal.Of("too-many-feeds", ("max", MostOfOne)), 0, null);
        var feed = new Feed(id, kind, language, before is [var first, ..] ? first.Feed.MadeAt : clock.GetUtcNow(), actor.Id, actor.Role, actor.Department, actor.CreditCode);
        var token = await _feeds.Make(feed);
        foreach (var (key, _) in before) await _feeds.Delete(key);
        return new(null, 1, new(feed.View, token));
    }

    public async Task<ImmutableArray<FeedView>> List(Actor actor, CancellationToken cancellationToken) =>
        [.. (await _feeds.Of(Shown(actor), cancellationToken)).Select(f => f.Feed.View).DistinctBy(f => f.Id)];

    public async Task<Refusal?> Revoke(string id, Actor actor)
    {
        var own = (await _feeds.Of(Shown(actor))).Where(f => f.Feed.Id == id).ToArray();
        foreach (var (key, _) in own) await _feeds.Delete(key);
        return own.Length == 0 && !Repeat.IsOne ? Refusal.Of("feed-not-found") : null;
    }

    public async Task<FeedText?> Read(string token, CancellationToken cancellationToken)
    {
        if (await _feeds.Find(token, cancellationToken) is not { } feed) return null;
        var name = FeedTexts.Of(feed.Kind, feed.Language);

        // Empty and not gone: a program keeps what it has of a feed that is gone.
        if (feed.Kind == FeedKind.Agent && await GrainFactory.GetGrain<IAgentGrain>(feed.Person).View() is not { Status: not AgentStatus.Inactive }) return new(writer.Feed(name, []));
        var from = ShanghaiTime.DayOf(clock.GetUtcNow()).AddDays(-PastDays);
        var sessions = await GrainFactory.GetGrain<IReviewsGrain>(IReviewsGrain.Key).InCalendar(from, feed.Language, feed.Actor, cancellationToken);
        if (WorkerOf(feed) is not { } worker) return new(writer.Feed(name, sessions));
        var worklist = await GrainFactory.GetGrain<IWorklistGrain>(0).Of(worker, since: null, cancellationToken);
        return new(worklist.Unread.IsEmpty ? writer.Feed(name, [.. sessions, .. DutyEvents.Of(worklist, feed.Language, city.City)]) : null);
    }

    private static string? Shown(Actor actor) => actor.OwnOnly ? actor.Id : null;

    private static bool IsFor(FeedKind kind, Role role) => kind switch
    {
        FeedKind.Agent => role is Role.Manager or Role.Clerk,
        FeedKind.Department => role is Role.Department,
        _ => role is Role.Office or Role.Leadership or Role.Supervisor or Role.Department,
    };

    private static Worker? WorkerOf(Feed feed) => feed.Kind switch
    {
        FeedKind.Agent => new(WorkerKind.Agent, feed.Person),
        FeedKind.Department => new(WorkerKind.Department, feed.Department!),
        _ => null,
    };
}
