using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Forecasts;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Oracle;

namespace Agency.Tests.Grains.Forecasts;

/// <summary>The forecast against one that follows every path, date by date, and was written from the rules alone.</summary>
public sealed class ForecastOracleTests
{
    [Fact]
    public void A_project_not_begun_is_forecast_as_by_following_every_path() => Compare(seeds: 300, items: 30, begun: false);

    [Fact]
    public void A_project_under_way_is_forecast_as_by_following_every_path() => Compare(seeds: 1200, items: 25, begun: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Thousands_of_items_are_forecast_as_by_following_every_path(int seed)
    {
        var given = new RandomForecast(seed, 2000, 10_000, begun: seed > 1);
        Compare(given, RandomForecast.By(given.Slow), Forecast.Of(given.Basis));
    }

    [Fact]
    public void Promised_decisions_longer_limits_and_tolerance_are_forecast_as_by_following_every_path()
    {
        Seeds.Each(500, seed =>
        {
            var given = new RandomForecast(seed, 15, 30, begun: true);
            var random = new Random(seed);
            var (scenario, slow) = Suppose(given, random);
            Assert.Null(WhatIf.Of(given.Basis, [scenario], given.Plans, out var view));
            var (now, then) = (RandomForecast.By(given.Slow), RandomForecast.By(slow));
            Compare(given, then, view!.Scenarios[0].Forecast);
            Assert.Equal(now.WorkingDays - then.WorkingDays, view.Scenarios[0].GainDays);
            Assert.Equal(then.PromisedSlack - now.PromisedSlack, view.Scenarios[0].PromisedGainDays);
        });
    }

    [Fact]
    public void What_has_not_begun_is_supposed_to_take_the_median_of_its_department()
    {
        Seeds.Each(300, seed =>
        {
            var given = new RandomForecast(seed, 15, 30, begun: true);
            var random = new Random(seed);
            var medians = given.Plan.Items.Where(_ => random.Next(2) == 0).ToDictionary(i => i.Code, i => new ItemMedian(i.Code, random.Next(20), random.Next(5, 90)));
            var slow = given.Slow with
            {
                Items = [.. given.Slow.Items.Select(i => i.Phase <= SlowPhase.SupplementRequested && medians.TryGetValue(i.Code, out var median) ? i with { LimitDays = median.Days } : i)],
            };
            var view = Forecast.Of(given.Basis with { Medians = medians });
            Compare(given, RandomForecast.By(slow), view);
            Assert.Equal(slow.Items.Where(i => i.Phase <= SlowPhase.SupplementRequested && medians.ContainsKey(i.Code)).Select(i => medians[i.Code]), view.Medians);
            Assert.Empty(Forecast.Of(given.Basis).Medians);
        });
    }

    private static (Scenario Scenario, SlowForecastProject Slow) Suppose(RandomForecast given, Random random)
    {
        // A duration of an item under way counts from its acceptance; the slow model has the days of denied rounds in its limit.
        var durations = given.Slow.Items.Where(i => i.Counted.Count <= 1 && i.Phase is not (SlowPhase.Running or SlowPhase.Suspended) && random.Next(4) == 0).ToDictionary(i => i.Code, _ => random.Next(40));
        var decisions = given.Slow.Items.Where(_ => random.Next(4) == 0).ToDictionary(i => i.Code, _ => Shipped.Calendar.OnOrAfter(given.AsOf.AddDays(random.Next(40))));
        var tolerant = given.Slow.Items.SelectMany(i => i.Prerequisites.Select(p => new Edge(p.Code, i.Code))).Where(_ => random.Next(4) == 0).ToHashSet();
        var slow = given.Slow with
        {
            Decided = decisions,
            Items =
            [
                .. given.Slow.Items.Select(i => i with
                {
                    LimitDays = durations.GetValueOrDefault(i.Code, i.LimitDays),
                    Prerequisites = [.. i.Prerequisites.Select(p => (p.Code, p.Tolerant || tolerant.Contains(new(p.Code, i.Code))))],
                }),
            ],
        };
        return (new("s", [], ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, durations), [.. tolerant], [.. decisions.Select(d => new PromisedDecision(d.Key, d.Value))]), slow);
    }

    private static void Compare(int seeds, int items, bool begun)
    {
        Seeds.Each(seeds, seed =>
        {
            var given = new RandomForecast(seed, 1 + (seed % items), 2 * (seed % items), begun);
            var (slow, view) = (RandomForecast.By(given.Slow), Forecast.Of(given.Basis));
            Compare(given, slow, view);
            var gains = slow.Open.Where(c => slow.Slack(c) == 0).Select(c => new Lever(c, slow.Gain(c))).Where(l => l.GainDays > 0);
            Assert.Equal(gains.OrderByDescending(l => l.GainDays).ThenBy(l => l.Item, StringComparer.Ordinal), view.Levers);
        });
    }

    private static void Compare(RandomForecast given, SlowForecast slow, ForecastView view)
    {
        Assert.Equal((given.AsOf, slow.ProjectFinish, slow.WorkingDays), (view.AsOf, view.Finish, view.WorkingDays));
        Assert.Equal((slow.Promised, slow.PromisedSlack), (view.Promised, view.PromisedSlackDays));
        Assert.Equal(slow.Open, view.Items.Select(i => i.Code));
        foreach (var item in view.Items)
        {
            var begun = given.Slow.Items.First(i => i.Code == item.Code).Phase != SlowPhase.ToSubmit;
            Assert.Equal(
                (item.Code, begun ? given.State.Item(item.Code).Round!.SubmittedOn : slow.Start(item.Code), slow.Finish(item.Code), slow.LatestFinish(item.Code), slow.Slack(item.Code), slow.Slack(item.Code) == 0),
                (item.Code, item.EarliestStart, item.EarliestFinish, item.LatestFinish, item.SlackDays, item.Critical));
            Assert.True(item.SlackDays >= 0);
        }

        var wrong = slow.WrongChain(view.CriticalPath);
        Assert.True(wrong is null, $"{wrong}: {string.Join(' ', view.CriticalPath)}");
    }
}
