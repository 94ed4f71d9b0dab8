using Agency.Api.Access;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;

namespace Agency.Api.OpenApi;

/// <summary>What every operation has by the conventions: headers, who acts, and the problems that it may answer with.</summary>
internal static class Operations
{
    /// <summary>Name of the security scheme.</summary>
    public const string Bearer = "bearer";

    private static readonly Dictionary<int, string> _always = new() { [500] = "The service failed.", [503] = "Not at this moment: come again after Retry-After seconds." };
    private static readonly Dictionary<int, string> _forReading = new() { [400] = "It cannot be read." };
    private static readonly Dictionary<int, string> _forLimited = new() { [429] = "Too many requests: come again after Retry-After seconds." };
    private static readonly Dictionary<int, string> _forNamed = new() { [404] = "Unknown." };
    private static readonly Dictionary<int, string> _forPersons = new() { [401] = "Nobody is known to act.", [403] = "A role that may never do this.", [404] = "Unknown, or not the acting person's." };
    private static readonly Dictionary<int, string> _forCommands = new()
    {
        [409] = "The state does not allow it.",
        [412] = "Not at the version of If-Match.",
        [413] = "The body has more than 256 KiB.",
        [415] = "The body is no JSON.",
        [422] = "A value that is impossible by itself, or an idempotency key used with another body.",
    };
    private static readonly Dictionary<int, string> _forQuestions = new() { [413] = _forCommands[413], [415] = _forCommands[415], [422] = "A value that is impossible by itself." };

    public static async Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var (command, tagged) = (metadata.OfType<CommandEndpoint>().Any(), metadata.OfType<TaggedAnswer>().Any());
        var access = context.ApplicationServices.GetRequiredService<AccessTable>().Routes.GetValueOrDefault(AccessTable.RouteOf(context.Description.HttpMethod ?? "*", context.Description.RelativePath ?? ""));
        var person = access is { Anonymous: false };
        operation.Parameters ??= [];

        // The generator takes the comment on the last query parameter for one on the body.
        if (operation.RequestBody is OpenApiRequestBody body) body.Description = null;
        if (command)
        {
            Header(operation, "Idempotency-Key", "1 to 128 visible ASCII characters. A repeat under the same key gets the first answer, marked Idempotency-Replayed, for 30 days.");
            Header(operation, "If-Match", "The ETag as read; its version alone is compared.");
        }
        else if (tagged)
        {
            Header(operation, "If-None-Match", "The ETag as read; 304 while it is the same.");
            operation.Responses?.TryAdd("304", new OpenApiResponse { Description = "The same as the client has." });
        }

        operation.Security = person ? [new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }] : [];
        if (person) operation.Description = $"{operation.Description} {Callers(access!)}".Trim();

        var schema = await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: cancellationToken);
        context.Document?.AddComponent(nameof(Problem), schema);
        foreach (var (status, meaning) in _always.Concat(operation.Parameters.Count > 0 || operation.RequestBody is not null ? _forReading : []).Concat(person ? _forPersons : operation.Parameters.Any(p => p.In == ParameterLocation.Path) ? _forNamed : []).Concat(metadata.OfType<DisableRateLimitingAttribute>().Any() ? [] : _forLimited).Concat(command ? _forCommands : operation.RequestBody is not null ? _forQuestions : []))
        {
            operation.Responses?.TryAdd($"{status}", new OpenApiResponse
            {
                Description = meaning,
                Content = new Dictionary<string, OpenApiMediaType> { [Problem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), context.Document) } },
            });
        }

        if (tagged && operation.Responses?.FirstOrDefault(r => r.Key.StartsWith('2')).Value is OpenApiResponse success)
        {
            success.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = new OpenApiHeader { Description = "\"<version>-<hash>\"", Schema = new OpenApiSchema { Type = JsonSchemaType.String } } };
        }
    }

    private static void Header(OpenApiOperation operation, string name, string what) =>
        operation.Parameters?.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = what, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });

    // Who may call it, by the access table.
    private static string Callers(RouteAccess access)
    {
        string Those(Grant grant) => string.Join(", ", access.Grants.Where(g => g.Value == grant).Select(g => g.Key).Order().Select(role => EnumNames.Of(role)));
        string?[] callers = [Those(Grant.All) is { Length: > 0 } all ? $"For {all}." : null, Those(Grant.Own) is { Length: > 0 } own ? $"For {own}: what is their own." : null];
        return string.Join(' ', callers.OfType<string>());
    }
}
