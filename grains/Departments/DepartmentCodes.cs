using System.Collections.Frozen;
using System.Collections.Immutable;
using Agency.Catalogue;

namespace Agency.Departments;

/// <summary>Whose departments handle a project's items.</summary>
public enum Authority
{
    /// <summary>Those of the city.</summary>
    City,

    /// <summary>Those of the project's district.</summary>
    District,
}

/// <summary>An organ at its place: what takes the steps of an item.</summary>
/// <param name="Code"><c>{district}-{organ}</c>, or <c>OWNER</c>.</param>
/// <param name="District">Code of the district, the city or the province; null for the owner.</param>
/// <param name="Name">Its full name 南充市住房和城乡建设局.</param>
/// <param name="ShortName">The name for lists 市住建局.</param>
[GenerateSerializer, Immutable, Alias("agency.department")]
public sealed record Department(
    [property: Id(0)] string Code,
    [property: Id(1)] string Organ,
    [property: Id(2)] OrganKind Kind,
    [property: Id(3)] string? District,
    [property: Id(4)] string Name,
    [property: Id(5)] string ShortName);

/// <summary>Every department that there is, and which one handles what (domain 3). Immutable, one per process.</summary>
public sealed class DepartmentCodes
{
    /// <summary>The department code of the owner's own items.</summary>
    public const string Owner = "OWNER";

    private readonly FrozenDictionary<string, Organ> _organs;
    private readonly FrozenDictionary<string, Department> _departments;
    private readonly City _city;

    public DepartmentCodes(CityData city)
    {
        (_city, _organs) = (city.City, city.Organs.ToFrozenDictionary(o => o.Code, StringComparer.Ordinal));
        All = [.. city.Organs.SelectMany(Departments)];
        _departments = All.ToFrozenDictionary(d => d.Code, StringComparer.Ordinal);
    }

    /// <summary>All departments: organ by organ in the order of the data, the city's before the districts'.</summary>
    public ImmutableArray<Department> All { get; }

    /// <summary>The department; null if the code is none.</summary>
    public Department? Find(string code) => _departments.GetValueOrDefault(code);

    /// <summary>The department that handles an item of <paramref name="organ"/> for a project of <paramref name="district"/>.</summary>
    /// <param name="authority">The project's, or what the office chose for the item.</param>
    /// <exception cref="KeyNotFoundException">The organ is unknown: a mistake of the caller, as flows are checked.</exception>
    public string Of(string organ, Authority authority, string district) => _organs[organ] switch
    {
        { Kind: OrganKind.Owner } => Owner,
        { Kind: OrganKind.HigherAuthority } => Code(_city.ProvinceCode, organ),
        { Kind: OrganKind.Department } when authority == Authority.District => Code(district, organ),
        _ => Code(_city.Code, organ),
    };

    private IEnumerable<Department> Departments(Organ organ) => organ.Kind switch
    {
        OrganKind.Owner => [new(Owner, organ.Code, organ.Kind, null, organ.Name, organ.ShortName)],
        OrganKind.HigherAuthority => [Named(organ, _city.ProvinceCode, "", "")],
        OrganKind.Department => [Named(organ, _city.Code, _city.Name, _city.Name[^1..]), .. _city.Districts.Select(d => Named(organ, d.Code, d.Name, d.Name))],
        OrganKind.TradingCentre => [Named(organ, _city.Code, _city.Name, _city.Name[^1..])],
        _ => [Named(organ, _city.Code, "", "")],
    };

    private static Department Named(Organ organ, string district, string place, string shortPlace) =>
        new(Code(district, organ.Code), organ.Code, organ.Kind, district, $"{place}{organ.LocalName}", $"{shortPlace}{organ.ShortName}");

    private static string Code(string district, string organ) => $"{district}-{organ}";
}
