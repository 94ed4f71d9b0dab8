using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Agency.Api.Http;

/// <summary>A resource with its version: 200 with its ETag, or 304 when the client has it already.</summary>
/// <param name="value">The body.</param>
/// <param name="version">The version of the last fact that touched it.</param>
/// <param name="replayed">Whether this is the first answer again, to a repeat under the same key.</param>
public class Tagged<T>(T value, long version, bool replayed = false) : IResult, IEndpointMetadataProvider
{
    public T Value => value;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, json);
        var (response, headers, tag) = (httpContext.Response, httpContext.Response.Headers, EntityTags.Of(version, body));
        (headers.ETag, headers.Vary, headers.CacheControl) = (tag.ToString(), "Accept-Language, Authorization", "private, no-cache");
        if (replayed && httpContext.Request.Headers.ContainsKey("Idempotency-Key")) headers["Idempotency-Replayed"] = "true";
        if (EntityTags.NoneMatches(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        Prepare(response);
        (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", body.Length);
        headers.ContentLanguage = RequestLanguage.Of(httpContext.Request).Tag;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, StatusCodes.Status200OK);

    private protected static void Describe(EndpointBuilder builder, int status)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(T), ["application/json"]));
        builder.Metadata.Add(TaggedAnswer.Instance);
    }

    private protected virtual void Prepare(HttpResponse response)
    {
    }
}

/// <summary>A thing that a command made: 201 with its Location and ETag.</summary>
public sealed class TaggedCreated<T>(string location, T value, long version, bool replayed = false) : Tagged<T>(value, version, replayed), IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, StatusCodes.Status201Created);

    private protected override void Prepare(HttpResponse response) => (response.StatusCode, response.Headers.Location) = (StatusCodes.Status201Created, location);
}

/// <summary>Marks an endpoint that answers with an ETag.</summary>
internal sealed class TaggedAnswer
{
    public static TaggedAnswer Instance { get; } = new();
}
