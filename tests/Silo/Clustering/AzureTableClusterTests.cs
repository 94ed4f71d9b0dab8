using System.Net;
using Agency.Silo.Clustering;
using Agency.Silo.Hosting;
using Agency.Tests.Silo.AzureTables;
using Azure.Core;
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
        var (connection, wire) = (await azurite.Connection(), new Wire());
        using var one = Silo(connection);
        await one.StartAsync(Cancellation);
        using var client = Client(connection);
        await client.StartAsync(Cancellation);
        var management = client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0);
        SiloAddress lost;
        using (var other = Silo(connection, wire))
        {
            await other.StartAsync(Cancellation);
            lost = Address(other);
            await Eventually.Holds(async () => (await Statuses()).Count(s => s.Value == SiloStatus.Active) == 2, _within);

            // Cut off from the table and told to stop at once, it says good-bye to nobody.
            wire.Cut = true;
            await other.StopAsync(new CancellationToken(canceled: true));
        }

        await Eventually.Holds(async () => await Statuses() is { } now && now.GetValueOrDefault(lost) == SiloStatus.Dead && now.GetValueOrDefault(Address(one)) == SiloStatus.Active, _within);
        await client.StopAsync(Cancellation);
        await one.StopAsync(Cancellation);

        async Task<Dictionary<SiloAddress, SiloStatus>> Statuses()
        {
            try
            {
                return await management.GetHosts();
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
            {
                // Its grain was at the silo that is lost.
                return [];
            }
        }
    }

    private static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private IHost Silo(string connection, Wire? wire = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(Named)
            .Configure<ClusterMembershipOptions>(members =>
            {
                (members.ProbeTimeout, members.NumMissedProbesLimit, members.NumVotesForDeathDeclaration) = (TimeSpan.FromSeconds(1), 2, 1);
                members.TableRefreshTimeout = TimeSpan.FromSeconds(2);

                // So long the lost one tries to write its end down.
                members.MaxJoinAttemptTime = TimeSpan.FromSeconds(5);
            })
            .ConfigureEndpoints(IPAddress.Loopback, Port.FreeOnLoopback(), Port.FreeOnLoopback(), listenOnAnyHostAddress: false)
            .UseAzureTableClustering(options =>
            {
                (options.ConnectionString, options.Table) = (connection, _table);
                options.ClientMade = client =>
                {
                    if (wire is not null) client.AddPolicy(wire, HttpPipelinePosition.PerRetry);
                };
            }));
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
