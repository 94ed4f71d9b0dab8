using System.Security.Claims;
using System.Security.Cryptography;
using Agency.People;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Agency.Api.Access;

/// <summary>Issues tokens for a single machine, signed with a key that lies in the data directory: whoever can read that file can be
/// anybody. Without the file all its tokens are void, and the next start or token makes another.</summary>
internal sealed class EmbeddedIssuer
{
    public const string Name = "urn:agency:embedded";

    private const string FileName = "issuer.pem";

    private EmbeddedIssuer(ECDsa key) => Key = new(key) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..12]) };

    /// <summary>What its signatures are checked with.</summary>
    public ECDsaSecurityKey Key { get; }

    /// <summary>The issuer of a data directory; its key is made when there is none.</summary>
    /// <exception cref="StartupException">The file is no key, or cannot be read or written.</exception>
    public static EmbeddedIssuer Of(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        try
        {
            if (!File.Exists(path)) Make(path);
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(path));
            return new(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new StartupException($"The key of tokens '{path}' cannot be used: {e.Message} Put it back; or delete it, and every token issued is void.", e);
        }
    }

    /// <summary>A token by which the bearer is <paramref name="actor"/> for some time.</summary>
    public string Issue(Actor actor, DateTimeOffset from, TimeSpan lifetime) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Name,
        Audience = new AccessOptions().Audience,
        IssuedAt = from.UtcDateTime,
        NotBefore = from.UtcDateTime,
        Expires = (from + lifetime).UtcDateTime,
        Subject = new ClaimsIdentity(Claims(actor)),
        SigningCredentials = new(Key, SecurityAlgorithms.EcdsaSha256),
    });

    private static IEnumerable<Claim> Claims(Actor actor)
    {
        var names = new ClaimOptions();
        yield return new(names.Person, actor.Id);
        yield return new(names.Role, Http.EnumNames.Of(actor.Role));
        if (actor.Department is { } department) yield return new(names.Department, department);
        if (actor.CreditCode is { } creditCode) yield return new(names.CreditCode, creditCode);
    }

    // Whole or not at all, for the owner of the directory alone; of two that make one the first wins.
    private static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(unfinished, options))
            using (var writer = new StreamWriter(file))
            {
                writer.Write(key.ExportPkcs8PrivateKeyPem());
                writer.Flush();
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first: its key is the one.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
