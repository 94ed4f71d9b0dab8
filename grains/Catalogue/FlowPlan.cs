using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Agency.EventSourcing;

namespace Agency.Catalogue;

/// <summary>Whether an item is part of a project's plan (domain 4.2).</summary>
public enum Applicability
{
    /// <summary>A question that decides it is not answered yet; whatever depends on it waits.</summary>
    Undetermined,

    /// <summary>It is not: its own prerequisites take its place.</summary>
    NotApplicable,

    /// <summary>It is.</summary>
    Applies,
}

/// <summary>All that a project's plan follows from. A change of the plan is a changed source, resolved anew.</summary>
/// <param name="Flow">The flow version that the project follows.</param>
/// <param name="Answers">Condition code → yes or no; what is missing is unanswered.</param>
/// <param name="Struck">Codes of the items that the office has struck; a code that the plan lacks means nothing.</param>
/// <param name="Added">Items that the flow lacks, in the order in which they were added.</param>
public sealed record PlanSource(
    Flow Flow,
    ImmutableDictionary<string, bool> Answers,
    ImmutableHashSet<string> Struck,
    ImmutableArray<AddedItem> Added)
{
    public PlanSource(Flow flow, ImmutableDictionary<string, bool> answers)
        : this(flow, answers, [], [])
    {
    }
}

/// <summary>An item that was added to a project's plan, with the prerequisites that it brought.</summary>
/// <param name="Item">The item; as a rule without condition, so that it applies.</param>
/// <param name="Edges">The catalogue's edges that touch it, as they were when it was added: the flow version may be older.</param>
[GenerateSerializer, Immutable, Alias("agency.added-item")]
public sealed record AddedItem([property: Id(0)] FlowItem Item, [property: Id(1)] ImmutableArray<Edge> Edges);

/// <summary>An item that must be approved before another is.</summary>
/// <param name="Index">Its index in <see cref="FlowPlan.Items"/>.</param>
/// <param name="Code">Its code.</param>
/// <param name="Tolerant">Whether the later item may be submitted and accepted without it, so that only its approval waits.</param>
public readonly record struct Prerequisite(int Index, string Code, bool Tolerant);

/// <summary>An item as a project's plan has it.</summary>
/// <param name="Index">Its index in <see cref="FlowPlan.Items"/>.</param>
/// <param name="Item">The item as the flow, or its addition, defines it.</param>
/// <param name="Applicability">Whether it applies.</param>
/// <param name="Prerequisites">Its effective prerequisites (domain 4.3), in the plan's order: each applies or is undetermined.</param>
/// <param name="Dependants">Indices of the items that have it among their prerequisites, in the plan's order.</param>
public sealed record PlannedItem(
    int Index,
    FlowItem Item,
    Applicability Applicability,
    ImmutableArray<Prerequisite> Prerequisites,
    ImmutableArray<int> Dependants)
{
    public string Code => Item.Definition.Code;

    public ItemDefinition Definition => Item.Definition;
}

/// <summary>The plan of a project: which items apply, and what each must wait for. Immutable; looked up by code or index.</summary>
public sealed class FlowPlan
{
    private readonly Dictionary<string, int> _indices;

    internal FlowPlan(PlanSource source, ImmutableArray<PlannedItem> items)
    {
        (Source, Items) = (source, items);
        _indices = items.ToDictionary(i => i.Code, i => i.Index, StringComparer.Ordinal);
    }

    /// <summary>What it was resolved from.</summary>
    public PlanSource Source { get; }

    /// <summary>The flow's items in its order, then the added ones in the order of their addition.</summary>
    public ImmutableArray<PlannedItem> Items { get; }

    /// <summary>Resolves <paramref name="source"/>.</summary>
    /// <param name="refusal">Why there is no such plan: <c>unknown-condition</c> (an answer to a question that the plan does not ask),
    /// <c>exclusive-group-conflict</c> (two items of a group answered yes), <c>item-already-in-plan</c> (added twice, or the flow has
    /// it), <c>circle</c> (only possible by an added item whose catalogue edges run against the flow's own).</param>
    public static bool TryResolve(PlanSource source, [NotNullWhen(true)] out FlowPlan? plan, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = PlanResolver.Resolve(source, out var items);
        plan = refusal is null ? new(source, items) : null;
        return refusal is null;
    }

    /// <summary>The item's index; -1 if the plan lacks it.</summary>
    public int IndexOf(string code) => _indices.GetValueOrDefault(code, -1);

    /// <summary>The item; null if the plan lacks it.</summary>
    public PlannedItem? Find(string code) => _indices.TryGetValue(code, out var index) ? Items[index] : null;
}
