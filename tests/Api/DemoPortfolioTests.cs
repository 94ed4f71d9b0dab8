using System.Text.Json;
using Agency.Demo;
using Agency.Demo.Portfolio;
using Agency.Faults.Processes;
using Agency.People;
using Agency.Projects.Codes;
using Agency.Tests.Storage;

namespace Agency.Tests.Api;

public sealed class DemoPortfolioTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int City = 300;
    private static readonly DateOnly _day = new(2026, 3, 2);

    [Fact]
    public async Task The_same_seed_makes_the_same_portfolio_and_another_one_another()
    {
        var (maker, again, other) = (await Maker(1), await Maker(1), await Maker(2));
        Assert.Equal(Portfolio(maker).Select(Text), Portfolio(again).Select(Text));
        Assert.Empty(Portfolio(maker).Select(v => v.Code).Intersect(Portfolio(other).Select(v => v.Code)));

        // Of a later day it is the same, save for its days.
        var later = maker.On(_day.AddDays(9));
        Assert.Equal(Portfolio(maker).Select(v => (v.Code[4..], v.Name, v.Owner)), Portfolio(later).Select(v => (v.Code[4..], v.Name, v.Owner)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(155)]
    public async Task Projects_and_owners_have_valid_codes(int seed)
    {
        var ventures = Portfolio(await Maker(seed));
        Assert.All(ventures, v => Assert.True(ProjectCode.TryParse(v.Code, out var code) && code.IsNewForm));
        Assert.All(ventures, v => Assert.True(CreditCode.TryParse(v.Owner.CreditCode, out _)));
        Assert.Equal(City, ventures.DistinctBy(v => v.Code).Count());
        Assert.All(ventures.GroupBy(v => v.Owner.Name), owner => Assert.Single(owner.DistinctBy(v => v.Owner.CreditCode)));
        Assert.All(ventures, v => Assert.DoesNotContain('{', v.Name + v.Owner.Name));
    }

    [Fact]
    public async Task Every_question_is_answered_save_one_that_a_few_leave_open()
    {
        var maker = await Maker(1);
        var ventures = Portfolio(maker);
        Assert.All(ventures, v => Assert.Equal(maker.Flows[v.Flow].Conditions.Select(c => c.Code).Order(), v.Conditions.Keys.Append(v.LeftOpen).OfType<string>().Order()));
        Assert.InRange(ventures.Count(v => v.LeftOpen is not null), City / 50, City / 10);
    }

    [Fact]
    public async Task A_portfolio_is_spread_over_two_years_and_all_that_the_city_has()
    {
        var ventures = Portfolio(await Maker(1));
        Assert.Equal(_day.AddDays(-PortfolioMaker.Days), ventures[0].RegisteredOn);
        Assert.All(ventures, v => Assert.InRange(v.RegisteredOn, _day.AddDays(-PortfolioMaker.Days), _day));
        Assert.All(ventures.GroupBy(v => (_day.DayNumber - v.RegisteredOn.DayNumber) * 8 / (PortfolioMaker.Days + 1)), eighth => Assert.InRange(eighth.Count(), City / 16, City / 4));
        Assert.Equal(Enum.GetValues<Fate>(), ventures.Select(v => v.Fate).Distinct().Order());
        Assert.Equal(7, ventures.DistinctBy(v => v.Flow).Count());
        Assert.Equal(9, ventures.DistinctBy(v => v.District).Count());
        Assert.True(ventures.DistinctBy(v => v.Cluster).Count() >= 10);
        Assert.Contains(ventures, v => v.Works == 2);
    }

    [Fact]
    public async Task There_are_agents_with_room_for_every_project()
    {
        var maker = await Maker(1);
        var (ventures, departments) = (Portfolio(maker), new[] { "511300-ZJJ", "511300-JXJ", "511302-ZWFW", "511302-ZJJ" });
        var (staff, half) = (maker.StaffOf(ventures, departments), maker.StaffOf(ventures[..(City / 2)], departments));
        var helpers = staff.Helpers.ToDictionary(h => h.Id);
        Assert.All(ventures, v => Assert.Equal(v.LeadDepartment, helpers[staff.ManagerOf(v)].Department));
        Assert.All(ventures.GroupBy(staff.ManagerOf).Concat(ventures.GroupBy(staff.ClerkOf)), served => Assert.InRange(served.Count(), 1, helpers[served.Key].Capacity));
        Assert.All(helpers.Values, h => Assert.Matches(@"^1[3-9]\d{9}$", h.Phone));
        Assert.Contains(helpers.Values, h => h.Leave is not null);
        Assert.All(helpers.Values.Where(h => h.Leave is not null), h => Assert.Null(helpers[h.Leave!.Substitute].Leave));
        Assert.All(ventures[..(City / 2)], v => Assert.Equal((staff.ManagerOf(v), staff.ClerkOf(v)), (half.ManagerOf(v), half.ClerkOf(v))));
    }

    [Fact]
    public async Task A_few_projects_are_played_to_the_day_and_once_only()
    {
        var cancel = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("agency-");
        try
        {
            await using var process = await ServiceProcess.Start(data.FullName, cancel);
            using var http = new HttpClient { BaseAddress = process.Client.BaseAddress, DefaultRequestHeaders = { Authorization = process.Client.DefaultRequestHeaders.Authorization } };
            var service = new Service(http);
            var order = new PortfolioOrder(4, 1, _day);
            var first = await new PortfolioPlay(service).Run(order, new(TextWriter.Null, null, order.Projects), cancel);
            Assert.Empty(first.Left);

            var records = new Dictionary<string, IReadOnlyList<Fact>>();
            foreach (var venture in Portfolio(await Maker(1)).Take(order.Projects))
            {
                var facts = records[venture.Code] = await service.History(venture.Code, cancel);
                Assert.All(facts, f => Assert.InRange(f.OccurredOn, venture.RegisteredOn, _day.AddDays(1)));
                var plan = await service.Plan(venture.Code, cancel);
                Assert.Equal(plan.Items.Where(i => i.Applies).Sum(i => i.Rounds.Count), facts.Count(f => f.Type == "submission"));
                Assert.Equal(venture.LeftOpen is null, plan.Items.All(i => i.State != "undetermined"));
            }

            Assert.All(records.Values, r => Assert.Single(r, f => f.Type == "manager-appointed"));
            Assert.All(records.Values, r => Assert.Contains(r, f => f.Type == "visit-made"));

            // What the system records beside the entries: stages reached, silence, completion.
            Assert.InRange(records.Values.Sum(r => r.Count), first.Entries, first.Entries * 1.1);
            var overview = await service.Get<Overview>("/statistics/overview", cancel);
            Assert.Equal(order.Projects, overview.Total);
            Assert.Equal(order.Projects, overview.State.Sum(g => g.Projects));

            var again = await new PortfolioPlay(service).Run(order, new(TextWriter.Null, null, order.Projects), cancel);
            Assert.Equal((0, 0), (again.Entries, again.Left.Count));
            foreach (var (code, facts) in records) Assert.Equal(facts.Count, (await service.History(code, cancel)).Count);
            await FullChecks.IsWhole(data.FullName);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static List<Venture> Portfolio(PortfolioMaker maker) => [.. Enumerable.Range(0, City).Select(maker.Of)];

    private static string Text(Venture venture) => JsonSerializer.Serialize(venture);

    private Task<PortfolioMaker> Maker(int seed) => new PortfolioPlay(new(api.As(Role.Office))).Maker(seed, _day, TestContext.Current.CancellationToken);
}
