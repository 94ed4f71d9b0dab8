using System.Globalization;
using System.Text.Json;
using Agency.Api.Http.Problems;

namespace Agency.Api.Http;

/// <summary>Null among the elements of an array: no array of the interface has such, but the framework's reader takes it.</summary>
internal static class NullElements
{
    /// <summary>JSON pointer of the first one; null if there is none, and for a body that is no JSON, which the reader explains better.</summary>
    public static string? First(ReadOnlySpan<byte> json)
    {
        // Where the reading is in each open array (at an index) and object (at a name).
        var places = new Stack<(int? Index, string Name)>();
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    places.Pop();
                    places.Push((null, reader.GetString()!));
                    continue;
                }

                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    places.Pop();
                    continue;
                }

                if (places.TryPeek(out var place) && place.Index is { } index)
                {
                    places.Pop();
                    places.Push((index + 1, ""));
                    if (reader.TokenType == JsonTokenType.Null) return UnreadableRequest.Pointer(places.Reverse().Select(p => p.Index?.ToString(CultureInfo.InvariantCulture) ?? p.Name));
                }

                if (reader.TokenType == JsonTokenType.StartArray) places.Push((-1, ""));
                if (reader.TokenType == JsonTokenType.StartObject) places.Push((null, ""));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a name that is no text.
        }

        return null;
    }
}
