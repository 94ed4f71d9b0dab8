using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Agency.People;
using Agency.Tests.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agency.Tests.Api.Access;

/// <summary>The service with an OpenID Connect authority of another's making: its own address, key, names of claims and roles.</summary>
public sealed class AuthorityTests(AuthorityTests.WithAuthority api) : IClassFixture<AuthorityTests.WithAuthority>
{
    [Fact]
    public async Task The_authority_s_tokens_are_taken_by_its_own_names_of_claims_and_roles()
    {
        await (await Get("/api/v1/projects", Token(roles: ["offline_access", "155-office"]))).Body(200);

        // By its own name, too; and an owner by the claim for the enterprise.
        await (await Get("/api/v1/projects", Token(roles: ["owner"], ("uscc", "91511302MA62900AX9")))).Body(200);
        await (await Get("/api/v1/projects", Token(roles: ["owner"]))).Problem(401, "invalid-token");
        await (await Get("/api/v1/readings", Token(roles: ["155-office"]))).Problem(403, "role-not-allowed");
    }

    [Fact]
    public async Task Tokens_of_the_embedded_issuer_of_another_issuer_and_of_a_key_it_never_published_are_not()
    {
        await (await Get("/api/v1/projects", api.Token(new("ada", Role.Office)))).Problem(401, "invalid-token");
        await (await Get("/api/v1/projects", Token(roles: ["155-office"], issuer: "http://127.0.0.1:1"))).Problem(401, "invalid-token");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await (await Get("/api/v1/projects", Token(roles: ["155-office"], key: new ECDsaSecurityKey(other) { KeyId = "k1" }))).Problem(401, "invalid-token");
    }

    private async Task<HttpResponseMessage> Get(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", token) } };
        return await api.CreateClient().SendAsync(request, Requests.Cancel);
    }

    private string Token(string[] roles, params (string Name, string Value)[] claims) => Token(roles, api.Address, api.Key, claims);

    private string Token(string[] roles, string? issuer = null, SecurityKey? key = null, params (string Name, string Value)[] claims) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer ?? api.Address,
        Audience = "agency-api",
        NotBefore = api.Clock.GetUtcNow().UtcDateTime,
        IssuedAt = api.Clock.GetUtcNow().UtcDateTime,
        Expires = api.Clock.GetUtcNow().AddMinutes(5).UtcDateTime,
        Claims = claims.ToDictionary(c => c.Name, c => (object)c.Value).Append(new("oid", "7f3c2a")).Append(new("groups", roles)).ToDictionary(),
        SigningCredentials = new(key ?? api.Key, SecurityAlgorithms.EcdsaSha256),
    });

    /// <summary>The service, configured for an authority that runs beside it.</summary>
    public sealed class WithAuthority : ApiFixture, IAsyncLifetime
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private WebApplication? _authority;

        public string Address => _authority!.Urls.Single();

        public SecurityKey Key => new ECDsaSecurityKey(_key) { KeyId = "k1" };

        public async ValueTask InitializeAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _authority = builder.Build();
            _authority.MapGet("/.well-known/openid-configuration", () => Results.Json(new JsonObject { ["issuer"] = Address, ["jwks_uri"] = $"{Address}/keys" }));
            _authority.MapGet("/keys", () => Results.Json(new JsonObject { ["keys"] = new JsonArray(Published()) }));
            await _authority.StartAsync(TestContext.Current.CancellationToken);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Agency:Access:Authority", Address);
            builder.UseSetting("Agency:Access:InsecureAuthority", "true");
            builder.UseSetting("Agency:Access:Audience", "agency-api");
            builder.UseSetting("Agency:Access:Claims:Person", "oid");
            builder.UseSetting("Agency:Access:Claims:Role", "groups");
            builder.UseSetting("Agency:Access:Claims:CreditCode", "uscc");
            builder.UseSetting("Agency:Access:Roles:155-office", "office");
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            if (_authority is not null) await _authority.DisposeAsync();
            _key.Dispose();
        }

        private JsonObject Published()
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new() { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "k1", ["use"] = "sig", ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y) };
        }
    }
}
