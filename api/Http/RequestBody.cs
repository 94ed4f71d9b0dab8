using System.Security.Cryptography;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Microsoft.AspNetCore.Http.Features;

namespace Agency.Api.Http;

/// <summary>A request's whole body, read into memory before anything else looks at it, so that its size and hash are known.</summary>
/// <param name="bytes">At most <see cref="MaxBytes"/>.</param>
public sealed class RequestBody(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The most bytes that a body may have (256 KiB).</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>SHA-256 of the body, of the empty one too.</summary>
    public ReadOnlyMemory<byte> Hash() => SHA256.HashData(bytes.Span);

    /// <summary>Reads the body and puts it in the stream's place; a longer one is answered with 413.</summary>
    internal static async Task Buffer(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            // The framework would fail on an encoding that it does not know.
            if (context.Request.GetTypedHeaders().ContentType is { Charset: { HasValue: true } charset } && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) throw new RequestRefusedException(Refusal.Of(ProblemCodes.UnsupportedMediaType));
            var body = await Read(context.Request, context.RequestAborted);
            if (NullElements.First(body) is { } pointer) throw RequestRefusedException.At(pointer, Refusal.Of(ProblemCodes.WrongType, ("member", pointer), ("expected", UnreadableRequest.NotNull)));
            context.Features.Set(new RequestBody(body));
            context.Request.Body = new MemoryStream(body, writable: false);
        }

        await next(context);
    }

    private static async Task<byte[]> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes) throw TooLarge();
        using var read = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var count)
        {
            if (read.Length + count > MaxBytes) throw TooLarge();
            read.Write(chunk, 0, count);
        }

        return read.ToArray();
    }

    private static RequestRefusedException TooLarge() => new(Refusal.Of(ProblemCodes.BodyTooLarge));
}
