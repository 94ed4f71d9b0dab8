using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Forecasts;

namespace Agency.Api.Forecasts;

/// <summary>What is asked about a project.</summary>
public sealed record WhatIfBody
{
    /// <summary>At most 20, each by itself: none builds on another.</summary>
    public required ImmutableArray<ScenarioBody> Scenarios { get; init; }

    internal ImmutableArray<Scenario> ToScenarios() => [.. Scenarios.Select(s => s.ToScenario())];
}

/// <summary>What if things were otherwise; what is left out is as it is.</summary>
public sealed record ScenarioBody
{
    /// <summary>What the asker calls it; the answer repeats it.</summary>
    public required string Name { get; init; }

    /// <summary>Codes of items that would not be needed.</summary>
    public ImmutableArray<string>? Strike { get; init; }

    /// <summary>Days that an item would take instead of its limit, in the unit of that, by its code; those already used are among them.</summary>
    public IReadOnlyDictionary<string, int>? Durations { get; init; }

    /// <summary>Effective prerequisites for which the later item's approval alone would wait.</summary>
    public ImmutableArray<Edge>? Tolerant { get; init; }

    /// <summary>Approvals promised by a day, not before the day of the forecast.</summary>
    public ImmutableArray<PromisedDecision>? Decisions { get; init; }

    internal Scenario ToScenario() => new(
        Name,
        Strike ?? [],
        (Durations ?? ImmutableDictionary<string, int>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        Tolerant ?? [],
        Decisions ?? []);
}
