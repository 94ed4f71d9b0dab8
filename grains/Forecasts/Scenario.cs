using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.EventSourcing;
using Agency.Projects.Plans;

namespace Agency.Forecasts;

/// <summary>What if things were otherwise. Nothing of it is stored.</summary>
/// <param name="Name">What the asker calls it.</param>
/// <param name="Strike">Codes of items that would not be needed.</param>
/// <param name="Durations">Days that an item would take instead of its limit, in the unit of that, by its code; those already used are among them.</param>
/// <param name="Tolerant">Effective prerequisites for which the later item's approval alone would wait.</param>
/// <param name="Decisions">Approvals promised by a day.</param>
[GenerateSerializer, Immutable, Alias("agency.scenario")]
public sealed record Scenario(
    [property: Id(0)] string Name,
    [property: Id(1)] ImmutableArray<string> Strike,
    [property: Id(2)] ImmutableSortedDictionary<string, int> Durations,
    [property: Id(3)] ImmutableArray<Edge> Tolerant,
    [property: Id(4)] ImmutableArray<PromisedDecision> Decisions);

/// <summary>An item would be approved on a day, or as soon as its prerequisites are.</summary>
/// <param name="By">Not before the day from which it is forecast.</param>
[GenerateSerializer, Immutable, Alias("agency.promised-decision")]
public sealed record PromisedDecision([property: Id(0)] string Item, [property: Id(1)] DateOnly By);

/// <summary>A scenario by its effect on a project.</summary>
/// <param name="Plan">The plan without what is struck.</param>
/// <param name="Tolerant">Prerequisites that are tolerant beside those that the plan has so: index of the earlier and of the later item.</param>
/// <param name="Decided">Position by which an item is decided, by its code.</param>
internal sealed record Supposition(FlowPlan Plan, ImmutableSortedDictionary<string, int> Durations, HashSet<(int Before, int After)> Tolerant, Dictionary<string, int> Decided)
{
    public static Supposition Nothing(FlowPlan plan) => new(plan, ImmutableSortedDictionary<string, int>.Empty, [], []);
}

/// <summary>Forecasts a project under scenarios. A refusal points to the member of the request that is wrong.</summary>
internal static class WhatIf
{
    /// <summary>The most scenarios that can be asked for at once.</summary>
    public const int MostScenarios = 20;

    /// <summary>The most days that an item can be supposed to take.</summary>
    public const int MostDays = 36_500;

    /// <summary>The forecast as it is and under each scenario.</summary>
    /// <param name="plans">The project's plans.</param>
    /// <param name="view">The answer; null with a refusal.</param>
    /// <returns>Why there is none: <c>too-many-scenarios</c>, <c>unknown-item</c>, <c>duration-out-of-range</c>, <c>not-a-prerequisite</c>,
    /// <c>decision-before-forecast</c>, or why there can be no such plan (<see cref="FlowPlan.TryResolve"/>).</returns>
    public static Refusal? Of(ForecastBasis basis, ImmutableArray<Scenario> scenarios, PlanBook plans, out WhatIfView? view)
    {
        view = null;
        if (scenarios.Length > MostScenarios) return Refusal.Of("too-many-scenarios", ("max", MostScenarios));
        var suppositions = new List<Supposition>();
        foreach (var (index, scenario) in scenarios.Index())
        {
            if (Suppose(scenario, basis, plans, out var supposition) is var (at, refusal)) return refusal with { Faults = [new($"/scenarios/{index}{at}", refusal.Code, refusal.Arguments)] };
            suppositions.Add(supposition!);
        }

        var now = Forecast.Of(basis);
        view = new(now, [.. scenarios.Zip(suppositions, (scenario, what) => Compared(scenario, Forecast.Of(basis, what), now))]);
        return null;
    }

    private static ScenarioForecast Compared(Scenario scenario, ForecastView then, ForecastView now) =>
        new(scenario.Name, now.WorkingDays - then.WorkingDays, then.PromisedSlackDays - now.PromisedSlackDays, then);

    // Why it cannot be supposed, and by which member.
    private static (string At, Refusal Why)? Suppose(Scenario scenario, ForecastBasis basis, PlanBook plans, out Supposition? supposition)
    {
        supposition = null;
        var (now, timeline) = (basis.Clocks.Plan, basis.Timeline);
        foreach (var (at, code) in Named(scenario))
        {
            if (now.Find(code) is null) return (at, Refusal.Of("unknown-item", ("code", code)));
        }

        foreach (var (item, days) in scenario.Durations)
        {
            if (days is < 0 or > MostDays) return ($"/durations/{item}", Refusal.Of("duration-out-of-range", ("item", item), ("max", MostDays)));
        }

        foreach (var (index, (item, by)) in scenario.Decisions.Index())
        {
            if (by < timeline.AsOf) return ($"/decisions/{index}/by", Refusal.Of("decision-before-forecast", ("item", item), ("by", by), ("asOf", timeline.AsOf)));
        }

        var inputs = scenario.Strike.Aggregate(basis.Clocks.Timeline.Inputs, (before, code) => before.With(new ItemStruck(code), timeline.AsOf));
        if (plans.TryResolve(inputs, out var plan) is { } impossible) return ("/strike", impossible);

        var tolerant = new HashSet<(int, int)>();
        foreach (var (index, (before, after)) in scenario.Tolerant.Index())
        {
            if (!plan!.Find(after)!.Prerequisites.Any(p => p.Code == before)) return ($"/tolerant/{index}", Refusal.Of("not-a-prerequisite", ("before", before), ("after", after)));
            tolerant.Add((plan.IndexOf(before), plan.IndexOf(after)));
        }

        // Of two promises for one item the later holds: it is the surer.
        var decided = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var decision in scenario.Decisions) decided[decision.Item] = Math.Max(timeline.At(decision.By), decided.GetValueOrDefault(decision.Item));
        supposition = new(plan!, scenario.Durations, tolerant, decided);
        return null;
    }

    private static IEnumerable<(string At, string Code)> Named(Scenario scenario) =>
    [
        .. scenario.Strike.Select((code, i) => ($"/strike/{i}", code)),
        .. scenario.Durations.Keys.Select(code => ($"/durations/{code}", code)),
        .. scenario.Tolerant.SelectMany((edge, i) => new[] { ($"/tolerant/{i}/0", edge.Before), ($"/tolerant/{i}/1", edge.After) }),
        .. scenario.Decisions.Select((decision, i) => ($"/decisions/{i}/item", decision.Item)),
    ];
}
