using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agency.Api.Http;

/// <summary>How bodies are read and written: nothing misspelt, doubled or half-right is taken, and Chinese stays readable.</summary>
public static class StrictJson
{
    /// <summary>Strict options.</summary>
    public static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        return options;
    }

    /// <summary>Makes <paramref name="options"/> strict.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        // Answers are application/json with nosniff, never part of a page: only what JSON itself demands is escaped.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new EnumConverterFactory());
        options.Converters.Add(new OptionalJson());
    }

    /// <summary>A value that is none of those possible.</summary>
    internal sealed class WrongValueException(string expected) : JsonException($"Expected: {expected}.")
    {
        /// <summary>The possible ones.</summary>
        public string Expected => expected;
    }

    // The framework's own converter takes names in any case.
    private sealed class EnumConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter?)Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(typeToConvert)) ?? throw new NotSupportedException(typeToConvert.Name);
    }

    private sealed class EnumConverter<TEnum> : JsonConverter<TEnum>
        where TEnum : struct, Enum
    {
        private readonly Dictionary<string, TEnum> _values = Enum.GetValues<TEnum>().ToDictionary(v => EnumNames.Of(v));

        public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && _values.TryGetValue(reader.GetString() ?? "", out var value) ? value : throw Wrong();

        public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(EnumNames.Of(value));

        public override TEnum ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            _values.TryGetValue(reader.GetString() ?? "", out var value) ? value : throw Wrong();

        public override void WriteAsPropertyName(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WritePropertyName(EnumNames.Of(value));

        private WrongValueException Wrong() => new(string.Join(", ", _values.Keys));
    }
}
