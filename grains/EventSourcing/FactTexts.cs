using System.Text.Json;

namespace Agency.EventSourcing;

/// <summary>The free texts beside a fact, and the salted hashes that the fact holds of them.</summary>
public static class FactTexts
{
    /// <summary>Whether every text that the fact names is there and is the one that was recorded; a redacted one is.</summary>
    public static bool Hold(StoredFact fact)
    {
        using var envelope = JsonDocument.Parse(fact.Bytes);
        var hashes = envelope.RootElement.TryGetProperty("texts", out var texts)
            ? texts.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString(), StringComparer.Ordinal)
            : [];
        return fact.Texts.Count == hashes.Count && fact.Texts.All(t =>
            hashes.TryGetValue(t.Name, out var hash) && (t is { Salt: null, Value: null } || (t is { Salt: { } salt, Value: { } value } && FactJson.TextHash(salt.Span, value) == hash)));
    }
}
