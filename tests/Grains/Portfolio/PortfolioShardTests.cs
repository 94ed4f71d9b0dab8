using Agency.Catalogue;
using Agency.Clocks;
using Agency.People;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Tests.Grains.Catalogue;
using Agency.Tests.Grains.Projects;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Portfolio;

/// <summary>A portfolio's answers against a naive look at every project.</summary>
public sealed class PortfolioShardTests
{
    private static readonly Sight _office = new(new("o", Role.Office), []);

    [Property(MaxTest = 30)]
    public static async Task It_answers_as_a_look_at_every_project_does(int seed)
    {
        var random = new Random(seed);
        var lives = Enumerable.Range(0, 20).Select(i => (Code: $"2026-511302-47-01-{i:000000}", Life: Lived(random.Next(120)))).ToArray(); // lives on which deciders and model agree
        PortfolioShard[] shards = [.. Enumerable.Range(0, random.Next(2) == 0 ? 3 : 16).Select(_ => new PortfolioShard())];
        var day = lives.Max(l => l.Life.Today);
        for (var turn = 0; turn < 3; turn++)
        {
            // The first turn begins with all projects, the next with what time has moved.
            if (turn == 0)
            {
                foreach (var (code, life) in lives) shards[random.Next(shards.Length)].Take(life.State.Version, Served(code, life));
            }

            day = day.AddDays(random.Next(12));
            var naive = lives.Select(l => new Naive(l.Code, Served(l.Code, l.Life), l.Life.ViewsOn(day))).ToArray();
            for (var i = 0; i < 10; i++) await Compare(RandomQuery(random, naive), shards, naive, day, lives[0].Life);

            var overview = PortfolioStatistics.Sum([.. shards.Select(s => s.Overview(_office, day, RandomLife.Calendar))]);
            Assert.Equal(naive.Length, overview.Total);
            Assert.Equal(
                naive.GroupBy(n => n.Light).ToDictionary(g => EventSourcing.FactJson.Name(g.Key), g => g.Count()),
                overview.By[Dimension.Light].ToDictionary(g => g.Key!, g => g.Projects));
            Assert.All(overview.By.Values, groups => Assert.Equal(naive.Count(n => n.Light == Light.Red), groups.Sum(g => g.Red)));

            var months = Assert.Single(PortfolioStatistics.Sum(shards.Select(s => s.Trend(null, _office, day, RandomLife.Calendar)))).Months;
            Assert.Equal(naive.Length, months.Sum(m => m.Registered));
            Assert.Equal(naive.Count(n => n.Project.CompletedOn is not null), months.Sum(m => m.Completed));
            Assert.Equal(naive.Where(n => n.Project.CompletedOn is not null).Sum(n => n.Project.Clock.UsedDays), months.Sum(m => m.ApprovalDays));
            Assert.Equal(naive.Where(n => n.Project.CompletedOn is not null).Sum(n => n.Project.SpanDays ?? 0), months.Sum(m => m.SpanDays));
        }
    }

    [Fact]
    public void An_older_summary_changes_nothing()
    {
        var (life, shard) = (Lived(7), new PortfolioShard());
        var summary = life.Summary("2026-511302-47-01-000001");
        shard.Take(5, summary);
        shard.Take(4, summary with { Name = "old" });
        Assert.Equal(5, shard.VersionOf(summary.Code));
        Assert.Equal("n", Assert.Single(shard.Rows).Summary.Name);
    }

    [Fact]
    public void A_code_that_was_an_alias_once_is_no_project()
    {
        var shard = new PortfolioShard();
        shard.Take(2, ProjectSummary.Of("2603-511302-04-01-000001", ProjectState.None, null, null!));
        Assert.Equal(0, shard.Find(new(), _office, new(2026, 3, 2), RandomLife.Calendar).Total);
        Assert.Equal(0, shard.Overview(_office, new(2026, 3, 2), RandomLife.Calendar).Total);
    }

    private static async Task Compare(PortfolioQuery query, PortfolioShard[] shards, Naive[] naive, DateOnly day, RandomLife life)
    {
        var expected = naive.Where(n => n.Fits(query)).ToList();
        expected.Sort((a, b) => a.Compare(b, query));
        var (found, pages) = (new List<PortfolioListing>(), 0);
        for (var next = query; ; pages++)
        {
            var page = await PortfolioOrder.Page(next, shards.Length, (shard, few) => Task.FromResult(shards[shard].Find(few, _office, day, RandomLife.Calendar)));
            found.AddRange(page.Items);
            Assert.Equal(expected.Count, page.Total);
            if (page.Next.IsEmpty) break;
            next = query with { After = page.Next };
        }

        Assert.Equal(expected.Select(n => (n.Code, n.Light, n.DueDate, n.Project.Clock.UsedDays)), found.Select(f => (f.Project.Code, f.Light, f.DueDate, f.ApprovalDays)));
        Assert.True(pages <= expected.Count / query.Limit);
    }

    private static PortfolioQuery RandomQuery(Random random, Naive[] naive)
    {
        var one = naive[random.Next(naive.Length)];
        T? Maybe<T>(T value)
            where T : struct => random.Next(4) == 0 ? value : null;
        string? Perhaps(string? value) => random.Next(5) == 0 ? value : null;
        var keys = Enum.GetValues<PortfolioKey>();
        return new(
            State: Maybe(one.Project.State),
            Stage: Perhaps(one.Project.CurrentStage),
            Light: Maybe(one.Light),
            Department: Perhaps(one.Summary.Departments.Concat(one.Summary.Ended.Select(e => e.Department)).FirstOrDefault()),
            Text: Perhaps(one.Code[^2..]),
            RegisteredFrom: Maybe(one.Project.RegisteredOn.AddDays(random.Next(-100, 1))),
            RegisteredTo: Maybe(one.Project.RegisteredOn.AddDays(random.Next(0, 100))),
            Manager: Perhaps(one.Summary.Manager),
            Agent: Perhaps(one.Summary.FormerClerks.Concat(one.Summary.Clerks).LastOrDefault()),
            Past: random.Next(2) == 0)
        {
            Sort = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new PortfolioSort(keys[random.Next(keys.Length)], random.Next(2) == 0)).DistinctBy(s => s.Key)],
            Limit = random.Next(1, 12),
        };
    }

    private static RandomLife Lived(int seed)
    {
        var life = new RandomLife(seed);
        for (var i = 0; i < 60; i++) life.Step();
        return life;
    }

    // Lives have no agents; here each has a manager and clerks by its number.
    private static ProjectSummary Served(string code, RandomLife life)
    {
        var number = code[^1] - '0';
        return life.Summary(code) with { Manager = number == 0 ? null : $"m{number % 3}", Clerks = [.. Enumerable.Range(0, number % 4).Select(i => $"m{i}")], FormerClerks = number % 2 == 0 ? [] : ["m3"] };
    }

    private sealed class Naive(string code, ProjectSummary summary, ProjectViews views)
    {
        public string Code => code;

        public ProjectSummary Summary => summary;

        public ProjectView Project { get; } = views.Project(Cities.Shipped.Service);

        public Light Light => Project.State == ProjectStatus.Active ? Project.Light : Light.Grey;

        public DateOnly? DueDate => Project.State != ProjectStatus.Active ? null : views.Plan().Items.Select(i => i.Clock).Concat(Project.Stages.Select(s => s.Clock)).Append(Project.Clock)
            .Where(c => c.State == ClockState.Running).Min(c => c.DueDate);

        public bool Fits(PortfolioQuery query) =>
            (query.State ?? Project.State) == Project.State
            && (query.Stage ?? Project.CurrentStage) == Project.CurrentStage
            && (query.Light ?? Light) == Light
            && (query.Department is null || Project.LeadDepartment == query.Department || views.Plan().Items.Any(i => i.Department == query.Department
                && (i.State is Approvals.ItemStatus.Ready or Approvals.ItemStatus.Submitted or Approvals.ItemStatus.SupplementRequested or Approvals.ItemStatus.Accepted or Approvals.ItemStatus.Suspended
                    || (i.State == Approvals.ItemStatus.Approved && Project.CompletedOn is null && i.Rounds[^1].DeliveredOn is null && IsDelivered(i.Department))))
                || (query.Past && Summary.Ended.Any(e => e.Department == query.Department)))
            && (query.Manager is null || Summary.Manager == query.Manager)
            && (query.Agent is null || Summary.Clerks.Concat(query.Past ? Summary.FormerClerks : []).Append(Summary.Manager).Contains(query.Agent))
            && (query.Text is null || code.Contains(query.Text, StringComparison.Ordinal))
            && (query.RegisteredFrom ?? Project.RegisteredOn) <= Project.RegisteredOn
            && (query.RegisteredTo ?? Project.RegisteredOn) >= Project.RegisteredOn;

        private static bool IsDelivered(string department) => new Agency.Departments.DepartmentCodes(Cities.Shipped).Find(department)!.Kind is OrganKind.Department or OrganKind.HigherAuthority;

        public int Compare(Naive other, PortfolioQuery query)
        {
            foreach (var (key, descending) in query.Sort)
            {
                var (mine, its) = (Key(key), other.Key(key));
                if (Equals(mine, its)) continue;
                if (mine is null || its is null) return mine is null ? 1 : -1;
                var order = mine is string text ? string.CompareOrdinal(text, (string)its) : mine.CompareTo(its);
                return descending ? -order : order;
            }

            return string.CompareOrdinal(code, other.Code);
        }

        private IComparable? Key(PortfolioKey key) => key switch
        {
            PortfolioKey.Name => Project.Name,
            PortfolioKey.OwnerName => Project.OwnerName,
            PortfolioKey.RegisteredOn => Project.RegisteredOn,
            PortfolioKey.CompletedOn => Project.CompletedOn,
            PortfolioKey.DueDate => DueDate,
            PortfolioKey.Stage => Project.CurrentStage,
            PortfolioKey.Light => (int)Light,
            PortfolioKey.ApprovalDays => Project.Clock.UsedDays,
            PortfolioKey.Investment => Project.Investment,
            _ => code,
        };
    }
}
