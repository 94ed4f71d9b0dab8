using System.Security.Cryptography;
using System.Text;

namespace Agency.Progress;

/// <summary>That somebody without an account knows the credit code of a project's owner. It travels as a digest, so that no log of a call
/// holds the code, and so that comparing takes as long whatever was given.</summary>
[GenerateSerializer, Immutable, Alias("agency.owner-proof")]
public sealed class OwnerProof
{
    private OwnerProof(byte[] digest) => Digest = digest;

    [Id(0)]
    private byte[] Digest { get; init; }

    public static OwnerProof Of(string creditCode) => new(SHA256.HashData(Encoding.UTF8.GetBytes(creditCode)));

    /// <summary>Whether it is the code of this owner; null: of a project that there is not, and takes as long.</summary>
    public bool Proves(string? creditCode) => CryptographicOperations.FixedTimeEquals(Digest, Of(creditCode ?? "").Digest) && creditCode is not null;
}
