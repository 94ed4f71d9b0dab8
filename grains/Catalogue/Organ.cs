using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Agency.Catalogue;

/// <summary>What an organ is; it decides who records an item's steps (domain 5.1).</summary>
public enum OrganKind
{
    Department,
    HigherAuthority,
    TradingCentre,
    Intermediary,
    Utility,
    Owner,
}

/// <summary>A function of government, or of those who serve it 审批机关 (data/organs.json).</summary>
/// <param name="Name">Its name without the place: 住房和城乡建设局.</param>
/// <param name="ShortName">The short one: 住建局.</param>
/// <param name="Level"><c>province</c> for a higher authority.</param>
public sealed record Organ(string Code, string Name, [property: JsonPropertyName("short")] string ShortName, OrganKind Kind, string? Level = null)
{
    private const string OfThePlace = "项目所在地";

    /// <summary>The name to put a place before: 项目所在地人民政府 is 顺庆区人民政府.</summary>
    public string LocalName => Name.StartsWith(OfThePlace, StringComparison.Ordinal) ? Name[OfThePlace.Length..] : Name;
}

/// <summary>The city with its districts (data/districts.json).</summary>
/// <param name="Code">GB/T 2260, six digits: 511300.</param>
public sealed record City(string Code, string Name, ImmutableArray<District> Districts)
{
    /// <summary>Code of the province that the city lies in: 510000.</summary>
    public string ProvinceCode => $"{Code[..2]}0000";
}

/// <summary>A district, county or county-level city of the city.</summary>
public sealed record District(string Code, string Name);

/// <summary>An industrial cluster 产业集群 that a project belongs to (data/clusters.json).</summary>
public sealed record Cluster(string Code, string Name, string Tier);
