using System.Net.ServerSentEvents;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Agency.Api.Http;

/// <summary>Server-sent events as they come. Unlike the framework's own result it answers at once, so that a client knows that it is
/// heard while there is nothing to tell yet.</summary>
internal sealed class EventStream<T>(IAsyncEnumerable<SseItem<T>> events) : IResult, IEndpointMetadataProvider
{
    private const string MediaType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, json) = (httpContext.Response, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        (response.ContentType, response.Headers.CacheControl, response.Headers.Vary) = (MediaType, "no-store", "Authorization");
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await response.StartAsync(httpContext.RequestAborted);
            await response.Body.FlushAsync(httpContext.RequestAborted);
            await foreach (var one in events.WithCancellation(httpContext.RequestAborted))
            {
                // One line of data: the JSON has no line breaks.
                await response.WriteAsync($"id: {one.EventId}\nevent: {one.EventType}\ndata: {JsonSerializer.Serialize(one.Data, json)}\n\n", httpContext.RequestAborted);
                await response.Body.FlushAsync(httpContext.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; it comes again where it was.
        }
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [MediaType]));
}
