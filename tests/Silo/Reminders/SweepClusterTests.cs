using System.Collections.Immutable;
using Agency.Agents;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Problems;
using Agency.Projects;
using Agency.Reviews;
using Agency.Schedules;
using Agency.Silo.Calendar;
using Agency.Silo.Catalogue;
using Agency.Silo.Feeds;
using Agency.Silo.Portfolio;
using Agency.Silo.Reminders;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Reminders;

/// <summary>The sweep over a store, on a clock that is moved by hand.</summary>
public sealed class SweepClusterTests
{
    private const string Code = "2026-511302-47-01-000001";
    private const string Other = "2026-511302-47-01-000002";
    private const string CreditCode = "91511302MA62900AX9";
    private static readonly Actor _office = new("ada", Role.Office);

    private readonly FakeTimeProvider _clock = new(At(2026, 3, 9, 9));
    private readonly InMemoryEventStore _store = new(shards: 2);
    private readonly InMemoryRowStore _rows = new();
    private readonly ToldNotices _told = new();
    private int _commands;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_item_turns_red_over_a_holiday_and_each_is_told_on_its_days()
    {
        _clock.SetUtcNow(At(2026, 9, 28, 9));
        await using var cluster = await Start();
        await Registered(cluster, Code);
        await Agents(cluster);
        Done(await Project(cluster, Code).AppointManager("li", Act(_office)));
        var department = await Accepted(cluster, Code);

        // Two days from Monday 28 September: yellow on the 29th, due on the 30th; off from the 1st to the 7th, and Saturday the 10th is worked.
        await Expect(cluster, "itemYellow", (29, $"{department} person-li"));
        await Expect(cluster, "itemRed", (30, ""), (38, $"{department} person-li"), (39, ""), (40, ""), (42, $"{department} {Head(department)} person-li"), (45, $"{department} {Head(department)} office person-li"), (50, $"{department} {Head(department)} office"), (53, $"{department} {Head(department)} office"));
        Assert.Equal("", _told.New("itemYellow"));

        // Another process that has only the store offers what stands once, and all of it is known.
        _clock.SetUtcNow(At(2026, 10, 26, 9));
        await Sweep(cluster);
        Assert.True(_told.Calls > 0);
        _clock.SetUtcNow(At(2026, 10, 26, 10));
        await using var later = await Start();
        Assert.Equal((0L, 0L, 0L), await Sweep(later));
        Assert.True(_told.Calls > 0);
        Assert.Equal((0L, 0L, 0L), await Sweep(later));
        Assert.Equal(0, _told.Calls);
    }

    [Fact]
    public async Task Nobody_is_reminded_outside_of_working_hours_and_a_substitute_is_told_too()
    {
        _clock.SetUtcNow(At(2026, 9, 28, 9));
        await using var cluster = await Start();
        await Registered(cluster, Code);
        await Agents(cluster);
        Done(await Agent(cluster, "li").Change(new() { Leaves = new(true, [new(new(2026, 9, 28), new(2026, 10, 30), "wang")]) }, Act(_office)));
        Done(await Project(cluster, Code).AppointManager("li", Act(_office)));
        var department = await Accepted(cluster, Code);
        foreach (var hour in (int[])[0, 8, 18, 23])
        {
            _clock.SetUtcNow(At(2026, 9, 29, hour));
            if (hour is 0 or 8) Assert.Equal((0L, 0L, 0L), await Sweep(cluster));
        }

        Assert.Equal((0L, 0L, 0L), await Sweep(cluster));
        _clock.SetUtcNow(At(2026, 10, 3, 9));
        Assert.Equal((0L, 0L, 0L), await Sweep(cluster));
        _clock.SetUtcNow(At(2026, 10, 8, 9));
        Assert.True((await Sweep(cluster)).Told > 0);
        Assert.Equal($"{department} person-li person-wang", _told.New("itemRed"));
    }

    [Fact]
    public async Task An_inbox_that_fails_keeps_no_other_from_being_told_and_is_told_by_the_next_sweep()
    {
        _clock.SetUtcNow(At(2026, 9, 28, 9));
        await using var cluster = await Start();
        await Registered(cluster, Code);
        await Registered(cluster, Other);
        var department = await Accepted(cluster, Code);
        _clock.SetUtcNow(At(2026, 9, 29, 9));
        _told.Failing[Agency.Notifications.Recipient.Office] = true;
        Assert.True((await Sweep(cluster)).Failed > 0);
        Assert.Equal(department, _told.New("itemYellow"));
        Assert.True((await Sweep(cluster)).Failed > 0);
        Assert.Equal("", _told.New("itemYellow"));
        _told.Failing.Clear();
        Assert.Equal((1L, 0L, 0L), await Sweep(cluster));
        Assert.Equal("office", _told.New("itemYellow"));
        Assert.Equal((0L, 0L, 0L), await Sweep(cluster));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Silence_is_recorded_by_the_first_sweep_that_may_and_not_before(int daysLate)
    {
        await using var cluster = await Start();
        await Registered(cluster, Code);
        _clock.SetUtcNow(At(2026, 3, 9 + daysLate, 9));
        var act = daysLate == 0 ? Act(new("o", Role.Owner, null, CreditCode)) : Act(_office, EventSourcing.Act.LateReason) with { OccurredOn = new(2026, 3, 9) };
        Done(await Project(cluster, Code).TakeStep(new Submission("X1", []), act));

        // The last day to answer is Monday the 16th; recorded on Thursday the 12th it is sure on the 19th.
        var last = daysLate == 0 ? 16 : 18;
        for (var day = 10 + daysLate; day <= last; day++)
        {
            _clock.SetUtcNow(At(2026, 3, day, 23));
            Assert.Equal(0, (await Sweep(cluster)).Recorded);
        }

        Assert.DoesNotContain(await Facts(Code), f => f.Fact is DeemedAcceptance);
        _clock.SetUtcNow(At(2026, 3, last + 1, 1));
        Assert.Equal((0L, 1L, 0L), await Sweep(cluster));
        var silence = (await Facts(Code)).Single(f => f.Fact is DeemedAcceptance);
        Assert.Equal((new DateOnly(2026, 3, 17), new DateOnly(2026, 3, 9), Role.System), (silence.OccurredOn, ((DeemedAcceptance)silence.Fact).AcceptedOn, silence.Actor.Role));
        Assert.Equal(0, (await Sweep(cluster)).Recorded);
        Assert.Equal(0, (await Project(cluster, Code).RecordDue(Cancel)).Facts);
    }

    [Fact]
    public async Task A_problem_rises_and_whoever_has_to_know_is_told()
    {
        await using var cluster = await Start();
        _clock.SetUtcNow(At(2026, 3, 9, 10));
        await Registered(cluster, Code);
        Done(await Project(cluster, Code).Solve(new ProblemRaised("", null, "land", ProblemLevel.Manager, "zhao", null, []), Act(_office, ProblemRaised.Description)));
        await Expect(cluster, "problemDue", (11, "person-zhao"), (12, "office person-zhao"));
        Assert.DoesNotContain(await Facts(Code), f => f.Fact is ProblemRisen);
        _clock.SetUtcNow(At(2026, 3, 13, 2));
        Assert.Equal((0L, 1L, 0L), await Sweep(cluster));
        Assert.Equal(new(2026, 3, 13), (await Facts(Code)).Single(f => f.Fact is ProblemRisen).OccurredOn);
        await Expect(cluster, "problemRisen", (13, "office person-zhao"), (14, ""), (16, ""));
    }

    [Fact]
    public async Task A_project_that_cannot_be_asked_keeps_no_other_from_recording()
    {
        await using var cluster = await Start();
        _clock.SetUtcNow(At(2026, 3, 9, 10));
        foreach (var code in (string[])[Code, Other])
        {
            await Registered(cluster, code);
            Done(await Project(cluster, code).TakeStep(new Submission("X1", []), Act(new("o", Role.Owner, null, CreditCode))));
        }

        _clock.SetUtcNow(At(2026, 3, 17, 1));
        _store.BeforeCommit = commit => _ = commit.Stream.Id == Code ? throw new IOException("The disk is full.") : true;
        Assert.Equal((0L, 1L, 1L), await Sweep(cluster));
        _store.BeforeCommit = null;
        Assert.Equal((0L, 1L, 0L), await Sweep(cluster));
        Assert.Contains(await Facts(Code), f => f.Fact is DeemedAcceptance);
    }

    [Fact]
    public async Task Departments_are_reminded_of_a_session_that_they_are_called_to()
    {
        _clock.SetUtcNow(At(2026, 9, 28, 9));
        await using var cluster = await Start();
        var review = cluster.Client.GetGrain<IReviewGrain>("r1");
        Done(await review.Take(new ReviewDrafted(ReviewKind.JointConference, new(At(2026, 10, 8, 15), null, null, "mayor", null)), Act(_office, ReviewFact.Title)));
        Done(await review.AddEntry(new(null, null, null, null, ["511300-ZJJ"], []), Act(_office, ReviewFact.Question)));
        await Expect(cluster, "sessionSoon", (28, ""));
        Done(await review.Take(new Convened(), Act(_office)));
        await Expect(cluster, "sessionSoon", (29, "department-511300-ZJJ person-mayor"), (30, "department-511300-ZJJ person-mayor"));
        await Expect(cluster, "opinionDue", (38, "department-511300-ZJJ"));
        await Expect(cluster, "sessionSoon", (39, ""));
    }

    [Fact]
    public async Task Who_was_reminded_of_a_question_is_reminded_again_once_it_has_changed_and_of_another_time_of_the_same_day()
    {
        await using var cluster = await Start();
        var review = await Convened(cluster);
        _clock.SetUtcNow(At(2026, 3, 12, 9));
        Assert.Equal(1, (await Sweep(cluster)).Recorded);
        Assert.Equal("department-511300-ZJJ", _told.New("opinionDue"));

        _clock.SetUtcNow(At(2026, 3, 12, 10));
        Done(await review.ChangeEntry("E1", new() { Question = new(true, "另一问题") }, Act(_office)));
        Assert.Equal((1L, 1L, 0L), await Sweep(cluster));
        Assert.Equal("department-511300-ZJJ", _told.New("opinionDue"));

        _clock.SetUtcNow(At(2026, 3, 12, 11));
        Done(await review.Take(new Postponed(At(2026, 3, 13, 16), null), Act(_office, EventSourcing.Act.Reason)));
        Assert.Equal((1L, 1L), await Sweep(cluster) is var swept ? (swept.Told, swept.Recorded) : default);
        Assert.Equal("department-511300-ZJJ", _told.New("opinionDue"));
        Assert.Equal((0L, 0L, 0L), await Sweep(cluster));
    }

    [Fact]
    public async Task Of_what_was_put_on_the_agenda_while_departments_were_reminded_nobody_counts_as_reminded_before_the_next_sweep()
    {
        await using var cluster = await Start();
        var review = await Convened(cluster);
        _clock.SetUtcNow(At(2026, 3, 12, 9));
        var added = false;
        _told.BeforeTelling = async to =>
        {
            if (added || to != Agency.Notifications.Recipient.Department("511300-ZJJ")) return;
            added = true;
            Done(await review.AddEntry(new(null, null, null, null, ["511300-FGW"], []), Act(_office, ReviewFact.Question)));
        };
        Assert.Equal((0L, 0L), await Sweep(cluster) is var swept ? (swept.Recorded, swept.Failed) : default);
        Assert.True(added);
        Assert.Equal("department-511300-ZJJ", _told.New("opinionDue"));

        Assert.Equal(1, (await Sweep(cluster)).Recorded);
        Assert.Equal("department-511300-FGW", _told.New("opinionDue"));
    }

    // On Friday the 13th, with one entry.
    private async Task<IReviewGrain> Convened(InProcessTestCluster cluster)
    {
        var review = cluster.Client.GetGrain<IReviewGrain>("r1");
        Done(await review.Take(new ReviewDrafted(ReviewKind.JointConference, new(At(2026, 3, 13, 15), null, null, "mayor", null)), Act(_office, ReviewFact.Title)));
        Done(await review.AddEntry(new(null, null, null, null, ["511300-ZJJ"], []), Act(_office, ReviewFact.Question)));
        Done(await review.Take(new Convened(), Act(_office)));
        return review;
    }

    // Sweeps every third hour of each day up to those that are given, counted from 1 September, or of March; what was told on a day is told by its end.
    private async Task Expect(InProcessTestCluster cluster, string rule, params (int Day, string Told)[] days)
    {
        foreach (var (day, expected) in days)
        {
            var month = new DateOnly(2026, _clock.GetUtcNow().Month < 6 ? 3 : 9, 1);
            var end = month.AddDays(day - 1);
            while (true)
            {
                Assert.Equal(0, (await Sweep(cluster)).Failed);
                var next = _clock.GetUtcNow().AddHours(3);
                if (ShanghaiTime.DayOf(next) > end) break;
                if (ShanghaiTime.DayOf(next) == end && ShanghaiTime.DayOf(_clock.GetUtcNow()) < end) Assert.Equal("", _told.New(rule));
                _clock.SetUtcNow(next);
            }

            Assert.Equal((day, expected), (day, _told.New(rule)));
        }
    }

    private static async Task<(long Told, long Recorded, long Failed)> Sweep(InProcessTestCluster cluster)
    {
        var job = cluster.GetSiloServiceProvider().GetServices<IScheduledJob>().Single(j => j.Name == "sweep");
        var done = await job.Run(DateTimeOffset.MinValue, cluster.Client, Cancel);
        return (done["told"], done["recorded"], done["failed"]);
    }

    // With one item, of two days, for which silence is acceptance.
    private async Task Registered(InProcessTestCluster cluster, string code)
    {
        Done(await cluster.Client.GetGrain<IFlowsGrain>(IFlowsGrain.Key).Put("T1", Cities.Draft(Cities.Own("X1") with { LimitDays = 2, DeemedAcceptance = true }), Act(new("root", Role.Administrator))));
        var details = new ProjectDetails("n", "o", CreditCode, "511300-ZJJ", KeyLevel.Municipal, null, null, null, []);
        Done(await Project(cluster, code).Register(new(code, "T1", "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, details), Act(_office)));
    }

    private async Task Agents(InProcessTestCluster cluster)
    {
        foreach (var agent in (string[])["wang", "li"]) Done(await Agent(cluster, agent).Register(new("511300-ZJJ", null, Rank.Middle, [Function.Manager], [], 5, []), Act(_office)));
    }

    // The item is submitted and accepted today; whom its department's reminders go to.
    private async Task<string> Accepted(InProcessTestCluster cluster, string code)
    {
        Done(await Project(cluster, code).TakeStep(new Submission("X1", []), Act(new("o", Role.Owner, null, CreditCode))));
        var department = (await Project(cluster, code).Item("X1", _office, Cancel))!.Department;
        Done(await Project(cluster, code).TakeStep(new Acceptance("X1", []), Act(new("x", Role.Department, department))));
        return $"department-{department}";
    }

    private static string Head(string department) => $"head-{department["department-".Length..]}";

    private async Task<List<Entry<ProjectFact>>> Facts(string code)
    {
        var facts = new List<Entry<ProjectFact>>();
        await foreach (var fact in _store.Read(new(Sharding.SpreadKind, code), 0, Cancel)) facts.Add(ProjectFact.Codec.Decode(fact));
        return facts;
    }

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(8));

    private static IProjectGrain Project(InProcessTestCluster cluster, string code) => cluster.Client.GetGrain<IProjectGrain>(code);

    private static IAgentGrain Agent(InProcessTestCluster cluster, string id) => cluster.Client.GetGrain<IAgentGrain>(id);

    private static void Done<T>(Answer<T> answer)
        where T : class => Assert.Null(answer.Refusal);

    private Act Act(Actor actor, params string[] texts) =>
        new(actor, $"c{Interlocked.Increment(ref _commands)}", Texts: texts.Aggregate(EventSourcing.Act.NoTexts, (all, name) => all.Add(name, "t")));

    private async Task<InProcessTestCluster> Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IEventStore>(_store).AddSingleton<IRowStore>(_rows).AddSingleton<IIncomingGrainCallFilter>(_told).AddCatalogue().AddFeeds().AddSweep();
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.AddCalendar().AddPortfolio();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        return cluster;
    }
}
