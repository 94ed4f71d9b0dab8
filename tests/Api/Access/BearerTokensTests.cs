using System.Net;
using System.Security.Cryptography;
using Agency.Api.Access;
using Agency.People;
using Agency.Tests.Api.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agency.Tests.Api.Access;

public sealed class BearerTokensTests(ConventionsHost host) : IClassFixture<ConventionsHost>
{
    private static readonly string[] _unknown = ["http://example.com/bound"];
    private static readonly DateTime _now = TimeProvider.System.GetUtcNow().UtcDateTime;

    [Theory]
    [InlineData("office", null, null)]
    [InlineData("manager", null, null)]
    [InlineData("clerk", null, null)]
    [InlineData("owner", null, "91511302MA62900AX9")]
    [InlineData("department", "511300-ZJJ", null)]
    [InlineData("leadership", null, null)]
    [InlineData("supervisor", null, null)]
    [InlineData("administrator", null, null)]
    public async Task Each_role_is_known(string role, string? department, string? creditCode)
    {
        var person = await (await WhoAmI(Token(claims: [("sub", "a.b_c-1"), ("role", role), ("department", department), ("credit_code", creditCode)]))).Body();
        Assert.Equal(
            ("a.b_c-1", role, department, creditCode, role == "owner"),
            (person.GetProperty("id").GetString(), person.GetProperty("role").GetString(), person.GetProperty("department").GetString(), person.GetProperty("creditCode").GetString(), person.GetProperty("ownOnly").GetBoolean()));
    }

    public static TheoryData<string, string> Useless => new()
    {
        { "expired", "expired" },
        { "not yet valid", "not valid before" },
        { "without an end", "expiration" },
        { "for another audience", "audience" },
        { "of another issuer", "issuer" },
        { "of another key", "signature" },
        { "signed with a shared secret", "signature" },
        { "unsigned", "signature" },
        { "cut", "signature" },
        { "with a header that must be understood", "header crit" },
        { "with a header crit of nothing", "header crit" },
        { "no token at all", "cannot be read" },
        { "without a person", "claim sub" },
        { "with a name as its person", "claim sub" },
        { "without a role", "claim role" },
        { "with an unknown role", "claim role" },
        { "with the role of the service itself", "claim role" },
        { "with two roles", "claim role" },
        { "of a department without its code", "claim department" },
        { "of an owner without its code", "claim credit_code" },
        { "with two departments", "claim department" },
    };

    [Theory]
    [MemberData(nameof(Useless))]
    public async Task A_token_that_cannot_be_used_is_nobody_s_and_the_header_says_why(string token, string why)
    {
        var response = await WhoAmI(Make(token));
        await response.Problem(401, "invalid-token");
        var header = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", header.Scheme);
        Assert.Contains("error=\"invalid_token\"", header.Parameter, StringComparison.Ordinal);
        Assert.Contains(why, header.Parameter, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_token_says_cannot_break_out_of_the_header() =>
        Assert.All((await WhoAmI(Token(audience: "\"阿\\\r\n"))).Headers.WwwAuthenticate, h => Assert.DoesNotContain(h.Parameter!, c => c is < ' ' or > '~' or '\\'));

    [Fact]
    public async Task Without_a_token_a_client_is_told_what_is_wanted()
    {
        var response = await host.Anonymous.Get("/api/v1/whoami");
        await response.Problem(401, "unauthenticated");
        Assert.Equal("Bearer realm=\"agency\"", Assert.Single(response.Headers.WwwAuthenticate).ToString());
    }

    [Fact]
    public async Task Nobody_gets_past_the_door_even_with_a_bad_body() => await (await host.Anonymous.Post("/api/v1/things", "{")).Problem(401, "unauthenticated");

    [Fact]
    public async Task The_headers_of_old_say_nothing_any_more() =>
        await (await host.Anonymous.Get("/api/v1/whoami", ("X-Actor", "ada"), ("X-Role", "office"))).Problem(401, "unauthenticated");

    [Fact]
    public async Task A_role_that_the_table_does_not_name_for_a_route_is_not_allowed() => await (await host.Office.Get("/api/v1/leaders")).Problem(403, "role-not-allowed");

    [Fact]
    public async Task A_role_that_it_names_is() => Assert.Equal(HttpStatusCode.OK, (await host.As("lin", Role.Supervisor).Get("/api/v1/leaders")).StatusCode);

    [Fact]
    public async Task A_route_that_the_table_does_not_name_is_for_nobody() => await (await host.Office.Get("/api/v1/unnamed")).Problem(403, "role-not-allowed");

    [Fact]
    public async Task What_is_nowhere_is_told_to_anybody() => await (await host.Anonymous.Get("/api/v1/nowhere")).Problem(404, "not-found");

    private Task<HttpResponseMessage> WhoAmI(string token) => host.Anonymous.Get("/api/v1/whoami", ("Authorization", $"Bearer {token}"));

    private string Make(string what) => what switch
    {
        "expired" => Token(from: _now.AddHours(-2), until: _now.AddMinutes(-1)),
        "not yet valid" => Token(from: _now.AddMinutes(5), until: _now.AddHours(1)),
        "without an end" => Token(until: DateTime.MaxValue),
        "for another audience" => Token(audience: "other"),
        "of another issuer" => Token(issuer: "https://elsewhere"),
        "of another key" => Token(key: new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = host.Issuer.Key.KeyId }, SecurityAlgorithms.EcdsaSha256)),
        "signed with a shared secret" => Token(key: new(new SymmetricSecurityKey(host.Issuer.Key.ECDsa.ExportSubjectPublicKeyInfo()), SecurityAlgorithms.HmacSha256)),
        "unsigned" => $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{Token().Split('.')[1]}.",
        "cut" => Token()[..^4],
        "with a header that must be understood" => Token(crit: [_unknown]),
        "with a header crit of nothing" => Token(crit: [null]),
        "no token at all" => "rubbish",
        "without a person" => Token(claims: [("role", "office")]),
        "with a name as its person" => Token(claims: [("sub", "王 芳"), ("role", "office")]),
        "without a role" => Token(claims: [("sub", "ada")]),
        "with an unknown role" => Token(claims: [("sub", "ada"), ("role", "Office")]),
        "with the role of the service itself" => Token(claims: [("sub", "ada"), ("role", "system")]),
        "with two roles" => Token(claims: [("sub", "ada"), ("role", "office"), ("role", "clerk")]),
        "of a department without its code" => Token(claims: [("sub", "ada"), ("role", "department")]),
        "of an owner without its code" => Token(claims: [("sub", "ada"), ("role", "owner")]),
        "with two departments" => Token(claims: [("sub", "ada"), ("role", "department"), ("department", "511300-ZJJ"), ("department", "511300-FGW")]),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private string Token(string audience = "agency", string issuer = EmbeddedIssuer.Name, DateTime? from = null, DateTime? until = null, SigningCredentials? key = null, object?[]? crit = null, params (string Name, string? Value)[] claims)
    {
        if (claims.Length == 0) claims = [("sub", "ada"), ("role", "office")];
        var grouped = claims.Where(c => c.Value is not null).GroupBy(c => c.Name, c => c.Value!).ToDictionary(g => g.Key, g => g.Count() == 1 ? (object)g.First() : g.ToArray());
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = from ?? _now.AddMinutes(-1),
            Expires = until == DateTime.MaxValue ? null : until ?? _now.AddHours(1),
            Claims = grouped,
            AdditionalHeaderClaims = crit?.ToDictionary(_ => "crit", c => c!),
            SigningCredentials = key ?? new(host.Issuer.Key, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
