using System.Net;
using Agency.Silo.Clustering;
using Agency.Silo.Storage;
using Agency.Silo.Storage.AzureTables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Agency.Silo.Hosting;

/// <summary>The silo that is a process of its own, one of a cluster.</summary>
public static class ClusterSilo
{
    private static readonly Dictionary<string, string> _switches = new()
    {
        ["--storage"] = $"{ClusterSettings.Section}:{nameof(ClusterSettings.ConnectionString)}",
        ["--cluster"] = $"{ClusterSettings.Section}:{nameof(ClusterSettings.Id)}",
        ["--profile"] = $"{ClusterSettings.Section}:{nameof(ClusterSettings.Profile)}",
        ["--name"] = $"{SiloSettings.Section}:{nameof(SiloSettings.Name)}",
        ["--listen"] = $"{SiloSettings.Section}:{nameof(SiloSettings.Listen)}",
        ["--port"] = $"{SiloSettings.Section}:{nameof(SiloSettings.Port)}",
        ["--gateway-port"] = $"{SiloSettings.Section}:{nameof(SiloSettings.GatewayPort)}",
    };

    /// <summary>The host of a silo; services may still be added to it.</summary>
    /// <param name="args">The command line: <c>--storage</c>, <c>--cluster</c>, <c>--profile</c>, <c>--name</c>, <c>--listen</c>, <c>--port</c>, <c>--gateway-port</c>, and any setting as <c>Section:Key=value</c>.</param>
    /// <exception cref="StartupException">A setting cannot be used; which, in one sentence.</exception>
    public static HostApplicationBuilder Builder(string[] args)
    {
        // Settings lie beside the binaries, wherever the silo is started from.
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, _switches);
        var (cluster, options) = (ClusterSettings.Read(builder.Configuration), Settings.Read<SiloSettings>(builder.Configuration, SiloSettings.Section));
        var address = options.Address();
        var (port, gateway) = (Chosen(options.Port, address), Chosen(options.GatewayPort, address));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddAzureTableStorage(store => store.TakeUnsetFrom(cluster, ClusterSettings.Section));
        builder.AddSilo(silo => silo
            .Configure<ClusterOptions>(cluster.Configure)
            .Configure<SiloOptions>(silo => silo.SiloName = options.Name ?? $"{Environment.MachineName}-{port}")
            .ConfigureEndpoints(address, port, gateway, listenOnAnyHostAddress: false)
            .UseAzureTableClustering(members => members.TakeUnsetFrom(cluster, ClusterSettings.Section))
            .Watch(cluster.Profile));
        return builder;
    }

    /// <summary>Opens the store, which the host would do, too, and log at length what the operator is told in one sentence.</summary>
    /// <exception cref="StartupException">It cannot be used; why, in one sentence.</exception>
    public static Task Prepare(this IHost silo, CancellationToken cancellationToken = default) => silo.Services.GetRequiredService<AzureTableEventStore>().Prepare(cancellationToken);

    private static int Chosen(int port, IPAddress address)
    {
        if (!Port.IsFree(address, port)) throw new StartupException($"{new IPEndPoint(address, port)} cannot be listened on: it is no address of this machine, or another program has it.");
        return port == 0 ? Port.FreeOn(address) : port;
    }
}
