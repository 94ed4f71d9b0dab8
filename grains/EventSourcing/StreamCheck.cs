using System.Globalization;

namespace Agency.EventSourcing;

/// <summary>Something that a look through the record found.</summary>
/// <param name="Stream">Name of the stream whose record it is, or the name under which there is what is no stream's.</param>
/// <param name="Version">The first fact that is missing or not as it was.</param>
/// <param name="What">What was found, for the operator.</param>
/// <param name="Fault">Whether something is not as it was recorded; otherwise it is only to be known.</param>
public sealed record RecordFinding(string Stream, long Version, string What, bool Fault = true)
{
    internal RecordFinding(StreamId stream, long version, string what, bool fault = true)
        : this(stream.ToString(), version, what, fault)
    {
    }

    /// <summary>One line; what cannot be seen in a name is written as its code.</summary>
    public override string ToString() => $"{Seen(Stream)} {Version}: {What}";

    // A name is anything that somebody wrote, and must neither begin a line nor say it whole.
    private static string Seen(string name) => StreamId.Parse(name) is not null ? name : $"'{string.Concat(name.Select(c => IsSeen(c) ? $"{c}" : $"\\u{(int)c:x4}"))}'";

    private static bool IsSeen(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) && c is not '\\';
}

/// <summary>Goes through a stream from its first fact on: versions without a gap, the chain, the texts' hashes, and a redaction for every empty text.</summary>
public sealed class StreamCheck(StreamId stream)
{
    // In the order of the facts.
    private readonly List<TextName> _there = [], _empty = [];
    private readonly Dictionary<TextName, long> _redactions = [];
    private byte[] _hash = HashChain.Start(stream);

    /// <summary>How many facts there were.</summary>
    public long Facts { get; private set; }

    /// <summary>The chain's last hash as computed, in hexadecimal.</summary>
    public string Head => Convert.ToHexStringLower(_hash);

    /// <summary>The first fact that is missing or not as it was, or has another text than it had; null as long as there is none.</summary>
    public RecordFinding? Fault { get; private set; }

    /// <summary>The first text that is empty and that no fact redacts; null if there is none. It is to be asked for last: the redaction can be among facts that are missing.</summary>
    public RecordFinding? Emptied =>
        _empty.Where(t => !_redactions.ContainsKey(t)).Select(t => new RecordFinding(stream, t.Sequence, $"the text '{t.Text}' of the fact is empty, and no fact redacts it")).FirstOrDefault();

    /// <summary>The texts that are redacted and there all the same: they are yet to be erased, or came back with a backup.</summary>
    public IEnumerable<RecordFinding> Unerased =>
        _there.Where(_redactions.ContainsKey).Select(t => new RecordFinding(stream, t.Sequence, $"the text '{t.Text}' of the fact is redacted by fact {_redactions[t]} and still in the store", fault: false));

    public void Add(StoredFact fact)
    {
        var version = ++Facts;
        _hash = HashChain.Next(_hash, stream, version, fact.Bytes.Span);
        var texts = FactTexts.Of(fact);
        Redacted(texts, fact);
        if (Fault is not null) return;
        if (fact.Version != version) Fault = new(stream, version, $"the fact is missing; the next one there is {fact.Version}");
        else if (!fact.Hash.Span.SequenceEqual(_hash)) Fault = new(stream, version, "the fact is not the one that was recorded here");
        else if (texts is null || !texts.Hold(fact.Texts)) Fault = new(stream, version, "a text of the fact is not the one that was recorded");
        else foreach (var text in fact.Texts) (text.Value is null ? _empty : _there).Add(new(version, text.Name));
    }

    /// <summary>Takes of a fact that is not to be looked at, because it was recorded since, only what it redacts.</summary>
    public void Later(StoredFact fact) => Redacted(FactTexts.Of(fact), fact);

    private void Redacted(FactTexts? texts, StoredFact fact)
    {
        if (texts?.Redacts is { } text) _redactions.TryAdd(text, fact.Version);
    }
}
