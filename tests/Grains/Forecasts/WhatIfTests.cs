using System.Collections.Immutable;
using Agency.Approvals;
using Agency.Catalogue;
using Agency.Forecasts;
using static Agency.Tests.Grains.Forecasts.ForecastTests;

namespace Agency.Tests.Grains.Forecasts;

/// <summary>What would be if. Monday 2 March 2026, as in <see cref="ForecastTests"/>.</summary>
public sealed class WhatIfTests
{
    private static readonly Given _chain = new([Item("A", 5), Item("B", 3), Item("C", 2)], [new("A", "B"), new("B", "C")]);

    [Fact]
    public void A_struck_item_gives_way_to_its_own_prerequisites()
    {
        var then = Ask(_chain, Scenario(strike: ["B"]));
        Assert.Equal((3, 3), (then.GainDays, then.PromisedGainDays));
        Assert.Equal(["A", "C"], then.Forecast.CriticalPath);
    }

    [Fact]
    public void What_applies_because_of_a_struck_item_applies_no_more()
    {
        var given = new Given([Item("A", 5), Item("B", 3) with { AppliesIf = ["A"] }], [new("A", "B")]);
        Assert.Equal((8, 0), (Ask(given, Scenario(strike: ["A"])).GainDays, Ask(given, Scenario(strike: ["A"])).Forecast.Items.Length));
    }

    [Fact]
    public void A_duration_takes_the_place_of_the_limit_and_days_used_are_among_it()
    {
        var given = new Given([Item("A", 5)], []).With(new(2026, 2, 28), new Submission("A", []), new Acceptance("A", [], Given.Terms(5)));
        Assert.Equal(2, Ask(given, Scenario(durations: ("A", 3))).GainDays);
        Assert.Equal(4, Ask(given, Scenario(durations: ("A", 0))).GainDays);
        Assert.Equal(-4, Ask(_chain, Scenario(durations: ("A", 9))).GainDays);
    }

    [Fact]
    public void A_prerequisite_made_tolerant_lets_the_later_item_begin() =>
        Assert.Equal(3, Ask(_chain, Scenario(tolerant: new Edge("A", "B"))).GainDays);

    [Fact]
    public void A_promised_decision_takes_no_days_of_its_own()
    {
        var then = Ask(_chain, Scenario(decision: new("A", new(2026, 3, 4))));
        Assert.Equal((3, 5), (then.GainDays, then.PromisedGainDays));
    }

    [Fact]
    public void A_promised_decision_waits_for_its_prerequisites() =>
        Assert.Equal(3, Ask(_chain, Scenario(decision: new("B", new(2026, 3, 3)))).GainDays);

    [Fact]
    public void Scenarios_do_not_touch_each_other()
    {
        Assert.Null(WhatIf.Of(_chain.Basis(), [Scenario(strike: ["A"]), Scenario(strike: ["B"]), Scenario()], _chain.Plans, out var view));
        Assert.Equal([5, 3, 0], view!.Scenarios.Select(s => s.GainDays));
        Assert.Equal(10, view.Forecast.WorkingDays);
    }

    [Fact]
    public void What_cannot_be_supposed_is_refused_and_says_why()
    {
        Assert.Equal("unknown-item", Refused(Scenario(strike: ["X"])));
        Assert.Equal("unknown-item", Refused(Scenario(durations: ("X", 1))));
        Assert.Equal("unknown-item", Refused(Scenario(tolerant: new Edge("A", "X"))));
        Assert.Equal("unknown-item", Refused(Scenario(decision: new("X", new(2026, 3, 3)))));
        Assert.Equal("duration-out-of-range", Refused(Scenario(durations: ("A", -1))));
        Assert.Equal("duration-out-of-range", Refused(Scenario(durations: ("A", WhatIf.MostDays + 1))));
        Assert.Equal("not-a-prerequisite", Refused(Scenario(tolerant: new Edge("A", "C"))));
        Assert.Equal("not-a-prerequisite", Refused(Scenario(strike: ["A"], tolerant: new Edge("A", "B"))));
        Assert.Equal("decision-before-forecast", Refused(Scenario(decision: new("A", new(2026, 3, 1)))));
        Assert.Equal("too-many-scenarios", Refused([.. Enumerable.Repeat(Scenario(), WhatIf.MostScenarios + 1)]));
        Assert.Null(Refused([.. Enumerable.Repeat(Scenario(), WhatIf.MostScenarios)]));
    }

    private static Scenario Scenario(ImmutableArray<string>? strike = null, (string Item, int Days)? durations = null, Edge? tolerant = null, PromisedDecision? decision = null) => new(
        "s",
        strike ?? [],
        durations is { } d ? ImmutableSortedDictionary<string, int>.Empty.Add(d.Item, d.Days) : ImmutableSortedDictionary<string, int>.Empty,
        tolerant is { } edge ? [edge] : [],
        decision is null ? [] : [decision]);

    private static ScenarioForecast Ask(Given given, Scenario scenario)
    {
        Assert.Null(WhatIf.Of(given.Basis(), [scenario], given.Plans, out var view));
        return view!.Scenarios.Single();
    }

    private static string? Refused(params ImmutableArray<Scenario> scenarios)
    {
        var refusal = WhatIf.Of(_chain.Basis(), scenarios, _chain.Plans, out var view);
        Assert.Equal(refusal is null, view is not null);
        return refusal?.Code;
    }
}
