using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Agency.Api.Http;
using Agency.Api.Http.Problems;
using Agency.EventSourcing;
using Agency.Silo.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Agency.Api.Hosting;

/// <summary>Where and how Kestrel listens: on loopback alone unless told otherwise, elsewhere never in the clear, and with narrow limits.</summary>
internal static class Listening
{
    public static void Listen(this WebApplicationBuilder builder, ServiceOptions options)
    {
        // What the framework itself would listen on, past these rules.
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()) throw new StartupException("The section Kestrel:Endpoints is not used: say where to listen by Agency:Listen (--listen), Agency:Port (--port) and Agency:Certificate.");
        var address = Checked(options);
        var certificate = options.Certificate is { } file ? Certificate(file, options.CertificateKey) : null;
        var proxies = options.TrustedProxies.Select(p => IPAddress.TryParse(p, out var address) ? address : throw new StartupException($"The trusted proxy '{p}' (Agency:TrustedProxies) is no IP address.")).ToList();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, options.Port, listen =>
            {
                if (certificate is not null) listen.UseHttps(certificate);
            });
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits);
        });
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in proxies) forwarded.KnownProxies.Add(proxy);
            forwarded.ForwardedHeaders = proxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
        });
    }

    /// <summary>Believes the trusted proxies, and turns away what comes in the clear from elsewhere: a token would have been read on the way.
    /// How the service is may be asked all the same.</summary>
    public static void UseListening(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use((context, next) => context.Request.IsHttps || IsHere(context.Connection.RemoteIpAddress) || context.Request.Path.StartsWithSegments("/health")
            ? next(context)
            : Problem.Write(context, Refusal.Of("https-required"), []));
    }

    // A connection that has no address is none over a network.
    private static bool IsHere(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    private static IPAddress Checked(ServiceOptions options)
    {
        if (!IPAddress.TryParse(options.Listen, out var address)) throw new StartupException("The address (--listen) must be an IP address, such as 127.0.0.1 or 0.0.0.0.");
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (!Port.IsFree(address, options.Port)) throw new StartupException($"Port {options.Port} of {address} cannot be listened on: another program has it, it needs more rights, or the address is not this machine's. Choose another with --port or --listen.");
        if (IPAddress.IsLoopback(address)) return address;
        if (options.Certificate is null && options.TrustedProxies.Count == 0)
            throw new StartupException($"On {address} the service could be read along: give it a certificate (Agency:Certificate), or name the proxies that end TLS before it (Agency:TrustedProxies).");
        if (options.Access.Authority is null && !options.EmbeddedIssuerElsewhere)
            throw new StartupException($"On {address} the tokens of an OpenID Connect authority are needed (Agency:Access:Authority). Agency:EmbeddedIssuerElsewhere=true takes those of the embedded issuer all the same.");
        return address;
    }

    private static HttpsConnectionAdapterOptions Certificate(string file, string? key)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            return new() { ServerCertificate = X509Certificate2.CreateFromPemFile(file, key), ServerCertificateChain = chain };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The certificate '{file}' (Agency:Certificate, Agency:CertificateKey) cannot be used: {e.Message}", e);
        }
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = RequestBody.MaxBytes;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }
}
