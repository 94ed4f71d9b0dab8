using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Agency.Api.Http;
using Agency.Catalogue;
using Agency.Projects;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agency.Api.OpenApi;

/// <summary>What the generated schemas leave out.</summary>
internal static class Schemas
{
    /// <summary>Enums are strings, of their names, also in lists; an edge is its two codes; a member of a merge patch is what it can be set to, or null.</summary>
    public static async Task Correct(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names)
        {
            // That a member may be null is said where it refers to its names.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. EnumNames.All(names).Select(name => (JsonNode)name)];
        }

        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { IsEnum: true } listed }) schema.Items = await context.GetOrCreateSchemaAsync(listed, cancellationToken: cancellationToken);

        if (context.JsonTypeInfo.ElementType == typeof(Edge))
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.Array, MinItems = 2, MaxItems = 2, Items = new OpenApiSchema { Type = JsonSchemaType.String } };

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            var value = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], cancellationToken: cancellationToken);
            (schema.Type, schema.Format, schema.Items, schema.Enum) = (value.Type | JsonSchemaType.Null, value.Format, value.Items, value.Enum);
        }
    }
}
