using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Agency.Silo.Hosting;

/// <summary>A silo that runs alone, section <c>Agency:Silo</c>: where the others and the clients reach it.</summary>
public sealed class SiloSettings
{
    public const string Section = "Agency:Silo";

    /// <summary>Its name, in logs and where a silo is named to an operator.</summary>
    /// <value>By default the machine's name and the port.</value>
    public string? Name { get; set; }

    /// <summary>The address of this machine at which it listens and is found. What it says there is not encrypted and asks for no password: a network of the cluster's own.</summary>
    /// <value>The default value is <c>127.0.0.1</c>.</value>
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port for other silos; 0 takes one that is free.</summary>
    /// <value>The default value is 0.</value>
    [Range(0, 65535, ErrorMessage = "The port for silos (--port) must be a number from 0 to 65535.")]
    public int Port { get; set; }

    /// <summary>The port for clients; 0 takes one that is free.</summary>
    /// <value>The default value is 0.</value>
    [Range(0, 65535, ErrorMessage = "The port for clients (--gateway-port) must be a number from 0 to 65535.")]
    public int GatewayPort { get; set; }

    /// <exception cref="StartupException">It is none of one machine.</exception>
    internal IPAddress Address() => IPAddress.TryParse(Listen, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        ? address
        : throw new StartupException($"'{Listen}' ({Section}:{nameof(Listen)}, --listen) is no address at which others find this machine: give one of its IP addresses.");
}
