using System.Collections.Immutable;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Reviews;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Storage;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Reviews;

/// <summary>Many act on one session at once.</summary>
public sealed class ReviewClusterTests
{
    private static readonly DateTimeOffset _start = new(2026, 3, 6, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly Actor _office = new("ada", Role.Office);
    private static readonly Actor _chair = new("mayor", Role.Leadership);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly InMemoryEventStore _store = new(shards: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_departments_change_their_opinions_at_once_while_the_chair_concludes()
    {
        var departments = new DepartmentCodes(Cities.Shipped).All.Where(d => d.Kind == Agency.Catalogue.OrganKind.Department).Select(d => d.Code).Take(100).ToImmutableArray();
        Assert.Equal(100, departments.Length);
        await using var cluster = await Start();
        var review = cluster.Client.GetGrain<IReviewGrain>("r1");
        Done(await review.Take(new ReviewDrafted(ReviewKind.JointConference, new(_start, null, null, _chair.Id, null)), Act(_office, ReviewFact.Title)));
        Done(await review.AddEntry(new(null, null, null, null, departments, []), Act(_office, ReviewFact.Question)));
        Done(await review.Take(new Convened(), Act(_office)));
        Done(await review.Take(new DepartmentsReminded([]), Act(_office)));
        _clock.SetUtcNow(_start.AddMinutes(-30));
        Done(await review.Take(new Opened(), Act(_office)));

        // While departments are in time the chair waits for all of them, however they come.
        await Task.WhenAll(departments[..^1].Select(async d => Done(await Say(d, Stance.NeedMore))).Append(Waiting()));

        // All in time: what counts is what came before the conclusion.
        var opinions = departments.Select((d, i) => Say(d, i % 2 == 0 ? Stance.Agree : Stance.Object)).ToArray();
        var concluding = Conclude();
        var answers = await Task.WhenAll(opinions);
        Done(await concluding);

        // Nothing is lost: each is recorded twice, and the answer that a department had is what the record says.
        Assert.All(answers, Done);
        var recorded = await _store.Read(ReviewFact.StreamOf("r1"), 0, Cancel).Select(ReviewFact.Codec.Decode).ToArrayAsync(Cancel);
        var concluded = recorded.Single(e => e.Fact is EntryConcluded).Version;
        Assert.Equal(departments.Concat(departments).Order(StringComparer.Ordinal), recorded.Select(e => e.Fact).OfType<OpinionGiven>().Select(o => o.Department).Order(StringComparer.Ordinal));
        Assert.All(answers, a => Assert.Equal(a.Version < concluded, a.View!.Counts));
        var view = (await review.View(_office, Cancel))!.Agenda.Single();
        Assert.Equal(answers.Count(a => a.Version < concluded), view.Opinions.Count(o => o.Counts && o.Stance != Stance.NeedMore));
        Assert.Equal((100, 0), (view.Opinions.Count(o => o.Counts), view.Silent.Length));

        // And whoever looks again, in another silo or later, sees the same.
        await using var later = await Start();
        var again = (await later.Client.GetGrain<IReviewGrain>("r1").View(_office, Cancel))!.Agenda.Single();
        Assert.Equal(view.Opinions, again.Opinions);
        Assert.Equal(view.Silent, again.Silent);

        Task<Answer<OpinionView>> Say(string department, Stance stance) => review.GiveOpinion(new("E1", department, stance), Act(new($"of {department}", Role.Department, department), ReviewFact.Ground));

        Task<Answer<AgendaEntryView>> Conclude() =>
            review.ConcludeEntry(new EntryConcluded("E1", Outcome.Adopted, [new(departments[0], [], null, new(2026, 3, 20))]), Act(_chair, ResolutionDraft.TextName(0, "action")));

        async Task Waiting()
        {
            // One opinion at least is still to come: it is given when this has been refused.
            Assert.Equal("opinions-outstanding", (await Conclude()).Refusal?.Code);
            Done(await Say(departments[^1], Stance.NeedMore));
        }
    }

    [Fact]
    public async Task Minutes_issued_at_once_are_numbered_without_gaps()
    {
        await using var cluster = await Start();
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cluster.Client.GetGrain<IMinutesGrain>(2026).Number($"r{i % 10}", Act(_office))));
        Assert.Equal(Enumerable.Range(1, 10), numbers.Distinct().Order());
        Assert.Equal(numbers[..10], numbers[10..]);
        Assert.Equal(1, await cluster.Client.GetGrain<IMinutesGrain>(2027).Number("r0", Act(_office)));
    }

    private static void Done<T>(Answer<T> answer)
        where T : class => Assert.Null(answer.Refusal?.Code);

    private static Act Act(Actor actor, params string[] texts) =>
        new(actor, Guid.NewGuid().ToString(), Texts: texts.ToImmutableSortedDictionary(t => t, t => (string?)"第四十条", StringComparer.Ordinal));

    private Task<InProcessTestCluster> Start() => ReviewCluster.Start(_store, _clock, Cancel);
}
