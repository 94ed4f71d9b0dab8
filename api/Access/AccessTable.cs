using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agency.Api.Http;
using Agency.People;

namespace Agency.Api.Access;

/// <summary>What a route is to a role.</summary>
public enum Grant
{
    /// <summary>Never: 403.</summary>
    No,

    /// <summary>What is its own: everything else looks as if it did not exist.</summary>
    Own,

    /// <summary>Everything.</summary>
    All,
}

/// <summary>Who may call a route.</summary>
/// <param name="Anonymous">Anybody, without a token.</param>
/// <param name="Grants">What it is to each role; one that is not named: never.</param>
/// <param name="Recorded">The roles whose reading of what is not their own is written down.</param>
public sealed record RouteAccess(bool Anonymous, FrozenDictionary<Role, Grant> Grants, FrozenSet<Role> Recorded)
{
    public Grant Of(Role role) => Grants.GetValueOrDefault(role);
}

/// <summary>Who may do what: for each route what it is to each role. The table is access.json; a route that it does not name is for
/// nobody.</summary>
public sealed partial class AccessTable
{
    private static readonly JsonSerializerOptions _json = StrictJson.Options();

    private readonly FrozenDictionary<string, RouteAccess> _routes;
    private readonly ConditionalWeakTable<Endpoint, RouteAccess> _known = [];

    private AccessTable(FrozenDictionary<string, RouteAccess> routes) => _routes = routes;

    /// <summary>By route: <c>GET /api/v1/projects/{code}</c>.</summary>
    public IReadOnlyDictionary<string, RouteAccess> Routes => _routes;

    /// <summary>The service's own table.</summary>
    public static AccessTable Shipped()
    {
        using var stream = typeof(AccessTable).Assembly.GetManifestResourceStream("access.json") ?? throw new InvalidOperationException("access.json is missing.");
        return Read(stream);
    }

    /// <summary>Reads a table: <c>{ "GET /api/v1/projects": { "all": [roles], "own": [roles], "recorded": [roles], "anonymous": false } }</c>; a route that names nobody is for nobody.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static AccessTable Read(Stream json)
    {
        var rows = JsonSerializer.Deserialize<Dictionary<string, Row>>(json, _json) ?? throw new JsonException("An empty access table.");
        return new(rows.ToFrozenDictionary(r => r.Key, r => r.Value.ToAccess(r.Key), StringComparer.Ordinal));
    }

    /// <summary>Who may call an endpoint; null where the table does not name it.</summary>
    public RouteAccess? Find(RouteEndpoint endpoint)
    {
        if (_known.TryGetValue(endpoint, out var known)) return known;
        if (_routes.TryGetValue(RouteOf(endpoint), out var access)) _known.AddOrUpdate(endpoint, access);
        return access;
    }

    /// <summary>An endpoint's name in the table: its methods (<c>*</c> for any) and its path without constraints of parameters.</summary>
    public static string RouteOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: [_, ..] some } ? string.Join(',', some) : "*";
        return RouteOf(methods, endpoint.RoutePattern.RawText ?? "");
    }

    /// <summary>The same of a method and a path.</summary>
    public static string RouteOf(string method, string path) => $"{method} /{Constraint().Replace(path, "").Trim('/')}";

    [GeneratedRegex(":[^}]*")]
    private static partial Regex Constraint();

    private sealed record Row(IReadOnlyList<Role>? All = null, IReadOnlyList<Role>? Own = null, IReadOnlyList<Role>? Recorded = null, bool Anonymous = false)
    {
        public RouteAccess ToAccess(string route)
        {
            var grants = new Dictionary<Role, Grant>();
            foreach (var (role, grant) in (All ?? []).Select(r => (r, Grant.All)).Concat((Own ?? []).Select(r => (r, Grant.Own))))
            {
                if (role == Role.System) throw new JsonException($"The access table names {role} for {route}: the service calls no route.");
                if (!grants.TryAdd(role, grant)) throw new JsonException($"The access table names {role} twice for {route}.");
            }

            if (Recorded?.Any(role => !grants.ContainsKey(role)) == true) throw new JsonException($"The access table records for {route} whom it never lets through.");
            return Anonymous && grants.Count > 0 ? throw new JsonException($"The access table says both who may call {route} and that anybody may.") : new(Anonymous, grants.ToFrozenDictionary(), (Recorded ?? []).ToFrozenSet());
        }
    }
}
