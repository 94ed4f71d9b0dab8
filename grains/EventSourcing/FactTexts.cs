using System.Text.Json;

namespace Agency.EventSourcing;

/// <summary>Names a free text of a stream. A fact of any stream that is stored as a <see cref="Redaction"/> of it says that the text was taken out of the
/// record; without such a fact an empty text is a loss.</summary>
/// <param name="Sequence">The fact that the text is beside; one before the redaction.</param>
/// <param name="Text">The text's name.</param>
public readonly record struct TextName(long Sequence, string Text)
{
    /// <summary>The stored name of the facts that redact, in whatever kind of stream, and what their payload is.</summary>
    public static (string Name, Type Payload) Redaction { get; } = ("text-redacted", typeof(TextName));
}

/// <summary>What a stored fact says of free texts: the salted hashes of those beside it, and which of an earlier fact it redacts.</summary>
internal sealed record FactTexts(IReadOnlyDictionary<string, string?> Hashes, TextName? Redacts)
{
    /// <summary>Null: the bytes are no fact.</summary>
    public static FactTexts? Of(StoredFact fact)
    {
        try
        {
            using var envelope = JsonDocument.Parse(fact.Bytes);
            var hashes = envelope.RootElement.TryGetProperty("texts", out var texts)
                ? texts.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString(), StringComparer.Ordinal)
                : [];
            return new(hashes, Redaction(envelope.RootElement) is { Text: not null } name && name.Sequence < fact.Version ? name : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether every text that the fact names is there and is the one that was recorded, or is empty.</summary>
    public bool Hold(IReadOnlyList<StoredText> texts) => texts.Count == Hashes.Count && texts.All(t =>
        Hashes.TryGetValue(t.Name, out var hash) && (t is { Salt: null, Value: null } || (t is { Salt: { } salt, Value: { } value } && FactJson.TextHash(salt.Span, value) == hash)));

    private static TextName? Redaction(JsonElement envelope) =>
        envelope.TryGetProperty("type", out var type) && type.ValueEquals(TextName.Redaction.Name) && envelope.TryGetProperty("data", out var data)
            ? data.Deserialize(TextName.Redaction.Payload, FactJson.Options) as TextName?
            : null;
}
