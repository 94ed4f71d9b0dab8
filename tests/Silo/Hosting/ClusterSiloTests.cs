using System.Net;
using System.Net.Sockets;
using Agency.Silo.Hosting;

namespace Agency.Tests.Silo.Hosting;

public sealed class ClusterSiloTests
{
    private const string Storage = "UseDevelopmentStorage=true";

    [Theory]
    [InlineData("Agency:Cluster:ConnectionString (--storage)")]
    [InlineData("Agency:Cluster:Id", "--storage", Storage, "--cluster", "a/b")]
    [InlineData("Agency:Cluster:ConnectionString", "--storage", "nonsense")]
    [InlineData("Agency:Cluster", "--storage", Storage, "--profile", "quick")]
    [InlineData("--listen", "--storage", Storage, "--listen", "0.0.0.0")]
    [InlineData("--listen", "--storage", Storage, "--listen", "here")]
    [InlineData("192.0.2.1", "--storage", Storage, "--listen", "192.0.2.1")]
    [InlineData("--port", "--storage", Storage, "--port", "65536")]
    [InlineData("--gateway-port", "--storage", Storage, "--gateway-port", "-1")]
    [InlineData("Agency:Silo", "--storage", Storage, "--Agency:Silo:Colour", "red")]
    [InlineData("StreamTable", "--storage", Storage, "--Storage:AzureTables:StreamTable", "Streams")]
    [InlineData("Agency:Schedules:Times:sweep", "--storage", Storage, "--Agency:Schedules:Times:sweep", "often")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string named, params string[] args)
    {
        var said = (await Assert.ThrowsAsync<StartupException>(async () =>
        {
            using var host = ClusterSilo.Builder(args).Build();
            await host.Prepare(TestContext.Current.CancellationToken);
        })).Message;
        Assert.Contains(named, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public void A_port_that_is_taken_stops_the_start_with_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.Contains(port, Assert.Throws<StartupException>(() => ClusterSilo.Builder(["--storage", Storage, "--port", port])).Message, StringComparison.Ordinal);
    }
}
