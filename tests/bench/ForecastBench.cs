using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Calendar;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.Ledgers;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using BenchmarkDotNet.Attributes;

namespace Agency.Bench;

/// <summary>What a forecast costs: the two passes alone, with what they are made from, and the whole answer with its levers. Random
/// acyclic flows with five prerequisites an item; every third item is under way, every third approved, after a suspension each. The
/// project was paused once, and a limit lowered.</summary>
public class ForecastBench
{
    private ForecastBasis _basis = null!;
    private ProjectTasks _tasks = null!;
    private ProjectState _state = null!;
    private PlanTimeline _timeline = null!;
    private WorkingCalendar _calendar = null!;
    private DateOnly _today;

    /// <summary>Items: a usual project, and as many as any flow will have.</summary>
    [Params(60, 2000)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var (random, today) = (new Random(1), new DateOnly(2026, 3, 2));
        ImmutableArray<FlowItem> items = [.. Enumerable.Range(0, Items).Select(i => new FlowItem(Definition(i, random), null, []))];
        var edges = Enumerable.Range(0, 5 * Items).Select(_ => (Before: random.Next(Items), After: random.Next(Items))).Where(e => e.Before != e.After)
            .Select(e => new Edge($"I{Math.Min(e.Before, e.After)}", $"I{Math.Max(e.Before, e.After)}")).ToHashSet();
        var plans = new PlanBook();
        plans.Add(new("F", 1, "f", null, today, 120, 100, [new("S3", "S3", null, "ZJJ", 120, MilestoneRule.All)], [], items, [.. edges], [.. edges.Where(_ => random.Next(5) == 0)], [], []));

        var entries = new List<Entry<ProjectFact>>();
        Record(new ProjectRegistered(
            "p", "F", 1, "511302", Authority.City, ImmutableSortedDictionary<string, Authority>.Empty, ImmutableSortedDictionary<string, bool>.Empty,
            new("n", "o", "c", "d", KeyLevel.Other, null, null, null, [])), 90);
        Record(new LimitLowered("I1", 1), 60);
        foreach (var (i, item) in items.Index().Where(i => i.Index % 3 > 0))
        {
            var code = item.Definition.Code;
            Record(new Submission(code, []), 50);
            Record(new Acceptance(code, [], new("d", item.Definition.LimitDays, item.Definition.LimitUnit, 0, 20, DayUnit.WorkingDays, StatutoryStart.Acceptance)), 45);
            Record(new Suspension(code, "P", 5), 43);
            Record(new Resumption(code, "P"), 38);
            if (i % 3 == 1) Record(new ItemDecision(code, DecisionOutcome.Approved, null, []), 35);
        }

        Record(new ProjectPaused(null), 20);
        Record(new ProjectContinued(null), 15);

        var state = ProjectState.None.With(entries);
        var calendar = new WorkingCalendar(1, ImmutableSortedDictionary<int, YearArrangement>.Empty);
        _timeline = PlanTimeline.Of(state, plans.Of(state.Plan!), plans);
        (_state, _today, _calendar) = (state, today, calendar);
        _basis = new(new(state, _timeline, today, calendar, LightRule.Default), default);
        _tasks = new(_basis, Supposition.Nothing(_basis.Clocks.Plan));

        void Record(ProjectFact fact, int daysAgo) =>
            entries.Add(new(entries.Count + 1, fact, DateTimeOffset.UnixEpoch, today.AddDays(-daysAgo), new("o", Role.Office), null, "c", 1, Act.NoTexts));
    }

    [Benchmark(Baseline = true)]
    public int Passes() => new CriticalPath(_tasks.Network, _tasks.Activities, _basis.Timeline).Finish;

    [Benchmark]
    public int WithoutLevers()
    {
        var tasks = new ProjectTasks(_basis, Supposition.Nothing(_basis.Clocks.Plan));
        return new CriticalPath(tasks.Network, tasks.Activities, _basis.Timeline).Chain().Count;
    }

    /// <summary>A project as a list of projects needs it: clocks, ledger totals, and the forecast without levers.</summary>
    [Benchmark]
    public int WithClocks()
    {
        var clocks = new ProjectClocks(_state, _timeline, _today, _calendar, LightRule.Default);
        var ledger = new ProjectLedger(clocks);
        var tasks = new ProjectTasks(new(clocks, default), Supposition.Nothing(clocks.Plan));
        var path = new CriticalPath(tasks.Network, tasks.Activities, _basis.Timeline);
        return ledger.Totals(ledger.Charges()).Sum() + path.Chain().Count;
    }

    [Benchmark]
    public ForecastView Whole() => Forecast.Of(_basis);

    private static ItemDefinition Definition(int index, Random random) => new(
        $"I{index}", "i", null, null, index % 20 == 19 ? "S4" : index % 20 == 18 ? "S3" : "S2", "ZJJ", [], random.Next(1, 20), (DayUnit)(random.Next(6) / 5), null, null,
        StatutoryStart.Acceptance, 0, true, index % 20 == 18, false, [], null, null);
}
