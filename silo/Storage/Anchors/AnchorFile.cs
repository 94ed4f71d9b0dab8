using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Silo.Storage.Anchors;

/// <summary>An anchor as a file of JSON lines, so that it is read a head at a time and checked by hand: when it was made, the heads, and last
/// the counts with the hash over all bytes before that line: <c>head -n -1 FILE | sha256sum</c>.</summary>
public static class AnchorFile
{
    private const int LongestLine = 4096;

    /// <summary>Writes an anchor of what the store holds now.</summary>
    /// <param name="previous">The hash of the anchor before it.</param>
    /// <exception cref="InvalidDataException">A head has no hash that could be written down.</exception>
    public static async Task<Anchor> Write(Stream file, IFactReader store, DateTimeOffset at, string? previous, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (streams, facts) = (0L, 0L);
        await Put(new First(at, previous));
        await foreach (var head in store.Heads(cancellationToken))
        {
            if (head.Version < 1) continue;
            if (head.Hash.Length != SHA256.HashSizeInBytes) throw new InvalidDataException($"No anchor can be made of a stream that is broken: look at {head.Stream} by 'verify'.");
            await Put(new Head(head.Stream.ToString(), head.Version, Convert.ToHexStringLower(head.Hash.Span)));
            (streams, facts) = (streams + 1, facts + head.Version);
        }

        var last = new Last(streams, facts, Convert.ToHexStringLower(hash.GetCurrentHash()));
        await Put(last);
        return new(ShanghaiTime.DayOf(at), at, previous, streams, facts, last.Hash);

        async Task Put<T>(T value)
        {
            var line = Bytes(Json(value));
            hash.AppendData(line);
            await file.WriteAsync(line, cancellationToken);
        }
    }

    /// <summary>Reads an anchor whole and computes its hash anew.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written; why, in words.</exception>
    public static async Task<Anchor> Read(string path, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (first, streams, facts, held) = (default(First), 0L, 0L, default(string));
        await foreach (var line in Lines(path, cancellationToken))
        {
            // Which line is the last is known at the end.
            if (held is not null) Take(held);
            held = line;
        }

        var last = new Last(streams, facts, Convert.ToHexStringLower(hash.GetHashAndReset()));
        if (first is null || held != Json(last)) throw Other();
        return new(ShanghaiTime.DayOf(first.At), first.At, first.Previous, streams, facts, last.Hash);

        void Take(string line)
        {
            hash.AppendData(Bytes(line));
            if (first is null) first = Part<First>(line);
            else (streams, facts) = (streams + 1, facts + HeadOf(line).Version);
        }
    }

    /// <summary>The heads of an anchor that has been read whole, in order of the streams' names (ordinal).</summary>
    public static IAsyncEnumerable<AnchoredHead> Heads(string path, CancellationToken cancellationToken = default) =>
        Lines(path, cancellationToken).Skip(1).SkipLast(1).Select(HeadOf);

    private static AnchoredHead HeadOf(string line)
    {
        var head = Part<Head>(line);
        return StreamId.Parse(head.Stream) is { } stream && head.Version > 0 && Anchor.IsHash(head.Hash) ? new(stream, head.Version, head.Hash) : throw Other();
    }

    private static T Part<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, FactJson.Options) ?? throw Other();
        }
        catch (JsonException)
        {
            throw Other();
        }
    }

    // Of a file that is anything at all no line is taken into memory that an anchor cannot have.
    private static async IAsyncEnumerable<string> Lines(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var file = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        var (line, buffer) = (new StringBuilder(), new char[LongestLine]);
        while (await Some() is > 0 and var length)
        {
            for (var i = 0; i < length; i++)
            {
                if (buffer[i] != '\n')
                {
                    line.Append(buffer[i]);
                    continue;
                }

                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > LongestLine) throw Other();
        }

        if (line.Length > 0) throw Other();

        async ValueTask<int> Some()
        {
            try
            {
                return await file.ReadAsync(buffer, cancellationToken);
            }
            catch (DecoderFallbackException)
            {
                throw Other();
            }
        }
    }

    private static InvalidDataException Other() => new("the file is not as it was written");

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, FactJson.Options);

    private static byte[] Bytes(string line) => Encoding.UTF8.GetBytes(line + "\n");

    private sealed record First(DateTimeOffset At, string? Previous);

    private sealed record Head(string Stream, long Version, string Hash);

    private sealed record Last(long Streams, long Facts, string Hash);
}
