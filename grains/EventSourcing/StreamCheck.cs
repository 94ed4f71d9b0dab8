using System.Text.Json;

namespace Agency.EventSourcing;

/// <summary>Something that is not as it was recorded.</summary>
/// <param name="Stream">Whose record it is.</param>
/// <param name="Version">The first fact that is missing or not as it was.</param>
/// <param name="What">What is wrong, for the operator.</param>
public sealed record RecordFault(StreamId Stream, long Version, string What)
{
    public override string ToString() => $"{Stream} {Version}: {What}";
}

/// <summary>Goes through a stream from its first fact on: versions without a gap, the chain, and the texts' hashes.</summary>
public sealed class StreamCheck(StreamId stream)
{
    private byte[] _hash = HashChain.Start(stream);

    /// <summary>How many facts there were.</summary>
    public long Facts { get; private set; }

    /// <summary>The chain's last hash as computed, in hexadecimal.</summary>
    public string Head => Convert.ToHexStringLower(_hash);

    /// <summary>The first thing that is wrong; null as long as nothing is.</summary>
    public RecordFault? Fault { get; private set; }

    public void Add(StoredFact fact)
    {
        var version = ++Facts;
        _hash = HashChain.Next(_hash, stream, version, fact.Bytes.Span);
        if (Fault is not null) return;
        if (fact.Version != version) Fault = new(stream, version, $"the fact is missing; the next one there is {fact.Version}");
        else if (!fact.Hash.Span.SequenceEqual(_hash)) Fault = new(stream, version, "the fact is not the one that was recorded here");
        else if (!TextsHold(fact)) Fault = new(stream, version, "a text of the fact is not the one that was recorded");
    }

    private static bool TextsHold(StoredFact fact)
    {
        try
        {
            return FactTexts.Hold(fact);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // No fact at all, chained all the same.
            return false;
        }
    }
}
