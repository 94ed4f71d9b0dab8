using System.Text.Json.Nodes;
using Agency.Api.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agency.Api.OpenApi;

/// <summary>What the generated schemas leave out.</summary>
internal static class Schemas
{
    /// <summary>Enums are strings, of their names.</summary>
    public static Task Correct(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names)
        {
            schema.Type = JsonSchemaType.String | (names == type ? 0 : JsonSchemaType.Null);
            schema.Enum = [.. EnumNames.All(names).Select(name => (JsonNode)name)];
        }

        return Task.CompletedTask;
    }
}
