using System.Collections.Frozen;
using System.Collections.Immutable;
using Agency.EventSourcing;
using Agency.Reminders;
using Agency.Reviews;
using Agency.Services;

namespace Agency.Catalogue;

/// <summary>A stage as the catalogue has it; a flow adds its limit.</summary>
/// <param name="ExchangeCode">Its number in the data exchange with the province.</param>
/// <param name="Lead">Code of the organ that leads it.</param>
public sealed record CatalogueStage(string Code, int ExchangeCode, string Name, string? NameEn, string Lead, MilestoneRule MilestoneRule);

/// <summary>A procedure whose time the law does not count 特别程序.</summary>
/// <param name="MaxDays">The most working days that a suspension for it may announce; null: no maximum.</param>
/// <param name="TypicalDays">Working days that it takes as a rule; null: not said.</param>
public sealed record Procedure(string Code, string Name, string? NameEn, int? MaxDays, int? TypicalDays, string? LegalBasis)
{
    /// <summary>The most working days that a suspension may announce where the procedure has no maximum.</summary>
    public const int LongestDays = 1000;
}

/// <summary>An item of the catalogue with the prerequisites that it declares.</summary>
/// <param name="After">Items that come before it.</param>
/// <param name="NeededBefore">Items that come after it.</param>
/// <param name="Reserved">Whether silence in a review session never is agreement to what touches it (domain 11.4).</param>
public sealed record CatalogueItem(ItemDefinition Definition, ImmutableArray<string> After, ImmutableArray<string> NeededBefore, bool Reserved);

/// <summary>An item of the catalogue as it is written down.</summary>
public sealed record CatalogueItemDraft(ItemDraft Draft, ImmutableArray<string> After, ImmutableArray<string> NeededBefore, bool Reserved = false);

/// <summary>A flow that comes with the service.</summary>
/// <param name="ExchangeType">Its number in the data exchange with the province; null: none.</param>
public sealed record ShippedFlow(string Code, int? ExchangeType, FlowDraft Draft);

/// <summary>All that stands in data/ but the holidays, as it is written down.</summary>
public sealed record CityDraft(
    City City,
    ImmutableArray<Organ> Organs,
    ImmutableArray<Cluster> Clusters,
    ImmutableArray<CatalogueStage> Stages,
    ImmutableArray<Procedure> Procedures,
    ImmutableArray<Condition> Conditions,
    ImmutableArray<CatalogueItemDraft> Items,
    ImmutableArray<ShippedFlow> Flows,
    ServiceRules Service,
    ReviewRules Reviews,
    ReminderRules Reminders);

/// <summary>The facts that a city edits, checked: organs, districts, clusters, the catalogue and the rules of the service. Immutable, one per process, read at start.</summary>
public sealed class CityData
{
    private readonly FrozenDictionary<string, CatalogueItem> _items;
    private readonly FrozenDictionary<string, Organ> _organs;

    internal CityData(CityDraft draft, ImmutableArray<CatalogueItem> items)
    {
        (City, Organs, Clusters, Stages, Conditions, Items, Flows, Service, Reviews, Reminders) =
            (draft.City, draft.Organs, draft.Clusters, draft.Stages, draft.Conditions, items, draft.Flows, draft.Service, draft.Reviews, draft.Reminders);
        Procedures = new OrderedDictionary<string, Procedure>(draft.Procedures.Select(p => KeyValuePair.Create(p.Code, p)), StringComparer.Ordinal);
        Edges = [.. items.SelectMany(EdgesOf).Distinct()];
        _items = items.ToFrozenDictionary(i => i.Definition.Code, StringComparer.Ordinal);
        _organs = Organs.ToFrozenDictionary(o => o.Code, StringComparer.Ordinal);
    }

    public City City { get; }

    public ImmutableArray<Organ> Organs { get; }

    public ImmutableArray<Cluster> Clusters { get; }

    public ImmutableArray<CatalogueStage> Stages { get; }

    /// <summary>The procedures by code, in the order of the data.</summary>
    public IReadOnlyDictionary<string, Procedure> Procedures { get; }

    public ImmutableArray<Condition> Conditions { get; }

    public ImmutableArray<CatalogueItem> Items { get; }

    public ImmutableArray<ShippedFlow> Flows { get; }

    /// <summary>What the service to projects counts by.</summary>
    public ServiceRules Service { get; }

    /// <summary>What review sessions count by.</summary>
    public ReviewRules Reviews { get; }

    /// <summary>When and whom the service reminds.</summary>
    public ReminderRules Reminders { get; }

    /// <summary>Every prerequisite that an item's <c>after</c> or <c>neededBefore</c> declares, once.</summary>
    public ImmutableArray<Edge> Edges { get; }

    /// <summary>Checks what is written down.</summary>
    /// <param name="problems">All that is wrong, each with its file and the place in it; empty when there is data.</param>
    public static CityData? Check(CityDraft draft, out ImmutableArray<CityProblem> problems) => CityCheck.Run(draft, out problems);

    /// <summary>The item; null if the catalogue lacks it.</summary>
    public CatalogueItem? Item(string code) => _items.GetValueOrDefault(code);

    /// <summary>The procedure; null if there is none of this code.</summary>
    public Procedure? Procedure(string code) => Procedures.GetValueOrDefault(code);

    /// <summary>The organ; null if there is none of this code.</summary>
    public Organ? Organ(string code) => _organs.GetValueOrDefault(code);

    /// <summary>What the plan of a project takes on when the office adds this item; null if the catalogue lacks it.</summary>
    public AddedItem? Addition(string code) => Item(code) is { } item
        ? new(new(item.Definition, null, []), [.. Edges.Where(e => e.Before == code || e.After == code)])
        : null;

    internal static IEnumerable<Edge> EdgesOf(CatalogueItem item) =>
        [.. item.After.Select(before => new Edge(before, item.Definition.Code)), .. item.NeededBefore.Select(after => new Edge(item.Definition.Code, after))];
}

/// <summary>What is wrong in data/.</summary>
/// <param name="File">The file: <c>catalogue.json</c>.</param>
/// <param name="Fault">Where in it, and what.</param>
public sealed record CityProblem(string File, Fault Fault)
{
    public override string ToString()
    {
        var arguments = string.Join(", ", Fault.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} {a.Value}"));
        return $"data/{File}{(Fault.At.Length == 0 ? "" : $" at {Fault.At}")}: {Fault.Code.Replace('-', ' ')}{(arguments.Length == 0 ? "" : $" ({arguments})")}";
    }
}
