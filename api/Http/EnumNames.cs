using System.Collections.Immutable;
using System.Text.Json;

namespace Agency.Api.Http;

/// <summary>Enum values as the interface writes them: camelCase.</summary>
internal static class EnumNames
{
    public static string Of(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>In the order of <see cref="Enum.GetNames(Type)"/>.</summary>
    public static ImmutableArray<string> All(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
