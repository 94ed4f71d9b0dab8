using Agency.Silo.Catalogue;
using Agency.Silo.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Agency.Silo.Hosting;

/// <summary>A process without grains, which asks those of a cluster.</summary>
public static class ClusterClient
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>Adds a client of the cluster, and what is read from data/ here, too. The host's start waits until a silo is there.</summary>
    /// <exception cref="StartupException">A setting, or a file of data/, cannot be used.</exception>
    public static TBuilder UseClusterClient<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var cluster = ClusterSettings.Read(builder.Configuration);
        builder.Services.AddCatalogue();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(cluster.Configure)
            .UseAzureTableClustering(members => members.TakeUnsetFrom(cluster, ClusterSettings.Section))
            .Watch(cluster.Profile)
            .UseConnectionRetryFilter(async (exception, cancellationToken) =>
            {
                // A setting does not mend by itself.
                if (exception is StartupException) return false;
                await Task.Delay(_pause, cancellationToken);
                return true;
            }));
        return builder;
    }
}
