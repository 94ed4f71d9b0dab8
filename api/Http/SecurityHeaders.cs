using Scalar.AspNetCore;

namespace Agency.Api.Http;

/// <summary>What every answer tells a browser not to do, errors included; what Kestrel itself cannot read, it answers without.</summary>
internal static class SecurityHeaders
{
    // An answer of the interface is data: shown as a page it must run, load and frame nothing.
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // A page with this service's own scripts, which write styles into it: that no nonce reaches.
    private const string Page = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The middleware, to stand before all others.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // On starting, because the exception handler clears what was set before.
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Lets endpoints answer with pages for people, whose scripts and forms are this service's own.</summary>
    public static TBuilder WithPages<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new Pages());

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = Policy(context);
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
    }

    private static string Policy(HttpContext context)
    {
        // The page that shows the OpenAPI document has one script in itself, known by its nonce.
        if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce) return $"{Page}; script-src 'self' 'nonce-{nonce}'; form-action 'none'";
        return context.GetEndpoint()?.Metadata.GetMetadata<Pages>() is null ? Nothing : $"{Page}; script-src 'self'; form-action 'self'";
    }

    private sealed record Pages;
}
