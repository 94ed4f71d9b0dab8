using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Clocks;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Forecasts;
using Agency.People;
using Agency.Projects;
using Agency.Projects.Plans;
using Agency.Tests.Grains.Calendar;
using Agency.Tests.Oracle;

namespace Agency.Tests.Grains.Forecasts;

/// <summary>A random project under way, as its record, and in the words of the slow forecast.</summary>
internal sealed class RandomForecast
{
    private static readonly string[] _stages = ["S1", "S2", "S3", "S4", "SP"];
    private static readonly SlowCalendar _slow = new(Shipped.Years.Values.SelectMany(y => y.Off), Shipped.Years.Values.SelectMany(y => y.Work));

    private readonly Random _random;
    private readonly DateOnly _asOf;
    private readonly List<Entry<ProjectFact>> _entries = [];
    private readonly Dictionary<string, SlowForecastItem> _begun = [];

    /// <param name="seed">The same seed, the same project.</param>
    /// <param name="items">How many items the flow has.</param>
    /// <param name="edges">About how many prerequisites.</param>
    /// <param name="begun">Whether items have been through anything.</param>
    public RandomForecast(int seed, int items, int edges, bool begun)
    {
        _random = new(seed);
        _asOf = new DateOnly(2024, 3, 1).AddDays(_random.Next(600));
        var flow = Flow(items, edges);
        Plans.Add(flow);
        int? construction = _random.Next(3) == 0 ? null : _random.Next(200);
        var details = new ProjectDetails("n", "o", "c", "d", KeyLevel.Other, null, null, construction, []);
        var answers = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, flow.Conditions.Where(_ => _random.Next(3) != 0).Select(c => KeyValuePair.Create(c.Code, _random.Next(2) == 0)));
        var none = ImmutableSortedDictionary<string, Authority>.Empty;
        Record(new ProjectRegistered("p", flow.Code, 1, "511302", Authority.City, none, answers, details), Registered);
        if (begun && _random.Next(3) == 0) Record(new WorkDivided(2, null), Registered);
        Plan = Plans.Of(ProjectState.None.With(_entries).Plan!);
        foreach (var item in Plan.Items.Where(_ => begun && _random.Next(2) == 0)) Begin(item);
        foreach (var item in Plan.Items.Where(i => !_begun.ContainsKey(i.Code) && i.Definition.LimitDays > 1 && _random.Next(8) == 0))
        {
            Record(new LimitLowered(item.Code, item.Definition.LimitDays - 1), Past());
            _begun[item.Code] = New(item) with { LimitDays = item.Definition.LimitDays - 1 };
        }

        var works = ProjectState.None.With(_entries).Plan!.Works;
        int[] finished = [.. works.Where(_ => begun && _random.Next(5) == 0)];
        foreach (var work in finished) Record(new WorksFinished(work, _asOf), _asOf);
        if (begun && _random.Next(6) == 0) Record(new ProjectPaused(null), _asOf);

        State = ProjectState.None.With(_entries);
        Plan = Plans.Of(State.Plan!);
        SlowForecastItem[] slow = [.. Plan.Items.Select(Slowly)];
        var (window, lag) = (_random.Next(3) == 0 ? 5 : _random.Next(2), _random.Next(3) == 0 ? _random.Next(12) : 0);
        Basis = new(new(State, PlanTimeline.Of(State, Plan, Plans), _asOf, Shipped.Calendar, LightRule.Default), new(window, lag));
        Slow = new(_asOf, slow)
        {
            Window = window,
            OwnerLag = lag,
            ConstructionDays = construction,
            Works = works,
            FinishedWorks = finished,
            PermitRule = $"{flow.Stages[2].MilestoneRule}".ToLowerInvariant(),
            TotalLimitDays = flow.TotalLimitDays,
        };
    }

    public PlanBook Plans { get; } = new();

    public FlowPlan Plan { get; }

    public ProjectState State { get; }

    public ForecastBasis Basis { get; }

    public SlowForecastProject Slow { get; }

    public DateOnly AsOf => _asOf;

    public static SlowForecast By(SlowForecastProject project) => new(_slow, project);

    private DateOnly Registered => _asOf.AddDays(-60);

    private Flow Flow(int count, int edges)
    {
        ImmutableArray<FlowItem> items = [.. Enumerable.Range(0, count).Select(i => new FlowItem(Definition(i), _random.Next(8) == 0 ? $"Q{_random.Next(3)}" : null, []))];
        var pairs = new HashSet<Edge>();
        for (var i = 0; i < edges && count > 1; i++)
        {
            var after = _random.Next(1, count);
            pairs.Add(new($"I{_random.Next(after)}", $"I{after}"));
        }

        return new(
            "F", 1, "f", null, new(2020, 1, 1), _random.Next(1, 60), null,
            [.. _stages.Take(4).Select(s => new FlowStage(s, s, null, "ZJJ", 10, (MilestoneRule)_random.Next(3)))],
            [new("Q0", "?"), new("Q1", "?"), new("Q2", "?")], items, [.. pairs], [.. pairs.Where(_ => _random.Next(5) == 0)], [], []);
    }

    private ItemDefinition Definition(int index) => new(
        $"I{index}", "i", null, null, _stages[_random.Next(5)], "ZJJ", [], _random.Next(9), (DayUnit)(_random.Next(3) / 2), null, null, StatutoryStart.Acceptance, 10,
        _random.Next(4) != 0, _random.Next(2) == 0, false, [], null, null);

    private void Begin(PlannedItem item)
    {
        var (code, definition, slow) = (item.Code, item.Definition, New(item) with { EverSubmitted = true });
        var terms = new Terms("d", definition.LimitDays, definition.LimitUnit, 10, null, null, StatutoryStart.Acceptance);
        var (past, counted) = (Past(), new List<(DateOnly, DateOnly)>());
        if (_random.Next(5) == 0)
        {
            Record(new Submission(code, []), past);
            Record(new Acceptance(code, [], terms), past = Later(past));
            var denied = Later(past);
            Record(new ItemDecision(code, DecisionOutcome.Denied, null, []), denied);
            counted.Add((past, denied));
            past = denied;
        }

        var phase = (SlowPhase)_random.Next(7);
        if (phase == SlowPhase.ToSubmit && counted.Count == 0) phase = SlowPhase.Submitted;
        if (phase == SlowPhase.ToSubmit)
        {
            _begun[code] = slow with { Counted = counted };
            return;
        }

        Record(new Submission(code, []), past = Later(past));
        slow = slow with { ReceivedOn = past, Phase = phase };
        if (phase == SlowPhase.SupplementRequested) Record(new SupplementRequest(code, [], null), Later(past));
        if (phase is SlowPhase.Submitted or SlowPhase.SupplementRequested)
        {
            _begun[code] = slow with { Counted = counted };
            return;
        }

        var accepted = Later(past);
        Record(new Acceptance(code, [], terms), accepted);
        var until = Later(accepted);
        var ends = new List<DateOnly>();
        switch (phase)
        {
            case SlowPhase.Running:
                if (_random.Next(3) == 0)
                {
                    var days = _random.Next(1, 10);
                    Record(new Extension(code, days), until);
                    slow = slow with { LimitDays = slow.LimitDays + days };
                }

                until = _asOf;
                break;
            case SlowPhase.Suspended:
                for (var (i, on) = (0, until); i < _random.Next(1, 3); i++, on = Later(on))
                {
                    var days = _random.Next(1, 30);
                    Record(new Suspension(code, $"P{i}", days), on);
                    ends.Add(definition.LimitUnit == DayUnit.WorkingDays ? _slow.WorkingDaysAfter(on, days) : _slow.OnOrAfter(on.AddDays(days)));
                }

                break;
            case SlowPhase.AwaitingConfirmation:
                Record(new ItemDecision(code, DecisionOutcome.Approved, null, [], AwaitsConfirmation: true), until);
                break;
            case SlowPhase.Approved:
                Record(new ItemDecision(code, DecisionOutcome.Approved, null, []), until);
                slow = slow with { ApprovedOn = until };
                break;
        }

        // A denied round's days count into the project's, not into the clock of the one that runs.
        _begun[code] = slow with
        {
            LimitDays = slow.LimitDays + counted.Sum(c => definition.LimitUnit == DayUnit.WorkingDays ? _slow.WorkingDaysBetween(c.Item1, c.Item2) : c.Item2.DayNumber - c.Item1.DayNumber),
            Counted = [.. counted, (accepted, until)],
            ProcedureEnds = ends.Count > 0 ? ends.Max() : null,
        };
    }

    private static SlowForecastItem New(PlannedItem item) => new(item.Code, item.Definition.Stage, item.Definition.LimitDays, (SlowUnit)item.Definition.LimitUnit)
    {
        Work = item.Code.Contains('@', StringComparison.Ordinal) ? 2 : 1,
        Counts = item.Definition.CountsInTotal,
        Milestone = item.Definition.Milestone,
    };

    private SlowForecastItem Slowly(PlannedItem item)
    {
        var slow = _begun.GetValueOrDefault(item.Code) ?? New(item);
        var phase = item.Applicability switch
        {
            Applicability.Undetermined => SlowPhase.Undetermined,
            Applicability.NotApplicable => SlowPhase.NotApplicable,
            _ => slow.Phase,
        };
        var ready = item.Prerequisites.All(p => p.Tolerant || State.Item(p.Code).ApprovedOn is not null);
        return slow with
        {
            Phase = phase,
            Prerequisites = [.. item.Prerequisites.Select(p => (p.Code, p.Tolerant))],
            ReadyOn = phase == SlowPhase.ToSubmit && ready ? ReadyOn(item) : null,
        };
    }

    private DateOnly ReadyOn(PlannedItem item)
    {
        var ready = item.Prerequisites.Where(p => !p.Tolerant).Select(p => State.Item(p.Code).ApprovedOn!.Value).Append(Registered).Max();
        return State.Item(item.Code).Rounds is [var first, ..] && first.SubmittedOn < ready ? first.SubmittedOn : ready;
    }

    private DateOnly Past() => _asOf.AddDays(-_random.Next(60));

    private DateOnly Later(DateOnly day) => day.AddDays(_random.Next(Math.Min(12, _asOf.DayNumber - day.DayNumber + 1)));

    private void Record(ProjectFact fact, DateOnly day) =>
        _entries.Add(new(_entries.Count + 1, fact, new(day, new(4, 0), TimeSpan.Zero), day, new("o", Role.Office), null, "c", 1, Act.NoTexts));
}
