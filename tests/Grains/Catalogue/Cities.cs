using System.Collections.Immutable;
using Agency.Catalogue;
using Agency.Silo.Catalogue;

namespace Agency.Tests.Grains.Catalogue;

/// <summary>The data that ships, and flows made small for a test.</summary>
internal static class Cities
{
    public static CityData Shipped { get; } = CityDataFiles.Load(Path.Combine(AppContext.BaseDirectory, "data"));

    public static Flow ShippedFlow(string code) =>
        FlowMaker.Make(Shipped.Flows.Single(f => f.Code == code).Draft, code, 1, Shipped, out _)!;

    /// <summary>The data that ships with other flows.</summary>
    public static CityData With(ImmutableArray<ShippedFlow> flows) => CityData.Check(
        new(Shipped.City, Shipped.Organs, Shipped.Clusters, Shipped.Stages, [.. Shipped.Procedures.Values], Shipped.Conditions,
            [.. Shipped.Items.Select(i => new CatalogueItemDraft(FlowMaker.Draft(new FlowItem(i.Definition, null, [])), i.After, i.NeededBefore, i.Reserved))], flows, Shipped.Service, Shipped.Reviews, Shipped.Reminders),
        out _)!;

    /// <summary>The data that ships with these items reserved, and no others.</summary>
    public static CityData Reserving(params string[] items) => CityData.Check(
        new(Shipped.City, Shipped.Organs, Shipped.Clusters, Shipped.Stages, [.. Shipped.Procedures.Values], Shipped.Conditions,
            [.. Shipped.Items.Select(i => new CatalogueItemDraft(FlowMaker.Draft(new FlowItem(i.Definition, null, [])), i.After, i.NeededBefore, items.Contains(i.Definition.Code)))], Shipped.Flows, Shipped.Service, Shipped.Reviews, Shipped.Reminders),
        out _)!;

    /// <summary>A flow of these items alone, limits and all else as a draft may have them.</summary>
    public static FlowDraft Draft(params ItemDraft[] items) => new("试", new(2026, 1, 1), 30, [new("S1", 30)], [.. items]);

    /// <summary>An item that the catalogue lacks.</summary>
    public static ItemDraft Own(string code, string? condition = null, params string[] appliesIf) =>
        new(code, condition, appliesIf.Length == 0 ? null : [.. appliesIf], Name: code, Stage: "S1", Organ: "SWJ", LimitDays: 5);

    public static FlowItem Item(string code, string? condition = null, params ReadOnlySpan<string> appliesIf) => new(
        new(code, code, null, null, "S1", "SWJ", [], 5, DayUnit.WorkingDays, null, null, StatutoryStart.Acceptance, 0, true, false, false, [], null, null),
        condition,
        [.. appliesIf]);

    public static Flow Flow(IEnumerable<FlowItem> items, IEnumerable<Edge>? own, IEnumerable<Edge> tolerant, IEnumerable<Edge> catalogue, params ExclusiveGroup[] groups)
    {
        ImmutableArray<FlowItem> all = [.. items];
        return new("T", 1, "试", null, new(2026, 1, 1), 30, null, [], [.. all.Where(i => i.Condition is not null).Select(i => i.Condition!).Distinct().Select(c => new Condition(c, "?"))],
            all, own?.ToImmutableArray(), [.. tolerant], [.. groups], [.. catalogue]);
    }

    public static FlowPlan Resolve(PlanSource source) => FlowPlan.TryResolve(source, out var plan, out var refusal) ? plan : throw new InvalidOperationException(refusal.Code);

    public static PlanSource Source(Flow flow, params (string Condition, bool Yes)[] answers) => new(flow, answers.ToImmutableDictionary(a => a.Condition, a => a.Yes));
}
