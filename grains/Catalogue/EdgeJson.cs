using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agency.Catalogue;

/// <summary>An edge is written as its two codes: <c>["A04", "X1"]</c>.</summary>
internal sealed class EdgeJson : JsonConverter<Edge>
{
    public override Edge Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray && Code(ref reader) is { } before && Code(ref reader) is { } after && reader.Read() && reader.TokenType == JsonTokenType.EndArray
            ? new(before, after)
            : throw new JsonException("An edge is an array of two codes.");

    public override void Write(Utf8JsonWriter writer, Edge value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Before);
        writer.WriteStringValue(value.After);
        writer.WriteEndArray();
    }

    private static string? Code(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
