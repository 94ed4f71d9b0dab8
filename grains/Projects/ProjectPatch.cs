using System.Collections.Immutable;

namespace Agency.Projects;

/// <summary>A member of a merge patch (RFC 7396): left as it is, or set, null included.</summary>
[GenerateSerializer, Immutable, Alias("agency.optional`1")]
public readonly record struct Optional<T>([property: Id(0)] bool IsSet, [property: Id(1)] T Value)
{
    /// <summary>The value, or the one that stands.</summary>
    public T Or(T standing) => IsSet ? Value : standing;
}

/// <summary>Changes of what describes a project; what is left out stays.</summary>
[GenerateSerializer, Immutable, Alias("agency.project-patch")]
public sealed record ProjectPatch
{
    [Id(0)]
    public Optional<string> Name { get; init; }

    [Id(1)]
    public Optional<string> OwnerName { get; init; }

    [Id(2)]
    public Optional<string> OwnerCreditCode { get; init; }

    [Id(3)]
    public Optional<string> LeadDepartment { get; init; }

    [Id(4)]
    public Optional<KeyLevel> KeyLevel { get; init; }

    [Id(5)]
    public Optional<string?> Cluster { get; init; }

    [Id(6)]
    public Optional<decimal?> Investment { get; init; }

    [Id(7)]
    public Optional<int?> PlannedConstructionDays { get; init; }

    [Id(8)]
    public Optional<ImmutableArray<string>> Aliases { get; init; }

    /// <summary>The details with the patch applied.</summary>
    internal ProjectDetails On(ProjectDetails details) => new(
        Name.Or(details.Name),
        OwnerName.Or(details.OwnerName),
        OwnerCreditCode.Or(details.OwnerCreditCode),
        LeadDepartment.Or(details.LeadDepartment),
        KeyLevel.Or(details.KeyLevel),
        Cluster.Or(details.Cluster),
        Investment.Or(details.Investment),
        PlannedConstructionDays.Or(details.PlannedConstructionDays),
        Aliases.Or(details.Aliases));
}
