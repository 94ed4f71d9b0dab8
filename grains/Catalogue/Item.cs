using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Agency.Catalogue;

/// <summary>In which days a limit counts (domain 6.3).</summary>
public enum DayUnit
{
    WorkingDays,
    NaturalDays,
}

/// <summary>From when a statutory limit runs (domain 6.4).</summary>
public enum StatutoryStart
{
    Acceptance,
    Receipt,
}

/// <summary>What completes a stage (domain 6.7).</summary>
public enum MilestoneRule
{
    /// <summary>All of its applicable milestone items.</summary>
    All,

    /// <summary>Any one of them.</summary>
    Any,

    /// <summary>It has none: the stage is reached when it is complete.</summary>
    None,
}

/// <summary>A material that an application needs.</summary>
/// <param name="Name">Its name, by which it is owed and handed in.</param>
/// <param name="Essential">Whether an application without it cannot be accepted; one that is not can be tolerated 容缺.</param>
[GenerateSerializer, Immutable, Alias("agency.material")]
public sealed record Material([property: Id(0)] string Name, [property: Id(1)] bool Essential);

/// <summary>One matter that one organ handles 审批事项, as a flow version fixes it.</summary>
/// <param name="Code">Its code in the catalogue or the flow.</param>
/// <param name="Stage">S1 to S4, or SP for what runs beside them.</param>
/// <param name="Organ">Code of the organ that handles it (data/organs.json).</param>
/// <param name="With">Organs that take part.</param>
/// <param name="LimitDays">The committed limit, in <paramref name="LimitUnit"/>, counted from the day after acceptance.</param>
/// <param name="StatutoryDays">The legal limit, in <paramref name="StatutoryUnit"/>; null where the law has none.</param>
/// <param name="MaxExtensionDays">The most by which the limit can be extended, in <paramref name="LimitUnit"/>; 0: not at all.</param>
/// <param name="CountsInTotal">Whether its days count into the stage's and the project's.</param>
/// <param name="Milestone">Whether its approval completes the stage.</param>
/// <param name="DeemedAcceptance">Whether silence for five working days is acceptance (行政许可法 art. 32).</param>
[GenerateSerializer, Immutable, Alias("agency.item-definition")]
public sealed record ItemDefinition(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] string? NameEn,
    [property: Id(3)] string? Category,
    [property: Id(4)] string Stage,
    [property: Id(5)] string Organ,
    [property: Id(6)] ImmutableArray<string> With,
    [property: Id(7)] int LimitDays,
    [property: Id(8)] DayUnit LimitUnit,
    [property: Id(9)] int? StatutoryDays,
    [property: Id(10)] DayUnit? StatutoryUnit,
    [property: Id(11)] StatutoryStart StatutoryStart,
    [property: Id(12)] int MaxExtensionDays,
    [property: Id(13)] bool CountsInTotal,
    [property: Id(14)] bool Milestone,
    [property: Id(15)] bool DeemedAcceptance,
    [property: Id(16)] ImmutableArray<Material> Materials,
    [property: Id(17)] string? Result,
    [property: Id(18)] string? LegalBasis);

/// <summary>"<paramref name="Before"/> comes before <paramref name="After"/>".</summary>
[GenerateSerializer, Immutable, Alias("agency.edge"), JsonConverter(typeof(EdgeJson))]
public readonly record struct Edge([property: Id(0)] string Before, [property: Id(1)] string After);
