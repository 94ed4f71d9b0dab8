using Agency.Calendar;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Reviews.Series;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Feeds;
using Agency.Silo.Reviews;
using Agency.Tests.Grains.Reviews.Series;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Shipped = Agency.Tests.Grains.Calendar.Shipped;

namespace Agency.Tests.Silo.Reviews;

public sealed class SeriesClusterTests
{
    private static readonly Actor _ada = new("ada", Role.Office);
    private static readonly DateOnly _march = new(2026, 3, 27);

    private readonly FakeTimeProvider _clock = new(SeriesLife.At(new(2026, 3, 2), 9));
    private readonly InMemoryEventStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_callers_at_once_make_each_session_once_and_later_ones_none()
    {
        await using (var cluster = await Start(silos: 2))
        {
            await Make(cluster, SeriesLife.Monthly with { Rule = "FREQ=WEEKLY;BYDAY=WE", StartTime = new(9, 0) });
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Series(cluster).Materialise(Act($"m{i}"))));
            Assert.All(answers, a => Assert.Equal(["03-04", "03-11", "03-18", "03-25"], a.View!.Sessions.Select(s => $"{s.Occurrence:MM-dd}")));
            Assert.Single(answers, a => a.View!.Sessions.Any(s => s.Done == SessionOutcome.Made));
            Assert.Equal(4, answers.SelectMany(a => a.View!.Sessions).Count(s => s.Done == SessionOutcome.Made));
        }

        await using var later = await Start();
        Assert.All((await Series(later).Materialise(Act("m"))).View!.Sessions, s => Assert.Equal(SessionOutcome.Unchanged, s.Done));
        Assert.Equal(4, (await Facts()).Count(f => f is ReviewDrafted));
        var session = (await later.Client.GetGrain<IReviewGrain>("s1-20260304").View(_ada, Cancel))!;
        Assert.Equal(("联席会议", "s1", new DateOnly(2026, 3, 4), SeriesLife.At(new(2026, 3, 4), 9), "市政务中心"), (session.Title, session.Series, session.Occurrence, session.Plan.StartsAt, session.Plan.Place));
    }

    [Fact]
    public async Task What_a_crash_left_undone_is_done_by_the_next_call()
    {
        // The series had planned the session and was gone before it was made.
        var life = new SeriesLife();
        life.Make();
        life.Plan();
        var (stream, hash, facts) = (SeriesFact.StreamOf("s1"), HashChain.Start(SeriesFact.StreamOf("s1")), new List<StoredFact>());
        foreach (var entry in life.Facts)
        {
            facts.Add(SeriesFact.Codec.Encode(entry, stream, hash));
            hash = facts[^1].Hash.ToArray();
        }

        Assert.Equal(CommitOutcome.Committed, await _store.Commit(new(stream, 0, facts, "{}"u8.ToArray(), null, false), Cancel));
        await using var cluster = await Start();
        Assert.Equal([SessionOutcome.Made], await Materialise(cluster));
        Assert.Equal([SessionOutcome.Unchanged], await Materialise(cluster));
    }

    [Fact]
    public async Task A_change_of_the_series_moves_what_is_drafted_and_cancels_what_is_gone()
    {
        await using var cluster = await Start();
        await Make(cluster, SeriesLife.Monthly with { AheadWorkingDays = 40 });
        Assert.Equal([SessionOutcome.Made, SessionOutcome.Made], await Materialise(cluster));

        await Series(cluster).Change(new() { Rule = new(true, "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=14") }, Act("c1"));
        var moved = (await Series(cluster).Materialise(Act("m"))).View!;
        Assert.All(moved.Sessions, s => Assert.Equal((SessionOutcome.Moved, ReviewStatus.Drafted), (s.Done, s.State!.Value)));
        Assert.Equal((SeriesLife.At(_march, 9, 30), SeriesLife.At(_march, 14)), (moved.Sessions[0].Before!.StartsAt, moved.Sessions[0].At.StartsAt));
        Assert.Equal([SessionOutcome.Unchanged, SessionOutcome.Unchanged], await Materialise(cluster));

        await Series(cluster).Change(new() { Rule = new(true, "FREQ=MONTHLY;BYDAY=-1TH;BYHOUR=14") }, Act("c2"));
        var gone = (await Series(cluster).Materialise(Act("m"))).View!.Sessions;
        Assert.Equal(["03-26 Made", "03-27 Cancelled", "04-24 Cancelled"], gone.Select(s => $"{s.Occurrence:MM-dd} {s.Done}").Where(s => s[..5] != "04-30"));
        Assert.Equal(ReviewStatus.Cancelled, (await Session(cluster, "s1-20260327")).State);

        await Series(cluster).Change(new() { Rule = new(true, "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=14") }, Act("c3"));
        var back = (await Series(cluster).Materialise(Act("m"))).View!.Sessions;
        Assert.Equal("s1-20260327v2", Assert.Single(back, s => s.Occurrence == _march).Session);
    }

    [Fact]
    public async Task What_has_been_convened_is_kept_and_named_and_the_end_of_the_series_leaves_it()
    {
        await using var cluster = await Start();
        await Make(cluster, SeriesLife.Monthly with { AheadWorkingDays = 40 });
        await Materialise(cluster);
        await Convene(cluster, "s1-20260327");

        await Series(cluster).Change(new() { Rule = new(true, "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=14") }, Act("c1"));
        var kept = (await Series(cluster).Materialise(Act("m"))).View!.Sessions[0];
        Assert.Equal((SessionOutcome.Kept, ReviewStatus.Convened), (kept.Done, kept.State!.Value));
        Assert.Equal((SeriesLife.At(_march, 9, 30), SeriesLife.At(_march, 14)), (kept.At.StartsAt, kept.Due!.StartsAt));
        Assert.Equal([SessionOutcome.Kept, SessionOutcome.Unchanged], await Materialise(cluster));

        var ended = (await Series(cluster).End(Act("e"))).View!;
        Assert.Equal([(SessionOutcome.Kept, ReviewStatus.Convened), (SessionOutcome.Cancelled, ReviewStatus.Cancelled)], ended.Sessions.Select(s => (s.Done, s.State!.Value)));
        Assert.Equal([SessionOutcome.Kept], await Materialise(cluster));
        Assert.Equal(new(2026, 3, 2), (await Series(cluster).View())!.EndedOn);
    }

    [Fact]
    public async Task What_the_office_did_by_hand_stays_until_the_series_says_another_time()
    {
        await using var cluster = await Start();
        await Make(cluster, SeriesLife.Monthly with { AheadWorkingDays = 40 });
        await Materialise(cluster);
        var (march, april) = (cluster.Client.GetGrain<IReviewGrain>("s1-20260327"), cluster.Client.GetGrain<IReviewGrain>("s1-20260424"));
        var plan = (await march.View(_ada, Cancel))!.Plan;
        await march.Take(new ReviewChanged(plan with { StartsAt = SeriesLife.At(_march, 16), Place = "二楼" }), Act("h1"));
        await april.Take(new Cancelled(), Act("h2", Agency.EventSourcing.Act.Reason, "合并召开"));
        Assert.Equal([SessionOutcome.Unchanged, SessionOutcome.Unchanged], await Materialise(cluster));

        await Series(cluster).Change(new() { Rule = new(true, "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=14") }, Act("c1"));
        Assert.Equal([SessionOutcome.Moved, SessionOutcome.Unchanged], await Materialise(cluster));
        Assert.Equal(plan with { StartsAt = SeriesLife.At(_march, 14), Place = "二楼" }, (await march.View(_ada, Cancel))!.Plan);
        Assert.Equal(ReviewStatus.Cancelled, (await april.View(_ada, Cancel))!.State);
    }

    [Fact]
    public async Task Place_chair_and_title_of_what_is_drafted_follow_the_series_once_and_not_where_the_office_gave_them()
    {
        await using (var cluster = await Start())
        {
            await Make(cluster, SeriesLife.Monthly with { AheadWorkingDays = 40 });
            await Materialise(cluster);
            Assert.Null((await cluster.Client.GetGrain<IReviewGrain>("s1-20260424").Change(new() { Chair = new(true, "wu") }, Act("h"))).Refusal);
            await Series(cluster).Change(new() { Place = new(true, "三楼"), Chair = new(true, "chen") }, Act("c1", SeriesFact.Title, "月度联席会议"));
            Assert.Equal([SessionOutcome.Changed, SessionOutcome.Changed], await Materialise(cluster));
            Assert.Equal([SessionOutcome.Unchanged, SessionOutcome.Unchanged], await Materialise(cluster));
            Assert.Equal(("三楼", "chen", "月度联席会议"), await Setting(cluster, "s1-20260327"));
            Assert.Equal(("三楼", "wu", "月度联席会议"), await Setting(cluster, "s1-20260424"));
        }

        // What the series said is known to whoever reads its record.
        await using var later = await Start();
        Assert.Null((await later.Client.GetGrain<IReviewGrain>("s1-20260327").Change(new() { Place = new(true, "二楼") }, Act("h2"))).Refusal);
        await Series(later).Change(new() { Place = new(true, "四楼") }, Act("c2"));
        Assert.Equal([SessionOutcome.Unchanged, SessionOutcome.Changed], await Materialise(later));
        Assert.Equal(["二楼", "四楼"], [(await Setting(later, "s1-20260327")).Place, (await Setting(later, "s1-20260424")).Place]);

        static async Task<(string? Place, string? Chair, string? Title)> Setting(InProcessTestCluster cluster, string id) => await Session(cluster, id) is var s ? (s.Plan.Place, s.Plan.Chair, s.Title) : default;
    }

    [Fact]
    public async Task A_change_of_the_calendar_moves_what_is_drafted()
    {
        await using var cluster = await Start();
        await Make(cluster, SeriesLife.Monthly);
        await Materialise(cluster);
        var year = Shipped.Years[2026];
        await cluster.Client.GetGrain<ICalendarGrain>(ICalendarGrain.Key).Put(2026, year with { Off = year.Off.Add(_march) }, new(_ada, "k"));
        var moved = Assert.Single((await Series(cluster).Materialise(Act("m"))).View!.Sessions);
        Assert.Equal((SessionOutcome.Moved, SeriesLife.At(new(2026, 3, 26), 9, 30), _march), (moved.Done, moved.At.StartsAt, moved.Occurrence));
        Assert.Equal(SeriesLife.At(new(2026, 3, 26), 9, 30), (await Session(cluster, "s1-20260327")).Plan.StartsAt);
    }

    [Fact]
    public async Task Under_a_key_a_repeat_tells_what_was_done_the_first_time()
    {
        await using var cluster = await Start();
        await Make(cluster, SeriesLife.Monthly);
        var act = Act("m") with { Key = new("key", new byte[] { 1 }) };
        var first = await Series(cluster).Materialise(act);
        var again = await Series(cluster).Materialise(act);
        Assert.Equal(first.View!.Sessions, again.View!.Sessions);
        Assert.Equal((false, true), (first.Replayed, again.Replayed));
        Assert.Equal("idempotency-key-reused", (await Series(cluster).Materialise(act with { Key = new("key", new byte[] { 2 }) })).Refusal!.Code);
    }

    [Fact]
    public async Task All_series_are_made_and_one_that_is_refused_does_not_stop_the_others()
    {
        await using var cluster = await Start();
        await Make(cluster, SeriesLife.Monthly);
        await cluster.Client.GetGrain<IReviewSeriesGrain>("s2").Make(SeriesLife.Monthly with { Active = false }, Act("t", SeriesFact.Title, "停用"));
        var all = cluster.Client.GetGrain<IReviewSeriesListGrain>(IReviewSeriesListGrain.Key);
        Assert.Equal(["s1 1", "s2 0"], (await all.Materialise(Act("all"))).Select(m => $"{m.Series} {m.Sessions!.Sessions.Length}"));
        Assert.Equal(["role-not-allowed", "role-not-allowed"], (await all.Materialise(new(new("wang", Role.Leadership), "x"))).Select(m => m.Refusal!.Code));
        Assert.Equal(["s1", "s2"], (await all.All(Cancel)).Select(s => s.Id));
    }

    private static IReviewSeriesGrain Series(InProcessTestCluster cluster) => cluster.Client.GetGrain<IReviewSeriesGrain>("s1");

    private static async Task<ReviewView> Session(InProcessTestCluster cluster, string id) => (await cluster.Client.GetGrain<IReviewGrain>(id).View(_ada, Cancel))!;

    private static Act Act(string command, string? name = null, string? text = null) => new(_ada, command, Texts: name is null ? null : EventSourcing.Act.NoTexts.Add(name, text));

    private static async Task Make(InProcessTestCluster cluster, SeriesPlan plan) => Assert.Null((await Series(cluster).Make(plan, Act("t", SeriesFact.Title, "联席会议"))).Refusal);

    private static async Task<SessionOutcome[]> Materialise(InProcessTestCluster cluster)
    {
        var answer = await Series(cluster).Materialise(Act("m"));
        Assert.Null(answer.Refusal);
        return [.. answer.View!.Sessions.Select(s => s.Done)];
    }

    private static async Task Convene(InProcessTestCluster cluster, string id)
    {
        var session = cluster.Client.GetGrain<IReviewGrain>(id);
        Assert.Null((await session.AddEntry(new(null, null, null, null, ["511300-ZJJ"], []), new(_ada, "a", Texts: EventSourcing.Act.NoTexts.Add(ReviewFact.Question, "施工许可何时办结？").Add(ReviewFact.Wanted, "明确时限")))).Refusal);
        Assert.Null((await session.Take(new Convened(), Act("b"))).Refusal);
    }

    private async Task<List<ReviewFact>> Facts()
    {
        var facts = new List<ReviewFact>();
        await foreach (var summary in _store.Summaries(ReviewFact.StreamKind, 0, Cancel))
        {
            await foreach (var fact in _store.Read(summary.Stream, 0, Cancel)) facts.Add(ReviewFact.Codec.Decode(fact).Fact);
        }

        return facts;
    }

    private async Task<InProcessTestCluster> Start(short silos = 1)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddCatalogue().AddReviews().AddFeeds();
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
