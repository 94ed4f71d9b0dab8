using System.Collections.Immutable;

namespace Agency.Catalogue;

/// <summary>One version of a flow 审批流程类型, complete in itself: a project that names it needs nothing else of the catalogue, and
/// no later edit of the catalogue changes it.</summary>
/// <param name="Code">The flow's code: <c>GOV_HOUSE</c>.</param>
/// <param name="Version">From 1; never changed once given.</param>
/// <param name="EffectiveFrom">The first day on which registrations take it.</param>
/// <param name="TotalLimitDays">Limit of the approval days of the whole project, working days, at most 120.</param>
/// <param name="PlannedConstructionDays">Natural days from S3's milestone to the works' end, where a project does not say.</param>
/// <param name="Stages">S1 to S4 with their limits; they add up to the total.</param>
/// <param name="Conditions">The questions 情形 that the flow's items depend on.</param>
/// <param name="Items">The flow's items, in its order.</param>
/// <param name="Edges">The flow's own prerequisites; null: those of the catalogue.</param>
/// <param name="TolerantEdges">Prerequisites for which the later item's approval alone waits.</param>
/// <param name="ExclusiveGroups">Items of which at most, or exactly, one applies.</param>
/// <param name="CatalogueEdges">Every prerequisite of the catalogue as it was when the version was made; through them a prerequisite
/// that the flow lacks is replaced by its own.</param>
[GenerateSerializer, Immutable, Alias("agency.flow")]
public sealed record Flow(
    [property: Id(0)] string Code,
    [property: Id(1)] int Version,
    [property: Id(2)] string Name,
    [property: Id(3)] string? NameEn,
    [property: Id(4)] DateOnly EffectiveFrom,
    [property: Id(5)] int TotalLimitDays,
    [property: Id(6)] int? PlannedConstructionDays,
    [property: Id(7)] ImmutableArray<FlowStage> Stages,
    [property: Id(8)] ImmutableArray<Condition> Conditions,
    [property: Id(9)] ImmutableArray<FlowItem> Items,
    [property: Id(10)] ImmutableArray<Edge>? Edges,
    [property: Id(11)] ImmutableArray<Edge> TolerantEdges,
    [property: Id(12)] ImmutableArray<ExclusiveGroup> ExclusiveGroups,
    [property: Id(13)] ImmutableArray<Edge> CatalogueEdges);

/// <summary>A stage with its limit in working days.</summary>
/// <param name="Lead">Code of the organ that leads the stage 牵头部门.</param>
[GenerateSerializer, Immutable, Alias("agency.flow-stage")]
public sealed record FlowStage(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] string? NameEn,
    [property: Id(3)] string Lead,
    [property: Id(4)] int LimitDays,
    [property: Id(5)] MilestoneRule MilestoneRule)
{
    /// <summary>Stage of the construction start permit 施工许可: once it is reached, a work is built.</summary>
    public const string StartPermit = "S3";

    /// <summary>Stage of the completion acceptance 竣工验收: its items wait until a work is built.</summary>
    public const string Completion = "S4";
}

/// <summary>A yes/no question 情形 that decides whether items apply.</summary>
[GenerateSerializer, Immutable, Alias("agency.condition")]
public sealed record Condition([property: Id(0)] string Code, [property: Id(1)] string Question);

/// <summary>An item of a flow, and when it applies.</summary>
/// <param name="Definition">The item with all that the flow changes about it.</param>
/// <param name="Condition">It applies if this is answered yes; null: no condition.</param>
/// <param name="AppliesIf">It applies if any of these items does; empty: no such rule.</param>
[GenerateSerializer, Immutable, Alias("agency.flow-item")]
public sealed record FlowItem(
    [property: Id(0)] ItemDefinition Definition,
    [property: Id(1)] string? Condition,
    [property: Id(2)] ImmutableArray<string> AppliesIf);

/// <summary>How many of a group's items apply.</summary>
public enum ExclusiveRule
{
    AtMostOne,
    ExactlyOne,
}

/// <summary>Items that exclude each other 互斥事项.</summary>
[GenerateSerializer, Immutable, Alias("agency.exclusive-group")]
public sealed record ExclusiveGroup(
    [property: Id(0)] string Code,
    [property: Id(1)] ImmutableArray<string> Items,
    [property: Id(2)] ExclusiveRule Rule);
