using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Agency.People;

namespace Agency.EventSourcing;

/// <summary>Turns entries into the bytes that every store holds, and back. The bytes are one JSON object, envelope and payload;
/// free texts lie beside it, and it holds only their salted hashes (SHA-256 over the 16-byte salt and the UTF-8 text, base64).</summary>
/// <typeparam name="TFact">The closed set of facts of one kind of stream.</typeparam>
public sealed class FactCodec<TFact>
    where TFact : class
{
    private const int SaltBytes = 16;

    private readonly Dictionary<string, Type> _types;
    private readonly Dictionary<Type, string> _names;

    /// <summary>Knows each fact by its stored name: a name, once written, is for ever; the CLR type may be renamed.</summary>
    public FactCodec(params (string Name, Type Type)[] facts)
    {
        _types = facts.ToDictionary(f => f.Name, f => f.Type);
        _names = facts.ToDictionary(f => f.Type, f => f.Name);
    }

    /// <summary>The stored name of a fact's type.</summary>
    public string NameOf(TFact fact) => _names.TryGetValue(fact.GetType(), out var name)
        ? name
        : throw new NotSupportedException($"{fact.GetType().Name} has no stored name.");

    public StoredFact Encode(Entry<TFact> entry, StreamId stream, ReadOnlySpan<byte> previousHash)
    {
        var texts = entry.Texts.Select(t => Salted(t.Key, t.Value ?? throw new InvalidOperationException($"The text {t.Key} is redacted."))).ToArray();
        var envelope = new Envelope(
            NameOf(entry.Fact),
            entry.RecordedAt,
            entry.OccurredOn,
            entry.Actor.Id,
            entry.Actor.Role,
            entry.Actor.Department,
            entry.OnBehalfOf,
            entry.CommandId,
            entry.CalendarVersion,
            texts.Length == 0 ? null : texts.ToDictionary(t => t.Text.Name, t => t.Hash),
            FactJson.Payload(entry.Fact));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(envelope, FactJson.Options);
        return new(entry.Version, bytes, HashChain.Next(previousHash, stream, entry.Version, bytes), [.. texts.Select(t => t.Text)]);
    }

    public Entry<TFact> Decode(StoredFact stored)
    {
        var envelope = JsonSerializer.Deserialize<Envelope>(stored.Bytes.Span, FactJson.Options) ?? throw new JsonException("An empty fact.");
        if (!_types.TryGetValue(envelope.Type, out var type)) throw new NotSupportedException($"Unknown fact '{envelope.Type}': the store was written by a newer version.");
        var fact = (TFact?)envelope.Data.Deserialize(type, FactJson.Options) ?? throw new JsonException($"An empty '{envelope.Type}'.");
        var values = stored.Texts.ToDictionary(t => t.Name, t => t.Value);
        var texts = (envelope.Texts ?? []).Keys.ToImmutableSortedDictionary(name => name, values.GetValueOrDefault, StringComparer.Ordinal);
        var actor = new Actor(envelope.Actor, envelope.Role, envelope.Department);
        return new(stored.Version, fact, envelope.RecordedAt, envelope.OccurredOn, actor, envelope.OnBehalfOf, envelope.Command, envelope.Calendar, texts);
    }

    private static (StoredText Text, string Hash) Salted(string name, string value)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (new(name, salt, value), FactJson.TextHash(salt, value));
    }

    // The stored shape. A member, once written, keeps its name and meaning.
    private sealed record Envelope(
        string Type,
        DateTimeOffset RecordedAt,
        DateOnly OccurredOn,
        string Actor,
        Role Role,
        string? Department,
        string? OnBehalfOf,
        string Command,
        int? Calendar,
        Dictionary<string, string>? Texts,
        JsonElement Data);
}

/// <summary>How stored JSON is written: camelCase, enum values as camelCase strings, absent members left out, Chinese as it is.</summary>
public static class FactJson
{
    // What a payload must have is there: a member that cannot be null and has no default.
    private static readonly JsonSerializerOptions _strict = new(Create())
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(type =>
        {
            foreach (var member in type.Properties.Where(p => p.IsSetNullable || Nullable.GetUnderlyingType(p.PropertyType) is not null || p.AssociatedParameter is { IsNullable: true })) member.IsRequired = false;
        }),
    };

    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The salted hash that a fact holds of a free text.</summary>
    public static string TextHash(ReadOnlySpan<byte> salt, string value) =>
        Convert.ToBase64String(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(value)]));

    /// <summary>When a fact was recorded, by its bytes; null if they are none of this service.</summary>
    public static DateTimeOffset? RecordedAt(ReadOnlyMemory<byte> bytes) => Origin(bytes).RecordedAt;

    /// <summary>When a fact was recorded, and by which command, by its bytes; null what they do not say.</summary>
    public static (DateTimeOffset? RecordedAt, string? Command) Origin(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var fact = JsonDocument.Parse(bytes);
            return (Member("recordedAt") is { } at && at.TryGetDateTimeOffset(out var instant) ? instant : null, Member("command")?.GetString());

            JsonElement? Member(string name) =>
                fact.RootElement.ValueKind == JsonValueKind.Object && fact.RootElement.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member : null;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>A value's name, as it is written.</summary>
    public static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A fact's payload alone, as it is stored.</summary>
    public static JsonElement Payload(object fact) => JsonSerializer.SerializeToElement(fact, fact.GetType(), Options);

    /// <summary>A fact of the same type as <paramref name="like"/>.</summary>
    /// <exception cref="JsonException">The payload is none of such a fact.</exception>
    public static T Read<T>(JsonNode payload, T like)
        where T : class =>
        (T?)payload.Deserialize(like.GetType(), _strict) ?? throw new JsonException("An empty fact.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
