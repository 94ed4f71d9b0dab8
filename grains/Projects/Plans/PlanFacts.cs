using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Projects.Plans;

/// <summary>What changes a project's plan; the change is in the fact, its reason in the fact's texts (domain 4.2, 4.4).</summary>
[GenerateSerializer, Immutable, Alias("agency.plan-change")]
public abstract record PlanChange : ProjectFact;

/// <summary>The office struck an item: it does not apply, whatever its conditions.</summary>
[GenerateSerializer, Immutable, Alias("agency.plan.struck")]
public sealed record ItemStruck([property: Id(0)] string Item) : PlanChange;

/// <summary>A struck item is in the plan again.</summary>
[GenerateSerializer, Immutable, Alias("agency.plan.restored")]
public sealed record ItemRestored([property: Id(0)] string Item) : PlanChange;

/// <summary>An item of the catalogue came into the plan.</summary>
/// <param name="Addition">The item with its edges, as the catalogue had them; fixed by the decider, null in a command.</param>
[GenerateSerializer, Immutable, Alias("agency.plan.added")]
public sealed record ItemAdded([property: Id(0)] string Item, [property: Id(1)] AddedItem? Addition = null) : PlanChange;

/// <summary>An item has fewer days, for acceptances on or after the fact's day.</summary>
[GenerateSerializer, Immutable, Alias("agency.plan.limit-lowered")]
public sealed record LimitLowered([property: Id(0)] string Item, [property: Id(1)] int LimitDays) : PlanChange;

/// <summary>A condition 情形 was answered after registration.</summary>
[GenerateSerializer, Immutable, Alias("agency.plan.answered")]
public sealed record ConditionAnswered([property: Id(0)] string Condition, [property: Id(1)] bool Answer) : PlanChange;

/// <summary>The project follows another flow, or another version of it.</summary>
/// <param name="Carried">What the new flow lacks and the plan keeps: added items, and those that have rounds.</param>
/// <param name="Answers">The answers that the new flow asks for, too.</param>
[GenerateSerializer, Immutable, Alias("agency.plan.flow-moved")]
public sealed record FlowMoved(
    [property: Id(0)] string Flow,
    [property: Id(1)] int FlowVersion,
    [property: Id(2)] ImmutableArray<AddedItem> Carried,
    [property: Id(3)] ImmutableSortedDictionary<string, bool> Answers) : PlanChange;

/// <summary>The project has one more work 工程.</summary>
/// <param name="Work">Its number, from 2 on, never used again; 0 in a command: the next.</param>
/// <param name="Name">What it is called.</param>
[GenerateSerializer, Immutable, Alias("agency.plan.work-divided")]
public sealed record WorkDivided([property: Id(0)] int Work, [property: Id(1)] string? Name) : PlanChange;

/// <summary>A work of which nothing was submitted is a part of the others again.</summary>
[GenerateSerializer, Immutable, Alias("agency.plan.work-merged")]
public sealed record WorkMerged([property: Id(0)] int Work) : PlanChange;
