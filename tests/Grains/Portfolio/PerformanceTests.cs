using Agency.Catalogue;
using Agency.Portfolio;
using Agency.Projects;
using Agency.Tests.Grains.Projects;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Portfolio;

/// <summary>What shards tell of departments against a naive count over every round of every project.</summary>
public sealed class PerformanceTests
{
    [Property(MaxTest = 20)]
    public static void It_is_as_counted_over_every_round(int seed)
    {
        var random = new Random(seed);
        var summaries = Enumerable.Range(0, 15).Select(i => Lived(random.Next(), i)).ToArray();
        PortfolioShard[] shards = [new(), new(), new()];

        // Everything is taken in twice: what is corrected later takes the place of what was.
        foreach (var summary in summaries) shards[summary.Code[^1] % 3].Take(1, summary with { Ended = [.. summary.Ended.Take(2), .. summary.Ended.Take(1)] });
        foreach (var summary in summaries) shards[summary.Code[^1] % 3].Take(2, summary);
        EndedRound[] all = [.. summaries.SelectMany(s => s.Ended)];
        if (all.Length == 0) return;

        for (var i = 0; i < 10; i++)
        {
            var (department, one, other) = (all[random.Next(all.Length)].Department, all[random.Next(all.Length)].EndedOn, all[random.Next(all.Length)].EndedOn);
            var (from, to) = one < other ? (one, other) : (other, one);
            var view = PerformanceView.Of(department, from, to, RoundFigures.Sum(shards.Select(s => s.EndedRounds([department], null, from, to))));
            EndedRound[] naive = [.. all.Where(r => r.Department == department && r.EndedOn >= from && r.EndedOn <= to)];
            Same(naive, view.Total);
            Assert.Equal(naive.Select(r => r.Item).Distinct().Order(StringComparer.Ordinal), view.Items.Select(f => f.Item));
            foreach (var item in view.Items) Same([.. naive.Where(r => r.Item == item.Item)], item.Figures);
        }

        string[] departments = [.. all.Select(r => r.Department).Distinct()];
        string[] items = [.. all.Select(r => r.Item).Distinct().Where(_ => random.Next(4) != 0)];
        var last = all.Max(r => r.EndedOn);
        var medians = TakenDays.Of(RoundFigures.Sum(shards.Select(s => s.EndedRounds([.. departments], [.. items], last.AddMonths(-24).AddDays(1), last))));
        var groups = all.Where(r => items.Contains(r.Item) && Is(r, RoundTraits.Decided) && r.EndedOn > last.AddMonths(-24)).GroupBy(r => (r.Department, r.Item, Unit: UnitOf(r))).Where(g => g.Count() >= 5).ToDictionary(g => g.Key, g => g.Select(r => r.Used).Order().ToArray());
        Assert.Equal(groups.Count, medians.Length);
        Assert.All(medians, m => Assert.Equal((m.Rounds, m.Days), (groups[(m.Department, m.Item, m.Unit)].Length, groups[(m.Department, m.Item, m.Unit)][(m.Rounds - 1) / 2])));
    }

    [Fact]
    public void A_spread_is_of_values_that_there_are()
    {
        Assert.Null(Spread.Of([]));
        Assert.Equal(new(7, 7), Spread.Of([(7, 1)]));
        Assert.Equal(new(2, 4), Spread.Of([(4, 1), (1, 1), (3, 1), (2, 1)]));
        Assert.Equal(new(1, 9), Spread.Of([(9, 1), (1, 8)]));
        Assert.Equal(new(1, 1), Spread.Of([(9, 1), (1, 9)]));
    }

    private static void Same(EndedRound[] naive, PerformanceFigures figures)
    {
        EndedRound[] accepted = [.. naive.Where(r => Is(r, RoundTraits.Accepted))], decided = [.. naive.Where(r => Is(r, RoundTraits.Decided))];
        Assert.Equal((naive.Length, accepted.Length, decided.Length), (figures.Rounds, figures.Accepted, figures.Decided));
        Assert.Equal(Share(accepted, r => !Is(r, RoundTraits.Late)), figures.OnTimeRate);
        Assert.Equal(naive.Count(r => Is(r, RoundTraits.StatutoryBreached)), figures.StatutoryBreaches);
        Assert.Equal(Share(naive, r => Is(r, RoundTraits.Supplemented)), figures.SupplementShare);
        Assert.Equal(Share(decided, r => Is(r, RoundTraits.Denied)), figures.DenialShare);
        Assert.Equal(Share(accepted, r => Is(r, RoundTraits.Suspended)), figures.SuspensionShare);
        Assert.Equal(Share(naive, r => Is(r, RoundTraits.BackFilled)), figures.BackFilledShare);
        var unit = decided.Select(UnitOf).Distinct().ToArray() is [var one] ? one : (DayUnit?)null;
        Assert.Equal((unit, unit is null ? null : Ranked(decided.Select(r => (double)r.Used))), (figures.Unit, figures.UsedDays));
        Assert.Equal(Ranked(decided.Where(r => r.Limit > 0).Select(r => Math.Round((double)r.Used / r.Limit, 4))), figures.UsedShare);
    }

    private static Spread? Ranked(IEnumerable<double> values) =>
        values.Order().ToArray() is { Length: > 0 } sorted ? new(sorted[(int)Math.Ceiling(0.5 * sorted.Length) - 1], sorted[((9 * sorted.Length) + 9) / 10 - 1]) : null;

    private static double? Share(EndedRound[] of, Func<EndedRound, bool> which) => of.Length == 0 ? null : Math.Round((double)of.Count(which) / of.Length, 4);

    private static bool Is(EndedRound round, RoundTraits trait) => round.Traits.HasFlag(trait);

    private static DayUnit UnitOf(EndedRound round) => Is(round, RoundTraits.NaturalDays) ? DayUnit.NaturalDays : DayUnit.WorkingDays;

    private static ProjectSummary Lived(int seed, int number)
    {
        var life = new RandomLife(seed % 120);
        for (var i = 0; i < 80; i++) life.Step();
        return ProjectSummary.Read(ProjectSummary.Write(life.Summary($"2026-511302-47-01-{number:000000}")))!;
    }
}
