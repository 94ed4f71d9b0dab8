using System.Collections.Immutable;
using Agency.Api.Http;
using Agency.Departments;
using Agency.Projects;

namespace Agency.Api.Projects;

/// <summary>A major project to be registered.</summary>
/// <param name="Code">Project code 投资项目统一代码, new or old form.</param>
/// <param name="Flow">Code of its flow (GET /catalogue/flows).</param>
/// <param name="Authority">Whether the city's or the district's organs handle its items.</param>
/// <param name="LeadDepartment">Code of the department whose manager follows it.</param>
/// <param name="Cluster">Code of its industrial cluster.</param>
/// <param name="Investment">In 10,000 yuan.</param>
/// <param name="Conditions">Conditions answered so far.</param>
/// <param name="ItemAuthorities">Items that others than <paramref name="Authority"/>'s organs handle.</param>
/// <param name="PlannedConstructionDays">Natural days from S3's milestone to the works' end.</param>
public sealed record RegistrationBody(
    string Code,
    string Name,
    string Flow,
    string OwnerName,
    string OwnerCreditCode,
    string District,
    Authority Authority,
    string LeadDepartment,
    KeyLevel KeyLevel,
    string? Cluster = null,
    decimal? Investment = null,
    IReadOnlyDictionary<string, bool>? Conditions = null,
    IReadOnlyDictionary<string, Authority>? ItemAuthorities = null,
    int? PlannedConstructionDays = null) : ActBody
{
    internal RegisterProject ToCommand() => new(
        Code,
        Flow,
        District,
        Authority,
        (ItemAuthorities ?? ImmutableDictionary<string, Authority>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        (Conditions ?? ImmutableDictionary<string, bool>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        new(Name, OwnerName, OwnerCreditCode, LeadDepartment, KeyLevel, Cluster, Investment, PlannedConstructionDays, []));
}

/// <summary>Descriptive members to change (RFC 7396): what is left out stays, null takes away.</summary>
public sealed record ProjectPatchBody : ActBody
{
    public Optional<string> Name { get; init; }

    public Optional<string> OwnerName { get; init; }

    public Optional<string> OwnerCreditCode { get; init; }

    public Optional<string> LeadDepartment { get; init; }

    public Optional<KeyLevel> KeyLevel { get; init; }

    public Optional<string?> Cluster { get; init; }

    public Optional<decimal?> Investment { get; init; }

    public Optional<int?> PlannedConstructionDays { get; init; }

    /// <summary>All other codes of the project.</summary>
    public Optional<IReadOnlyList<string>> Aliases { get; init; }

    internal ProjectPatch ToCommand() => new()
    {
        Name = Said(Name),
        OwnerName = Said(OwnerName),
        OwnerCreditCode = Said(OwnerCreditCode),
        LeadDepartment = Said(LeadDepartment),
        KeyLevel = KeyLevel,
        Cluster = Cluster,
        Investment = Investment,
        PlannedConstructionDays = PlannedConstructionDays,
        Aliases = Aliases.IsSet ? new(true, [.. Aliases.Value ?? []]) : default,
    };

    // What a project cannot be without is refused as a blank is, not taken away by null.
    private static Optional<string> Said(Optional<string> member) => member with { Value = member.Value ?? "" };
}
