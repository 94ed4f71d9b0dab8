using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Agency.EventSourcing;

namespace Agency.Silo.Storage.Anchors;

/// <summary>An anchor as a file: one JSON document, laid out in lines so that it is read a head at a time and checked by hand. The last
/// line holds the hash over all bytes before it: <c>head -n -1 FILE | sha256sum</c>.</summary>
public static class AnchorFile
{
    private const string Open = "\"heads\":[";
    private const string Close = "],";
    private const int LongestLine = 4096;

    /// <summary>Writes an anchor of what the store holds now.</summary>
    /// <param name="previous">The hash of the anchor before it.</param>
    public static async Task<Anchor> Write(Stream file, IFactReader store, DateTimeOffset at, string? previous, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (streams, facts, separator) = (0L, 0L, "");
        await Put($"{{\"at\":{Json(at)},\"previous\":{Json(previous)},\n{Open}");
        await foreach (var head in store.Heads(cancellationToken))
        {
            if (head.Version < 1) continue;
            await Put($"{separator}\n{Json(new Head(head.Stream.ToString(), head.Version, Convert.ToHexStringLower(head.Hash.Span)))}");
            (streams, facts, separator) = (streams + 1, facts + head.Version, ",");
        }

        await Put($"\n{Close}\n\"streams\":{streams},\"facts\":{facts},\n");
        var all = Convert.ToHexStringLower(hash.GetHashAndReset());
        await Put($"\"hash\":\"{all}\"}}\n");
        return new(ShanghaiTime.DayOf(at), at, previous, streams, facts, all);

        async Task Put(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(bytes);
            await file.WriteAsync(bytes, cancellationToken);
        }
    }

    /// <summary>Reads an anchor whole and computes its hash anew.</summary>
    /// <exception cref="InvalidDataException">It is not as it was written; why, in words.</exception>
    public static async Task<Anchor> Read(string path, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = Lines(path, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var end = lines;
        var start = Part<Start>(await Line() + "\"x\":0}");
        if (await Line() != Open) throw Other();
        var (streams, facts) = (0L, 0L);
        string line;
        while ((line = await Line()) != Close)
        {
            (streams, facts) = (streams + 1, facts + HeadOf(line).Version);
        }

        var counts = Part<Counts>("{" + (await Line()).TrimEnd(',') + "}");
        var found = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (await Line() != $"\"hash\":\"{found}\"}}" || await lines.MoveNextAsync() || counts != new Counts(streams, facts)) throw Other();
        return new(ShanghaiTime.DayOf(start.At), start.At, start.Previous, streams, facts, found);

        async Task<string> Line()
        {
            if (!await lines.MoveNextAsync()) throw Other();
            hash.AppendData(Encoding.UTF8.GetBytes(lines.Current + "\n"));
            return lines.Current;
        }
    }

    /// <summary>The heads of an anchor that has been read whole, in order of the streams' names (ordinal).</summary>
    public static async IAsyncEnumerable<AnchoredHead> Heads(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var line in Lines(path, cancellationToken))
        {
            if (line == Close) yield break;
            if (line.StartsWith("{\"stream\":", StringComparison.Ordinal)) yield return HeadOf(line);
        }
    }

    private static AnchoredHead HeadOf(string line)
    {
        var head = Part<Head>(line.TrimEnd(','));
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

    private sealed record Start(DateTimeOffset At, string? Previous);

    private sealed record Head(string Stream, long Version, string Hash);

    private sealed record Counts(long Streams, long Facts);
}
