using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agency.Tests.Api.Access;

/// <summary>Requests that the interface's document allows: for each operation a path, and a body of the members that it requires.</summary>
internal sealed class OpenApiSamples(JsonElement document)
{
    private const int Deepest = 6;

    /// <summary>Every operation.</summary>
    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => new Operation(
            new(operation.Name.ToUpperInvariant()),
            path.Name,
            operation.Value.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema") : null,
            operation.Value.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)] : []))),
    ];

    /// <summary>A body as the operation takes it, by its schema; null if it takes none.</summary>
    public JsonNode? Body(Operation operation) => operation.Body is { } schema ? Sample(schema, 0) : null;

    private JsonNode? Sample(JsonElement schema, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Sample(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), depth);
        if (schema.TryGetProperty("const", out var constant)) return JsonNode.Parse(constant.GetRawText());
        if (schema.TryGetProperty("enum", out var values)) return JsonNode.Parse(values.EnumerateArray().First().GetRawText());
        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
        {
            if (schema.TryGetProperty(choice, out var some)) return Sample(some.EnumerateArray().OrderBy(s => s.TryGetProperty("type", out var t) && t.ToString() == "null").First(), depth);
        }

        return TypeOf(schema) switch
        {
            "object" => Object(schema, depth),
            "array" => depth < Deepest && schema.TryGetProperty("items", out var items) ? new JsonArray(Sample(items, depth + 1)) : [],
            "integer" => 1,
            "number" => 1.5,
            "boolean" => true,
            "string" => (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
            {
                "date" => "2026-03-02",
                "date-time" => "2026-03-02T09:00:00+08:00",
                _ => "A04",
            },
            _ => null,
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var made = new JsonObject();
        if (depth == Deepest || !schema.TryGetProperty("required", out var required)) return made;
        foreach (var name in required.EnumerateArray().Select(n => n.GetString()!)) made[name] = Sample(schema.GetProperty("properties").GetProperty(name), depth + 1);
        return made;
    }

    private static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).First(t => t != "null")
        : type.GetString();

    /// <param name="Path">With its parameters in braces.</param>
    /// <param name="Body">The body's schema.</param>
    /// <param name="Query">Names of the query's parameters.</param>
    internal sealed record Operation(HttpMethod Method, string Path, JsonElement? Body, IReadOnlyList<string> Query)
    {
        public string Route => $"{Method} {Path}";

        /// <summary>The path with its parameters filled in.</summary>
        public string At(Func<string, string> value) => string.Join('/', Path.Split('/').Select(segment => segment.StartsWith('{') ? value(segment[1..^1]) : segment));
    }
}
