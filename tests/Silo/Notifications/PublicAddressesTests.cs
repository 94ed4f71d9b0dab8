using System.Net;
using System.Net.Sockets;
using Agency.Notifications;
using Agency.Silo.Notifications;

namespace Agency.Tests.Silo.Notifications;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_is_this_computer_private_or_nobodys_is_refused(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2400:3200::1")]
    [InlineData("2606:4700:4700::1111")]
    public void What_is_public_is_let_through(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://127.0.0.1/", HostReach.Refused)]
    [InlineData("https://2130706433/", HostReach.Refused)]
    [InlineData("https://0x7f.1/", HostReach.Refused)]
    [InlineData("https://[::1]/", HostReach.Refused)]
    [InlineData("https://[::ffff:169.254.169.254]/", HostReach.Refused)]
    [InlineData("https://localhost/", HostReach.Refused)]
    [InlineData("https://1.1.1.1/", HostReach.Public)]
    [InlineData("https://host.invalid/", HostReach.Unknown)]
    public async Task A_host_is_judged_by_its_addresses_however_they_are_written(string url, HostReach reach)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.Equal(reach, await new PublicAddresses(new()).Reach(new Uri(url).IdnHost, bound.Token));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_name_that_leads_to_this_computer_by_the_time_of_the_connection_is_not_connected_to(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = new PublicAddresses(new()).Connect });
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/", TestContext.Current.CancellationToken));
        Assert.IsType<AddressRefusedException>(refused.InnerException);
        Assert.False(listener.Pending());
    }
}
