using System.Globalization;
using System.Security.Claims;
using Agency.Api.Access;
using Agency.Api.Hosting;
using Agency.People;

namespace Agency.Api.Tools;

/// <summary>Prints a token of the embedded issuer: <c>token [--data DIR] --role ROLE --sub ID [--department CODE] [--credit-code CODE] [--hours 8]</c>.</summary>
internal static class TokenTool
{
    private const int MostHours = 24 * 31;

    private static readonly ClaimOptions _claims = new();

    // What an option is as a claim.
    private static readonly Dictionary<string, string> _options = new()
    {
        ["--sub"] = _claims.Person,
        ["--role"] = _claims.Role,
        ["--department"] = _claims.Department,
        ["--credit-code"] = _claims.CreditCode,
    };

    public static async Task<int> Run(string[] args, TimeProvider clock)
    {
        var asked = Read(args);
        var issuer = EmbeddedIssuer.Of(DataDirectory.Made(asked.Data));
        await Console.Out.WriteLineAsync(issuer.Issue(asked.Actor, clock.GetUtcNow(), asked.Lifetime));
        return 0;
    }

    /// <summary>What the arguments ask for.</summary>
    /// <exception cref="StartupException">They ask for no token that the service would take.</exception>
    internal static TokenAsked Read(string[] args)
    {
        var options = StrictArguments.Read("token", args, ["--data", "--hours", .. _options.Keys]);
        if (!int.TryParse(options.GetValueOrDefault("--hours", "8"), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours is < 1 or > MostHours) throw new StartupException($"The hours (--hours) must be a number from 1 to {MostHours}.");
        var claims = new ClaimsIdentity(options.Where(o => _options.ContainsKey(o.Key)).Select(o => new Claim(_options[o.Key], o.Value)));
        if (TokenHolder.Of(new(claims), new(), out var fault) is not { } actor) throw new StartupException($"The service would not take this token: {fault} Roles are {string.Join(", ", TokenHolder.Roles)}.");
        return new(options.Data(), actor, TimeSpan.FromHours(hours));
    }
}

/// <summary>A token that is asked for.</summary>
/// <param name="Data">The data directory of the service that is to take it.</param>
internal sealed record TokenAsked(string Data, Actor Actor, TimeSpan Lifetime);
