using Orleans.Configuration;

namespace Agency.Silo.Hosting;

/// <summary>What a <see cref="MembershipProfile"/> is in the runtime's own settings.</summary>
internal static class MembershipProfiles
{
    /// <summary>How the silo watches the others. A silo that starts waits for members that do not answer until they are held dead, for which there may be nobody but those
    /// that start: they look for members that have not said for three heartbeats that they live, at their own start and at each refresh of the table.</summary>
    public static ISiloBuilder Watch(this ISiloBuilder silo, MembershipProfile profile) => silo.Configure<ClusterMembershipOptions>(members =>
    {
        (members.ProbeTimeout, members.NumMissedProbesLimit, members.NumVotesForDeathDeclaration, members.TableRefreshTimeout, members.IAmAliveTablePublishTimeout) = profile switch
        {
            MembershipProfile.Lan => (Milliseconds(500), 2, 1, Seconds(5), Seconds(1)),
            _ => (Seconds(3), 3, 2, Seconds(30), Seconds(10)),
        };
    });

    /// <summary>How the client finds gateways, and how long it waits for one answer before it asks again.</summary>
    public static IClientBuilder Watch(this IClientBuilder client, MembershipProfile profile) => client
        .Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = profile == MembershipProfile.Lan ? Seconds(1) : Seconds(10))
        .Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = profile == MembershipProfile.Lan ? Seconds(2) : Seconds(8));

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
