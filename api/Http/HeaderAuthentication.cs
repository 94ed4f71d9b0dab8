using System.Text.Encodings.Web;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Agency.Api.Http;

/// <summary>Takes the caller's word, in headers, for who acts: the place of tokens, until there are some. Nothing else reads these
/// headers; everything else reads the claims (<see cref="ActingPerson"/>).</summary>
internal sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Headers";
    public const string ActorHeader = "X-Actor";
    public const string RoleHeader = "X-Role";
    public const string DepartmentHeader = "X-Department";
    public const string CreditCodeHeader = "X-Credit-Code";

    private static readonly Dictionary<string, Role> _roles = Enum.GetValues<Role>().Where(r => r != Role.System).ToDictionary(r => EnumNames.Of(r));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (id, role) = (Header(ActorHeader), Header(RoleHeader));
        if (id is null && role is null) return Task.FromResult(AuthenticateResult.NoResult());
        if (id is null || !PersonId.IsOne(id)) return Missing(ActorHeader);
        if (role is null || !_roles.TryGetValue(role, out var known)) return Missing(RoleHeader);
        if (known == Role.Department && Header(DepartmentHeader) is null) return Missing(DepartmentHeader);
        if (known == Role.Owner && Header(CreditCodeHeader) is null) return Missing(CreditCodeHeader);

        var actor = new Actor(id, known, Header(DepartmentHeader), Header(CreditCodeHeader));
        return Task.FromResult(AuthenticateResult.Success(new(new(ActingPerson.Identity(actor, Name)), Name)));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"{Name} realm=\"agency\"";
        var header = (await HandleAuthenticateOnceSafeAsync()).Failure?.Message ?? ActorHeader;
        var refusal = Refusal.Of(ProblemCodes.Unauthenticated, ("header", header));
        await Problem.Write(Context, refusal, [(header, refusal)]);
    }

    // An empty header is none; one that comes twice is no single value and is not taken.
    private string? Header(string name) => Request.Headers[name] is [{ Length: > 0 and <= 64 } value] ? value : null;

    private static Task<AuthenticateResult> Missing(string header) => Task.FromResult(AuthenticateResult.Fail(header));
}
