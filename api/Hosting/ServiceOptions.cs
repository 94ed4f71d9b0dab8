using System.ComponentModel.DataAnnotations;
using Agency.Api.Access;
using Agency.Silo.Hosting;

namespace Agency.Api.Hosting;

/// <summary>Where the service listens and where its data lies. Section <c>Agency</c>; on the command line <c>--listen</c>, <c>--port</c>, <c>--data</c> and <c>--mode</c>.</summary>
public sealed class ServiceOptions
{
    public const string Section = "Agency";

    private static readonly Dictionary<string, string> _switches = new()
    {
        ["--port"] = $"{Section}:{nameof(Port)}",
        ["--data"] = $"{Section}:{nameof(Data)}",
        ["--listen"] = $"{Section}:{nameof(Listen)}",
        ["--mode"] = $"{Section}:{nameof(Mode)}",
        ["--storage"] = $"{ClusterSettings.Section}:{nameof(ClusterSettings.ConnectionString)}",
        ["--cluster"] = $"{ClusterSettings.Section}:{nameof(ClusterSettings.Id)}",
        ["--profile"] = $"{ClusterSettings.Section}:{nameof(ClusterSettings.Profile)}",
    };

    /// <summary>Where the grains are. The default is <see cref="ServiceMode.Embedded"/>.</summary>
    public ServiceMode Mode { get; set; }

    /// <summary>The address to listen on. The default is <c>127.0.0.1</c>. Any other than loopback needs a certificate or trusted proxies.</summary>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>File of the TLS certificate with its chain, in PEM; with one the service speaks HTTPS alone.</summary>
    public string? Certificate { get; set; }

    /// <summary>File of the certificate's private key, in PEM; left out: it is in the same file.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>Addresses of the proxies that end TLS before the service: theirs are the X-Forwarded-For and X-Forwarded-Proto that are believed.</summary>
    public List<string> TrustedProxies { get; } = [];

    /// <summary>Whether the embedded issuer's tokens are taken from elsewhere than loopback, too: whoever can read its key in the data directory can be anybody.</summary>
    public bool EmbeddedIssuerElsewhere { get; set; }

    /// <summary>Whether Orleans' page about silos, grains and calls is there, for the administrator. Every call costs somewhat more then.</summary>
    public bool Dashboard { get; set; }

    /// <summary>Whose tokens say who acts.</summary>
    public AccessOptions Access { get; } = new();

    /// <summary>How much anybody may ask for.</summary>
    public LimitOptions Limits { get; } = new();

    /// <summary>The port; 0 takes any that is free. The default is 5155.</summary>
    [Range(0, 65535, ErrorMessage = "The port (--port) must be a number from 0 to 65535.")]
    public int Port { get; set; } = 5155;

    /// <summary>The directory of the service's data, made when it is missing; relative to the working directory. In a cluster it holds the embedded issuer's key alone.
    /// The default is <c>agency-data</c>.</summary>
    [Required(ErrorMessage = "The data directory (--data) must not be empty.")]
    public string Data { get; set; } = "agency-data";

    /// <summary>Reads, checks and registers the options; afterwards the data directory exists and is a full path.</summary>
    /// <exception cref="StartupException">One of them cannot be used.</exception>
    internal static ServiceOptions Register(WebApplicationBuilder builder, string[] args)
    {
        // WebApplicationFactory hands its settings over as arguments in this form, too.
        builder.Configuration.AddCommandLine(args, _switches);
        var options = Read(builder.Configuration.GetSection(Section));
        options.Data = DataDirectory.Made(options.Data);
        builder.Services.AddSingleton(options);
        return options;
    }

    private static ServiceOptions Read(IConfigurationSection section)
    {
        var options = new ServiceOptions();
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new StartupException($"A setting cannot be read: {e.Message}", e);
        }

        var errors = new List<ValidationResult>();
        foreach (var part in (object[])[options, options.Access, options.Access.Claims, options.Limits]) Validator.TryValidateObject(part, new(part), errors, validateAllProperties: true);
        if (errors.Count > 0) throw new StartupException(errors[0].ErrorMessage ?? $"The section {Section} is wrong.");
        return options;
    }
}

/// <summary>Where the grains are that answer.</summary>
public enum ServiceMode
{
    /// <summary>In this process, which stores in an SQLite file.</summary>
    Embedded,

    /// <summary>In silos, of which this process is a client (<see cref="ClusterSettings"/>).</summary>
    Cluster,
}
