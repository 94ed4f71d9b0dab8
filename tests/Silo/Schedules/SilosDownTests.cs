using System.Collections.Immutable;
using System.Text.Json;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Notifications;
using Agency.People;
using Agency.Problems;
using Agency.Projects;
using Agency.Reminders;
using Agency.Reviews;
using Agency.Reviews.Series;
using Agency.Schedules;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Clocks;
using Agency.Silo.Feeds;
using Agency.Silo.Notifications;
using Agency.Silo.Portfolio;
using Agency.Silo.Reminders;
using Agency.Silo.Reviews;
using Agency.Silo.Schedules;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Reminders;
using Agency.Tests.Grains.Reviews.Series;
using Agency.Tests.Silo.Notifications;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Schedules;

/// <summary>Two silos that fire all schedules at the same instants over the same store, one of them or both down for three days: each reminder is decided once, and each
/// session of a series made once, as a slow look day by day has it.</summary>
public sealed class SilosDownTests(ITestOutputHelper output)
{
    private const int Projects = 6;
    private const int CallersOfEach = 4;
    private const string CreditCode = "91511302MA62900AX9";
    private static readonly TimeOnly[] _sweeps = [new(9, 5), new(14, 5)];
    private static readonly TimeOnly _series = new(0, 10);
    private static readonly Actor _office = new("ada", Role.Office);

    private readonly FakeTimeProvider _clock = new(At(2, 9, 10));
    private readonly InMemoryEventStore _store = new(shards: 2);
    private readonly FailingRows _rows = new();
    private readonly Dictionary<string, SlowReminders> _slow = [];
    private readonly HashSet<string> _expected = [];
    private readonly SortedSet<DateOnly> _occurrences = [];
    private int _fired, _commands;
    private long _told, _made;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_reminder_is_decided_once_and_each_session_of_a_series_made_once(int down)
    {
        var cluster = await Start();
        try
        {
            // Both fire what was last due when they start.
            await Eventually.Holds(() => Task.FromResult(_fired == 4));
            await Prepare(cluster.Client);
            for (var day = 2; day <= 3; day++) await Day(day, cluster);
            var fired = _fired;
            if (down == 1)
            {
                await cluster.KillSiloAsync(cluster.Silos[1], Cancel);
                var left = cluster.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();
                await Eventually.Holds(async () => (await left.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count == 1, TimeSpan.FromMinutes(1));
                for (var day = 4; day <= 6; day++) await Day(day, cluster);
                fired = _fired;

                // Past the last occurrence, so that the new one fires at its start alone.
                _clock.Advance(TimeSpan.FromMinutes(1));
                await cluster.StartAdditionalSiloAsync();
                await Eventually.Holds(() => Task.FromResult(_fired >= fired + 2));
            }
            else
            {
                await cluster.DisposeAsync();
                _clock.SetUtcNow(At(6, 15));
                cluster = await Start();
                await Eventually.Holds(() => Task.FromResult(_fired == fired + 4));
                await Count(cluster.Client, "series", At(6, _series));
                await Count(cluster.Client, "sweep", At(6, _sweeps[^1]));
                await Look(new(2026, 3, 6));
            }

            for (var day = 9; day <= 11; day++) await Day(day, cluster);
            await CheckReminders();
            await CheckSessions();
        }
        finally
        {
            await cluster.DisposeAsync();
        }
    }

    private static DateTimeOffset At(int day, int hour, int minute = 0) => ScheduleCluster.At(day, hour, minute);

    private static DateTimeOffset At(int day, TimeOnly time) => At(day, time.Hour, time.Minute);

    // What is due on a day, as far as the clock has not passed it: all silos fire by their times, and callers on each ask for the same at that instant.
    private async Task Day(int day, InProcessTestCluster cluster)
    {
        IGrainFactory[] silos = [.. cluster.GetActiveSilos().Select(s => s.ServiceProvider.GetRequiredService<IGrainFactory>())];
        foreach (var (job, time) in (IEnumerable<(string, TimeOnly)>)[("series", _series), .. _sweeps.Select(s => ("sweep", s))])
        {
            var due = At(day, time);
            if (due < _clock.GetUtcNow()) continue;
            var expected = _fired + (silos.Length * (1 + CallersOfEach));
            _clock.Advance(due - _clock.GetUtcNow());
            await Task.WhenAll(silos.SelectMany(s => Enumerable.Range(0, CallersOfEach).Select(_ => s.GetGrain<IScheduleGrain>(job).Fire(due, Cancel))));
            await Eventually.Holds(() =>
            {
                if (_fired < expected) _clock.Advance(TimeSpan.FromMilliseconds(200));
                return Task.FromResult(_fired >= expected);
            });
            await Count(silos[0], job, due);
        }

        await Look(new(2026, 3, day));
    }

    // What the run of an occurrence has done, which was in time or is the last that was missed.
    private async Task Count(IGrainFactory grains, string job, DateTimeOffset due)
    {
        var view = (await grains.GetGrain<IScheduleGrain>(job).View(Cancel))!;
        Assert.Equal((due, null), (view.Due, view.FailedAt));
        if (job == "sweep") Assert.Equal(0, view.Done["failed"]);
        if (job == "sweep") _told += view.Done["told"];
        else _made += view.Done["made"];
    }

    // What the sweeps of this day are to have told, and what the series is to have made, without them.
    private async Task Look(DateOnly day)
    {
        for (var shard = 0; shard < _store.Shards; shard++)
        {
            await foreach (var stored in _store.Summaries(Sharding.SpreadKind, shard, Cancel))
            {
                var project = ProjectSummary.Read(stored.Bytes)!;
                Add(project.Code, ProjectMatters.Of(project, Shipped.Calendar, Cities.Shipped.Service), new ProjectSubject(project, Cities.Shipped, new(Cities.Shipped), ImmutableDictionary<string, string>.Empty));
            }
        }

        await foreach (var stored in _store.Summaries(ReviewFact.StreamKind, 0, Cancel))
        {
            var review = ReviewSummary.Read(stored.Bytes);
            Add(stored.Stream.Id, SessionMatters.Of(review, Shipped.Calendar, Cities.Shipped.Reviews), new SessionSubject(stored.Stream.Id, review, null, Cities.Shipped, new(Cities.Shipped), ImmutableDictionary<string, string>.Empty));
        }

        for (var (next, ahead) = (day, Cities.Shipped.Reviews.AheadWorkingDays); ; next = next.AddDays(1))
        {
            if (next > day && Shipped.Calendar.IsWorkingDay(next) && --ahead < 0) break;
            if (next.DayOfWeek == DayOfWeek.Wednesday) _occurrences.Add(next);
        }

        void Add(string id, IEnumerable<Matter> matters, ReminderSubject subject)
        {
            if (!_slow.TryGetValue(id, out var slow)) _slow[id] = slow = new(Shipped.Calendar.IsWorkingDay);
            foreach (var (to, rule, matter, days) in slow.On(day, matters, Cities.Shipped.Reminders.Rules, subject))
                _expected.Add($"{to} {subject.Notice(to, matter, rule, days, slow.DayOf(matter, days)).Id}");
        }
    }

    private async Task CheckReminders()
    {
        var (held, calls) = (new List<string>(), 0);
        foreach (var key in _rows.Keys.Where(k => k.Partition.StartsWith("inbox-", StringComparison.Ordinal)))
        {
            var notice = JsonSerializer.Deserialize<Told>((await _rows.Get(key, Cancel))!.Bytes.Span, FactJson.Options)!.Notification.Notice;
            Assert.Equal(key.Key, notice.Id);
            if (Cities.Shipped.Reminders.Find(notice.Rule)!.About is null) calls++;
            else held.Add($"{key.Partition["inbox-".Length..]} {notice.Id}");
        }

        Assert.Equal(_expected.Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
        Assert.Equal(held.Count, _told);
        Assert.True(held.Count > 2 * Projects);
        output.WriteLine($"{_fired} fires, {held.Count} reminders, {calls} other notices, {_made} sessions of series");
    }

    private async Task CheckSessions()
    {
        var sessions = new List<string>();
        await foreach (var stored in _store.Summaries(ReviewFact.StreamKind, 0, Cancel))
        {
            var drafted = await _store.Read(stored.Stream, 0, Cancel).Select(f => ReviewFact.Codec.Decode(f).Fact).CountAsync(f => f is ReviewDrafted, Cancel);
            Assert.Equal(1, drafted);
            if (stored.Stream.Id != "r1") sessions.Add(stored.Stream.Id);
        }

        string[] expected = [.. from series in (string[])["s1", "s2"] from day in _occurrences select $"{series}-{day:yyyyMMdd}"];
        Assert.Equal(expected, sessions.Order(StringComparer.Ordinal));
        Assert.Equal(sessions.Count, _made);
    }

    // Projects with an item under way, an application that nobody answers, and a problem; a session that is near; and two series.
    private async Task Prepare(IGrainFactory grains)
    {
        Done(await grains.GetGrain<IFlowsGrain>(IFlowsGrain.Key).Put("T1", Cities.Draft(Cities.Own("X1") with { LimitDays = 2, DeemedAcceptance = true }), Act(new("root", Role.Administrator))));
        var details = new ProjectDetails("n", "o", CreditCode, "511300-ZJJ", KeyLevel.Municipal, null, null, null, []);
        for (var number = 0; number < Projects; number++)
        {
            var code = $"2026-511302-47-01-{number:000000}";
            var project = grains.GetGrain<IProjectGrain>(code);
            Done(await project.Register(new(code, "T1", "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details), Act(_office)));
            Done(await project.TakeStep(new Submission("X1", []), Act(new("o", Role.Owner, null, CreditCode))));
            var department = (await project.Item("X1", _office, Cancel))!.Department;
            if (number % 2 == 0) Done(await project.TakeStep(new Acceptance("X1", []), Act(new("x", Role.Department, department))));
            if (number % 3 == 0) Done(await project.Solve(new ProblemRaised("", null, "land", ProblemLevel.Manager, "zhao", null, []), Act(_office, ProblemRaised.Description)));
        }

        var review = grains.GetGrain<IReviewGrain>("r1");
        Done(await review.Take(new ReviewDrafted(ReviewKind.JointConference, new(At(6, 15), null, null, "mayor", null)), Act(_office, ReviewFact.Title)));
        Done(await review.AddEntry(new(null, null, null, null, ["511300-ZJJ"], []), Act(_office, ReviewFact.Question)));
        Done(await review.Take(new Convened(), Act(_office)));
        foreach (var id in (string[])["s1", "s2"])
            Done(await grains.GetGrain<IReviewSeriesGrain>(id).Make(SeriesLife.Monthly with { Rule = "FREQ=WEEKLY;BYDAY=WE", StartTime = new(9, 0) }, Act(_office, SeriesFact.Title)));
    }

    private static void Done<T>(Answer<T> answer)
        where T : class => Assert.Null(answer.Refusal);

    private Act Act(Actor actor, params string[] texts) =>
        new(actor, $"c{++_commands}", Texts: texts.Aggregate(EventSourcing.Act.NoTexts, (all, name) => all.Add(name, "t")));

    private async Task<InProcessTestCluster> Start()
    {
        var options = new ScheduleOptions();
        foreach (var job in options.Times.Keys.ToArray()) options.Times[job] = job switch { "sweep" => "0 5 9,14 ? * MON-FRI", "series" => "0 10 0 * * ?", _ => "" };
        var guard = new ClockGuard(_clock, _rows, _ => Task.FromResult<DateTimeOffset?>(null), NullLogger<ClockGuard>.Instance);
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddSingleton<IRowStore>(_rows).AddSingleton<IClockGuard>(guard);
            silo.Services.AddCatalogue().AddReviews().AddFeeds().AddSweep().AddNotifications().AddSchedules(options);
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar().AddPortfolio();
            silo.AddIncomingGrainCallFilter(Fired);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }

    private async Task Fired(IIncomingGrainCallContext call)
    {
        await call.Invoke();
        if (call.InterfaceMethod?.Name == nameof(IScheduleGrain.Fire)) Interlocked.Increment(ref _fired);
    }
}
