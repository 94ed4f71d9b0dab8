using Scalar.AspNetCore;

namespace Agency.Api.Http;

/// <summary>What every answer tells a browser not to do, errors included; what Kestrel itself cannot read, it answers without.</summary>
internal static class SecurityHeaders
{
    // An answer of the interface is data: shown as a page it must run, load and frame nothing.
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

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

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce ? Page(nonce) : Nothing;
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
    }

    // The page that shows the OpenAPI document: this service's own scripts, and the one in the page by its nonce. They write styles into
    // the page, which no nonce reaches.
    private static string Page(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
