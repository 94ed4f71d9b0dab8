using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Agency.EventSourcing;

/// <summary>What a look through a whole stream found.</summary>
/// <param name="Facts">How many facts there are.</param>
/// <param name="FirstBroken">The version of the first fact that was changed, moved, or lost before it, or lost a text that no fact redacts; null: the stream is whole.</param>
/// <param name="Head">The chain's last hash, in hexadecimal.</param>
/// <param name="Unerased">The versions of the facts that have a text in the store still though it is redacted.</param>
[GenerateSerializer, Immutable, Alias("agency.chain-report")]
public sealed record ChainReport([property: Id(0)] long Facts, [property: Id(1)] long? FirstBroken, [property: Id(2)] string Head, [property: Id(3)] ImmutableArray<long> Unerased);

/// <summary>Ties each fact of a stream to all before it: SHA-256 over the previous hash, the length of the bytes (8 bytes, big
/// endian), the stream's name (UTF-8), the version (8 bytes, big endian) and the bytes. The hash before the first fact is that of
/// the stream's name.</summary>
public static class HashChain
{
    public static byte[] Start(StreamId stream) => SHA256.HashData(Encoding.UTF8.GetBytes(stream.ToString()));

    public static byte[] Next(ReadOnlySpan<byte> previous, StreamId stream, long version, ReadOnlySpan<byte> bytes)
    {
        Span<byte> number = stackalloc byte[8];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
        hash.AppendData(number);
        hash.AppendData(Encoding.UTF8.GetBytes(stream.ToString()));
        BinaryPrimitives.WriteInt64BigEndian(number, version);
        hash.AppendData(number);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}
