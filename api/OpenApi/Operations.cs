using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agency.Api.OpenApi;

/// <summary>What every operation has by the conventions: headers, who acts, and the problems that it may answer with.</summary>
internal static class Operations
{
    /// <summary>The headers by which the acting person is known: name of the scheme, header, meaning.</summary>
    public static IReadOnlyList<(string Scheme, string Header, string Meaning)> ActingHeaders { get; } =
    [
        ("actor", HeaderAuthentication.ActorHeader, "Opaque id of the acting person: 1 to 64 characters of A-Z a-z 0-9 . _ -"),
        ("role", HeaderAuthentication.RoleHeader, "office, manager, clerk, owner, department, leadership, supervisor or administrator"),
        ("department", HeaderAuthentication.DepartmentHeader, "Department code; required in the role department"),
        ("creditCode", HeaderAuthentication.CreditCodeHeader, "Unified social credit code; required in the role owner"),
    ];

    private static readonly Dictionary<int, string> _always = new() { [500] = "The service failed.", [503] = "Not at this moment: come again after Retry-After seconds." };
    private static readonly Dictionary<int, string> _forReading = new() { [400] = "It cannot be read." };
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
        var (command, tagged, person) = (metadata.OfType<CommandEndpoint>().Any(), metadata.OfType<TaggedAnswer>().Any(), metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any());
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

        operation.Security = person
            ? [Acting(context, "actor", "role"), Acting(context, "actor", "role", "department"), Acting(context, "actor", "role", "creditCode")]
            : [];

        var schema = await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: cancellationToken);
        context.Document?.AddComponent(nameof(Problem), schema);
        foreach (var (status, meaning) in _always.Concat(operation.Parameters.Count > 0 || operation.RequestBody is not null ? _forReading : []).Concat(person ? _forPersons : []).Concat(command ? _forCommands : operation.RequestBody is not null ? _forQuestions : []))
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

    private static OpenApiSecurityRequirement Acting(OpenApiOperationTransformerContext context, params ReadOnlySpan<string> schemes)
    {
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in schemes) requirement[new OpenApiSecuritySchemeReference(scheme, context.Document)] = [];
        return requirement;
    }
}
