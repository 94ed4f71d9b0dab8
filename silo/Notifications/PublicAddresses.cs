using System.Net;
using System.Net.Sockets;
using Agency.Notifications;

namespace Agency.Silo.Notifications;

/// <summary>Keeps webhooks away from this computer and from private networks: when they are registered, and again at each connection, by the very
/// address that is connected to, so that a name that changes its address meanwhile leads nowhere.</summary>
internal sealed class PublicAddresses(WebhookOptions options) : IWebhookAddresses
{
    // IANA's special-purpose registry, and what clouds tell their machines by a public address.
    private static readonly IPNetwork[] _refused =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ]).Select(n => IPNetwork.Parse(n)),
    ];

    // Nothing else of IPv6 is given to anybody.
    private static readonly IPNetwork _unicast = IPNetwork.Parse("2000::/3");

    public bool AllowHttp => options.AllowHttp;

    /// <summary>Whether an address may be connected to whatever is configured.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || _unicast.Contains(plain)) && !_refused.Any(n => n.Contains(plain));
    }

    public async Task<HostReach> Reach(string host, CancellationToken cancellationToken)
    {
        try
        {
            var found = await Find(host, cancellationToken);
            return found.Length == 0 ? HostReach.Unknown : found.All(Allows) ? HostReach.Public : HostReach.Refused;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            return HostReach.Unknown;
        }
    }

    /// <summary>Connects to a host if all its addresses may be connected to.</summary>
    /// <exception cref="AddressRefusedException">One of them may not.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await Find(context.DnsEndPoint.Host, cancellationToken);
        if (!found.All(Allows)) throw new AddressRefusedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Task<IPAddress[]> Find(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address) ? Task.FromResult<IPAddress[]>([address]) : Dns.GetHostAddressesAsync(host, cancellationToken);

    private bool Allows(IPAddress address) => options.AllowPrivate || IsPublic(address);
}

/// <summary>A webhook's host leads to where nothing may be sent.</summary>
internal sealed class AddressRefusedException() : IOException("The address is not public.");
