using System.Security.Claims;
using Agency.Api.Http;
using Agency.People;

namespace Agency.Api.Access;

/// <summary>Who the bearer of a token is, by its claims.</summary>
internal static class TokenHolder
{
    private const int LongestCode = 64;

    private static readonly Dictionary<string, Role> _roles = Enum.GetValues<Role>().Where(r => r != Role.System).ToDictionary(r => EnumNames.Of(r), StringComparer.Ordinal);

    /// <summary>The names of the roles that a token can bear.</summary>
    public static IReadOnlyCollection<string> Roles => _roles.Keys;

    /// <summary>The actor of these claims.</summary>
    /// <param name="fault">In one English sentence for the WWW-Authenticate header: why they say of nobody who it is.</param>
    public static Actor? Of(ClaimsPrincipal claims, AccessOptions options, out string? fault)
    {
        var (names, bad) = (options.Claims, (string?)null);
        var id = Single(names.Person);
        var roles = claims.FindAll(names.Role).Select(c => options.Roles.GetValueOrDefault(c.Value, c.Value)).Where(_roles.ContainsKey).Distinct().ToArray();
        var (department, creditCode) = (Single(names.Department), Single(names.CreditCode));
        fault = bad
            ?? (id is null || !PersonId.IsOne(id) ? $"The claim {names.Person} must be an opaque id of 1 to 64 characters of A-Z a-z 0-9 . _ -."
            : roles is not [var role] ? $"The claim {names.Role} must name exactly one role."
            : Missing(_roles[role], department, creditCode, names));
        return fault is null ? new(id!, _roles[roles[0]], department, creditCode) : null;

        string? Single(string name)
        {
            var values = claims.FindAll(name).Select(c => c.Value).ToArray();
            if (values.Length > 1 || values is [{ Length: 0 or > LongestCode }]) bad ??= $"The claim {name} must have one short value.";
            return values is [var value] ? value : null;
        }
    }

    private static string? Missing(Role role, string? department, string? creditCode, ClaimOptions names) => role switch
    {
        Role.Department when department is null => $"The claim {names.Department} is missing.",
        Role.Owner when creditCode is null => $"The claim {names.CreditCode} is missing.",
        _ => null,
    };
}
