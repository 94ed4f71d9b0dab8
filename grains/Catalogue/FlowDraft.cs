using System.Collections.Immutable;

namespace Agency.Catalogue;

/// <summary>A flow as it is written down, in data/catalogue.json and by an administrator: what an entry of the items does not say comes
/// from the catalogue. <see cref="FlowMaker"/> makes a <see cref="Flow"/> of it.</summary>
/// <param name="EffectiveFrom">The first day on which registrations take it.</param>
/// <param name="TotalLimitDays">Limit of the project's approval days, working days, 1 to 120.</param>
/// <param name="Stages">S1 to S4, each at most once; their limits add up to the total.</param>
/// <param name="PlannedConstructionDays">Natural days from S3's milestone to the works' end, where a project does not say.</param>
/// <param name="Conditions">The flow's own questions, besides those of the catalogue.</param>
/// <param name="Edges">Given, they are the prerequisites of this flow and name only its own items; left out, the catalogue's count.</param>
/// <param name="TolerantEdges">Edges of the graph for which the later item's approval alone waits.</param>
[GenerateSerializer, Immutable, Alias("agency.flow-draft")]
public sealed record FlowDraft(
    [property: Id(0)] string Name,
    [property: Id(1)] DateOnly EffectiveFrom,
    [property: Id(2)] int TotalLimitDays,
    [property: Id(3)] ImmutableArray<StageDraft> Stages,
    [property: Id(4)] ImmutableArray<ItemDraft> Items,
    [property: Id(5)] string? NameEn = null,
    [property: Id(6)] int? PlannedConstructionDays = null,
    [property: Id(7)] ImmutableArray<Condition>? Conditions = null,
    [property: Id(8)] ImmutableArray<Edge>? Edges = null,
    [property: Id(9)] ImmutableArray<Edge>? TolerantEdges = null,
    [property: Id(10)] ImmutableArray<ExclusiveGroup>? ExclusiveGroups = null);

/// <summary>A stage's limit, and its milestone rule where it is not the catalogue's.</summary>
[GenerateSerializer, Immutable, Alias("agency.stage-draft")]
public sealed record StageDraft(
    [property: Id(0)] string Code,
    [property: Id(1)] int LimitDays,
    [property: Id(2)] MilestoneRule? MilestoneRule = null);

/// <summary>An entry of a flow's items. What it does not say is the catalogue's; an item that the catalogue lacks says name, stage, organ
/// and limitDays at least, and for the rest: working days, counted in the total, no milestone, no extension, no deemed acceptance, no
/// statutory limit, no materials.</summary>
/// <param name="Item">The item's code.</param>
/// <param name="Condition">It applies if this is answered yes.</param>
/// <param name="AppliesIf">It applies if any of these items does; never together with a condition.</param>
[GenerateSerializer, Immutable, Alias("agency.item-draft")]
public sealed record ItemDraft(
    [property: Id(0)] string Item,
    [property: Id(1)] string? Condition = null,
    [property: Id(2)] ImmutableArray<string>? AppliesIf = null,
    [property: Id(3)] string? Name = null,
    [property: Id(4)] string? NameEn = null,
    [property: Id(5)] string? Category = null,
    [property: Id(6)] string? Stage = null,
    [property: Id(7)] string? Organ = null,
    [property: Id(8)] ImmutableArray<string>? With = null,
    [property: Id(9)] int? LimitDays = null,
    [property: Id(10)] DayUnit? LimitUnit = null,
    [property: Id(11)] int? StatutoryDays = null,
    [property: Id(12)] DayUnit? StatutoryUnit = null,
    [property: Id(13)] StatutoryStart? StatutoryStart = null,
    [property: Id(14)] int? MaxExtensionDays = null,
    [property: Id(15)] bool? CountsInTotal = null,
    [property: Id(16)] bool? Milestone = null,
    [property: Id(17)] bool? DeemedAcceptance = null,
    [property: Id(18)] ImmutableArray<Material>? Materials = null,
    [property: Id(19)] string? Result = null,
    [property: Id(20)] string? LegalBasis = null);
