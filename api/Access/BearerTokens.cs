using System.Security.Claims;
using Agency.Api.Hosting;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agency.Api.Access;

/// <summary>Bearer tokens (RFC 6750) of an OpenID Connect authority or of the embedded issuer; what they say becomes the actor that
/// <see cref="ActingPerson"/> finds.</summary>
internal static class BearerTokens
{
    /// <summary>The cookie that bears the token of who looks at the dashboard.</summary>
    public const string DashboardCookie = "agencyDashboard";

    // By how much the authority's clock may differ from ours.
    private static readonly TimeSpan _skew = TimeSpan.FromSeconds(30);

    /// <param name="issuer">The embedded issuer, where the options name no authority.</param>
    public static void AddBearerTokens(this IServiceCollection services, AccessOptions access, EmbeddedIssuer? issuer)
    {
        // What an authority is told to call things does not change what the embedded issuer writes.
        if (issuer is not null) access = new();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((jwt, clock) =>
        {
            (jwt.MapInboundClaims, jwt.SaveToken) = (false, false);
            (jwt.Authority, jwt.Audience, jwt.RequireHttpsMetadata) = (access.Authority, access.Audience, !access.InsecureAuthority);
            jwt.TokenValidationParameters = new()
            {
                // Signatures with a key pair alone: nobody who can check a token can make one.
                ValidAlgorithms =
                [
                    SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
                    SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
                    SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
                ],
                ValidAudience = access.Audience,
                LifetimeValidator = (from, until, _, _) => IsInTime(from, until, clock.GetUtcNow().UtcDateTime),
            };
            if (issuer is not null) (jwt.TokenValidationParameters.ValidIssuer, jwt.TokenValidationParameters.IssuerSigningKey) = (EmbeddedIssuer.Name, issuer.Key);
            jwt.Events = new() { OnMessageReceived = Receive, OnTokenValidated = token => Know(token, access), OnChallenge = Challenge };
        });
    }

    // Called instead of the library's own check, which knows the machine's clock alone.
    private static bool IsInTime(DateTime? from, DateTime? until, DateTime now)
    {
        if (until is not { } end) throw new SecurityTokenNoExpirationException("The token says no end.");
        if (from > now + _skew) throw new SecurityTokenNotYetValidException("The token is not valid yet.") { NotBefore = from.Value };
        return now - _skew < end ? true : throw new SecurityTokenExpiredException("The token has expired.") { Expires = end };
    }

    // Taken from a cookie where nothing can be changed: whatever page has sent the browser there, it only looks.
    private static Task Receive(MessageReceivedContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments(DashboardApi.Path) && !context.Request.Headers.ContainsKey("Authorization")) context.Token = context.Request.Cookies[DashboardCookie];
        return Task.CompletedTask;
    }

    private static Task Know(TokenValidatedContext context, AccessOptions access)
    {
        // Whoever names an extension as critical wants the token refused by those who do not know it (RFC 7515 4.1.11): here none is known.
        if (context.SecurityToken is not JsonWebToken token || token.TryGetHeaderValue<object?>("crit", out _))
        {
            context.Fail("The token's header crit asks for what is not understood.");
            return Task.CompletedTask;
        }

        if (TokenHolder.Of(context.Principal!, access, out var fault) is not { } actor)
        {
            context.Fail(fault!);
            return Task.CompletedTask;
        }

        // What else the token says concerns nobody.
        context.Principal = new(new ClaimsIdentity(context.Scheme.Name));
        context.HttpContext.Features.Set(actor);
        context.HttpContext.Features.Set(new TokenLifetime(context.SecurityToken.ValidTo + _skew));
        return Task.CompletedTask;
    }

    private static Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        var fault = context switch
        {
            { AuthenticateFailure: null } => null,
            { ErrorDescription: { Length: > 0 } known } => known,
            { AuthenticateFailure: AuthenticationFailureException own } => own.Message,
            _ => "The token cannot be read.",
        };
        context.Response.Headers.WWWAuthenticate = fault is null ? "Bearer realm=\"agency\"" : $"Bearer realm=\"agency\", error=\"invalid_token\", error_description=\"{Quotable(fault)}\"";
        return Problem.Write(context.HttpContext, Refusal.Of(fault is null ? ProblemCodes.Unauthenticated : ProblemCodes.InvalidToken), []);
    }

    // What the token's own words brought into it must not end the quotation.
    private static string Quotable(string text) => string.Concat(text.Select(c => c is < ' ' or > '~' or '"' or '\\' ? '?' : c));
}

/// <summary>Until when the request's token holds; bound as a handler's parameter.</summary>
/// <param name="Until">UTC.</param>
public sealed record TokenLifetime(DateTime Until)
{
    // The framework's timers know no longer time.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(49);

    public static ValueTask<TokenLifetime?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<TokenLifetime>());

    /// <summary>Is cancelled when the token no longer holds.</summary>
    public CancellationTokenSource Remaining(TimeProvider clock)
    {
        var remaining = Until - clock.GetUtcNow().UtcDateTime;
        return new(remaining < TimeSpan.Zero ? TimeSpan.Zero : remaining < _longest ? remaining : _longest, clock);
    }
}
