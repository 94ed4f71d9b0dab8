using System.Net;
using Agency.Api.Http;

namespace Agency.Api.Hosting;

/// <summary>How Kestrel listens: on loopback alone (a proxy stands before it where others are to reach it), with narrow limits.</summary>
internal static class Loopback
{
    public static void Listen(WebApplicationBuilder builder, int port) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.Listen(IPAddress.Loopback, port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytes;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    });
}
