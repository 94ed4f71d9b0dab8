using System.Security.Cryptography;
using System.Text;
using Agency.Silo.Storage;
using Microsoft.Extensions.Hosting;

namespace Agency.Silo.Hosting;

/// <summary>The silo that lives in the process of the HTTP service.</summary>
public static class EmbeddedSilo
{
    /// <summary>Adds a cluster of one silo. It listens on a port of the loopback interface that is free at the start and opens no
    /// gateway, and its cluster is named after the data directory, so that several services run side by side on one machine.</summary>
    /// <param name="dataDirectory">Full path of the directory that holds the service's data.</param>
    public static TBuilder UseEmbeddedSilo<TBuilder>(this TBuilder builder, string dataDirectory)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSqliteStorage(store => store.DataDirectory = dataDirectory);
        builder.AddSilo(silo => silo.UseLocalhostClustering(Port.FreeOnLoopback(), gatewayPort: 0, serviceId: ClusterSettings.Service, clusterId: ClusterId(dataDirectory)));
        return builder;
    }

    private static string ClusterId(string dataDirectory) =>
        $"agency-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)).AsSpan(0, 6))}";
}
