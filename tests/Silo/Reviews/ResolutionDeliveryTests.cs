using System.Collections.Immutable;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.People;
using Agency.Projects;
using Agency.Reviews;
using Agency.Tests.Grains.Reviews;
using Agency.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Agency.Tests.Silo.Reviews;

/// <summary>Sessions and projects in one silo over a store that fails now and then: every resolution reaches its project once.</summary>
public sealed class ResolutionDeliveryTests
{
    private const string Alias = "2603-511302-04-01-000001";
    private static readonly DateOnly _held = new(2026, 3, 6);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 9, 0, 0, TimeSpan.FromHours(8)));
    private readonly InMemoryEventStore _store = new(shards: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_concluded_before_a_crash_reaches_its_project_at_the_next_start()
    {
        await PutProject(ResolvedSession.Project);
        var session = Session("r1", ResolvedSession.Project, ResolvedSession.Project);
        await _store.Put(session);
        var concluded = session.Entries.Count;
        await _store.Put(session.Concluded(_held), concluded, marked: true);

        await using var cluster = await Start();
        await Eventually.Holds(async () => !await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));
        Assert.Equal(["r1-1 6 False", "r1-2 6 False"], await Copies());
        var entry = ProjectFact.Codec.Decode(await _store.Read(new("project", ResolvedSession.Project), 0, Cancel).LastAsync(Cancel));
        Assert.Equal((Role.System, _held, session.Entries[concluded].CommandId), (entry.Actor.Role, entry.OccurredOn, entry.CommandId));
    }

    [Fact]
    public async Task What_got_into_the_store_behind_an_activation_is_delivered_by_it_all_the_same()
    {
        await PutProject(ResolvedSession.Project);
        var session = Session("r1", ResolvedSession.Project, ResolvedSession.Project);
        await _store.Put(session);
        var known = session.Entries.Count;
        await using var cluster = await Start();
        Assert.NotNull(await cluster.Client.GetGrain<IReviewGrain>("r1").View(ResolvedSession.Office, Cancel));

        // As where a silo died while its commit was on the way.
        await _store.Put(session.Concluded(_held), known, marked: true);
        await Reviews(cluster).Heal();
        Assert.Equal(["r1-1 6 False", "r1-2 6 False"], await Copies());
        Assert.False(await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));
    }

    [Fact]
    public async Task What_a_failing_store_kept_back_is_delivered_by_the_next_healing_and_once()
    {
        await PutProject(ResolvedSession.Project);
        await _store.Put(Session("r1", ResolvedSession.Project).Concluded(_held).Completed(_held));
        await using var cluster = await Start();
        var review = cluster.Client.GetGrain<IReviewGrain>("r1");

        _store.BeforeCommit = commit => Fail(commit.Stream.Kind == "project");
        Assert.Null((await review.Resolve(new ResolutionConfirmed(1), Act())).Refusal);
        Assert.Empty(await Copies());
        Assert.True(await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => Reviews(cluster).Heal());

        // In the store, and the project does not know it.
        (_store.BeforeCommit, _store.AfterCommit) = (null, commit => Fail(commit.Stream.Kind == "project"));
        await Assert.ThrowsAnyAsync<Exception>(() => Reviews(cluster).Heal());
        _store.AfterCommit = null;
        await Reviews(cluster).Heal();
        await review.Settle(10);
        await review.Settle(10);
        Assert.Equal(["r1-1 10 True"], await Copies());
        Assert.False(await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));
    }

    [Fact]
    public async Task An_alias_leads_to_its_project_a_terminated_one_is_told_and_an_unknown_one_holds_nobody_up()
    {
        await PutProject(ResolvedSession.Project, new ProjectTerminated(null));
        await PutFacts(Alias, new AliasGiven(ResolvedSession.Project));
        await _store.Put(Session("r1", "2026-511302-47-01-000002", Alias).Concluded(_held), marked: true);
        await using var cluster = await Start();
        await Eventually.Holds(async () => !await _store.Markers(ReviewFact.StreamKind, 0, Cancel).AnyAsync(Cancel));
        Assert.Equal(["r1-2 6 False"], await Copies());
        Assert.Empty(await _store.CopiesOf(Alias));
    }

    [Fact]
    public async Task A_copy_is_shown_in_the_history_and_not_corrected()
    {
        await PutProject(ResolvedSession.Project);
        await _store.Put(Session("r1", ResolvedSession.Project).Concluded(_held), marked: true);
        await using var cluster = await Start();
        await Eventually.Holds(async () => (await Copies()).Count == 1);
        var project = cluster.Client.GetGrain<IProjectGrain>(ResolvedSession.Project);
        var entry = (await project.History(0, 10, ResolvedSession.Office, Cancel))!.Entries[^1];
        Assert.Equal(("resolution-recorded", Role.System), (entry.Type, entry.Role));
        Assert.Contains("\"resolution\":\"r1-1\"", entry.Data, StringComparison.Ordinal);
        var refusal = (await project.Correct([new(entry.Sequence, null, null, Void: true)], Act() with { Texts = EventSourcing.Act.NoTexts.Add(EventSourcing.Act.Reason, "r") })).Refusal;
        Assert.Equal("not-correctable", refusal?.Code);
    }

    [Fact]
    public async Task Resolutions_of_all_sessions_are_found_by_what_they_are_filtered_by_page_by_page()
    {
        await PutProject(ResolvedSession.Project);
        await PutFacts(Alias, new AliasGiven(ResolvedSession.Project));
        await _store.Put(new ResolvedSession(_held, "r1", ResolvedSession.Draft(new(2026, 3, 6)), ResolvedSession.Draft(new(2026, 3, 30), null), ResolvedSession.Draft(new(2026, 3, 11), lead: ResolvedSession.Stranger)).Concluded(_held).Completed(_held, 2));
        await _store.Put(new ResolvedSession(_held, "r2", ResolvedSession.Draft(new(2026, 3, 11))));
        await using var cluster = await Start();

        Assert.Equal(["r1-1", "r1-3", "r2-1", "r1-2"], await Found(new()));
        Assert.Equal(["r2-1"], await Found(new(State: ResolutionStatus.Taken)));
        Assert.Equal(["r1-1", "r1-3", "r1-2"], await Found(new(Open: true)));
        Assert.Equal(["r1-1"], await Found(new(Light: Agency.Clocks.Light.Red)));
        Assert.Equal(["r1-3"], await Found(new(Light: Agency.Clocks.Light.Yellow)));
        Assert.Equal(["r2-1", "r1-2"], await Found(new(Light: Agency.Clocks.Light.Grey)));
        Assert.Equal(["r1-3"], await Found(new(Department: ResolvedSession.Stranger)));
        Assert.Equal(["r1-1", "r1-3", "r2-1"], await Found(new(Project: ResolvedSession.Project)));
        Assert.Equal(["r1-1", "r1-3", "r2-1"], await Found(new(Project: Alias)));
        Assert.Equal(["r2-1"], await Found(new(Review: "r2")));
        Assert.Equal(["r1-1"], await Found(new(DueTo: new(2026, 3, 10))));

        // Of departments each finds what it leads or assists, once it is given.
        Assert.Equal(["r1-3"], await Found(new(), ResolvedSession.Of(ResolvedSession.Stranger)));
        Assert.Equal(["r1-1", "r1-2"], await Found(new(), ResolvedSession.Of(ResolvedSession.Lead)));
        Assert.Equal(["r1-1", "r1-3", "r1-2"], await Found(new(), ResolvedSession.Of(ResolvedSession.Assisting)));
        Assert.Empty(await Found(new(), new("m", Role.Manager)));

        var first = await Reviews(cluster).Resolutions(new(Limit: 3), ResolvedSession.Office, Cancel);
        Assert.Equal((3, true, 4), (first.Items.Length, first.More, first.Total));
        var rest = await Reviews(cluster).Resolutions(new(After: new(first.Items[^1].DueDate, first.Items[^1].Id), Limit: 3), ResolvedSession.Office, Cancel);
        Assert.Equal(("r1-2", false, 4), (Assert.Single(rest.Items).Id, rest.More, rest.Total));

        async Task<string[]> Found(ResolutionQuery query, Actor? actor = null) => [.. (await Reviews(cluster).Resolutions(query, actor ?? ResolvedSession.Office, Cancel)).Items.Select(r => r.Id)];
    }

    private static ResolvedSession Session(string id, params string[] projects) => new(_held, id, [.. projects.Select(p => ResolvedSession.Draft(new(2026, 3, 20), p))]);

    private static Act Act() => new(ResolvedSession.Office, Guid.NewGuid().ToString());

    private static IReviewsGrain Reviews(InProcessTestCluster cluster) => cluster.Client.GetGrain<IReviewsGrain>(IReviewsGrain.Key);

    private static void Fail(bool fails)
    {
        if (fails) throw new IOException("The disk is full.");
    }

    private async Task<IReadOnlyList<string>> Copies() => [.. (await _store.CopiesOf(ResolvedSession.Project)).Select(c => $"{c.Resolution} {c.Source} {c.Closed}")];

    private Task PutProject(string code, params ProjectFact[] more) => PutFacts(code, [
        new ProjectRegistered(code, "SOC_SMALL", 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty, new("n", "o", "91511302MA62900AX9", "511300-ZJJ", KeyLevel.Municipal, null, null, null, [])),
        .. more]);

    private Task PutFacts(string code, params ProjectFact[] facts) => _store.PutProject(code, facts);

    private Task<InProcessTestCluster> Start() => ReviewCluster.Start(_store, _clock, Cancel);
}
