using System.Net;
using Agency.Silo.Clustering;
using Agency.Silo.Hosting;
using Agency.Tests.Silo.AzureTables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Agency.Tests.Silo.Clustering;

/// <summary>Two silos and a client that know nothing of each other but the table.</summary>
public sealed class AzureTableClusterTests(Azurite azurite)
{
    private static readonly TimeSpan _within = TimeSpan.FromMinutes(2);

    private readonly string _table = $"T{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_see_each_other_and_one_goes_on_when_the_other_is_killed()
    {
        var connection = await azurite.Connection();
        using var one = Silo(connection);
        await one.StartAsync(Cancellation);
        using var client = Client(connection);
        await client.StartAsync(Cancellation);
        var management = client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0);
        using (var other = Silo(connection))
        {
            await other.StartAsync(Cancellation);
            await Eventually.Holds(async () => (await management.GetHosts(onlyActive: true)).Count == 2, _within);

            // Told to stop at once, it says good-bye to nobody.
            await other.StopAsync(new CancellationToken(canceled: true));
        }

        await Eventually.Holds(async () => (await Active()).SequenceEqual([Address(one)]), _within);
        await client.StopAsync(Cancellation);
        await one.StopAsync(Cancellation);

        async Task<IEnumerable<SiloAddress>> Active()
        {
            try
            {
                return (await management.GetHosts(onlyActive: true)).Keys;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
            {
                return [];
            }
        }
    }

    private static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private IHost Silo(string connection)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(Named)
            .Configure<ClusterMembershipOptions>(members =>
            {
                (members.ProbeTimeout, members.NumMissedProbesLimit, members.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(1), 2, 1);
                members.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            })
            .ConfigureEndpoints(IPAddress.Loopback, Port.FreeOnLoopback(), Port.FreeOnLoopback(), listenOnAnyHostAddress: false)
            .UseAzureTableClustering(options => (options.ConnectionString, options.Table) = (connection, _table)));
        return builder.Build();
    }

    private IHost Client(string connection)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(Named)
            .UseAzureTableClustering(options => (options.ConnectionString, options.Table) = (connection, _table)));
        return builder.Build();
    }

    private static void Named(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = ("agency-test", "agency");
}
