using System.Net;
using System.Net.Sockets;

namespace Agency.Silo.Hosting;

/// <summary>Ports of this machine.</summary>
public static class Port
{
    /// <summary>A port of the loopback interface that nobody listens on at this moment.</summary>
    public static int FreeOnLoopback() => FreeOn(IPAddress.Loopback);

    /// <summary>A port of an address of this machine that nobody listens on at this moment.</summary>
    public static int FreeOn(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether <paramref name="port"/> of an address can be listened on; 0 (any) can wherever the address is this machine's.</summary>
    public static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
